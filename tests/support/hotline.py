"""Fixtures: the whole hotline behind real HTTP, with a simulated carrier, supporters and offices."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from app import create_app
from app.config import Settings
from app.logs import configure_logs
from app.services.export_calls import ExportFormat, export_calls
from app.services.offices import office_numbers
from app.services.stage import demo_stage
from app.simulator import Caller, OfficePhone, Supporter
from app.simulator.script import Stage
from app.store.database import Database
from tests.support.campaigns import TUESDAY_10
from tests.support.demo import demo_settings, put_demo

HOTLINE = "+15005550006"


@dataclass
class Hotline:
    """The demo campaign's hotline, as supporters and offices meet it, and its log."""

    settings: Settings
    stage: Stage
    database: Database

    def caller(self, number: str | None = "+16085550123", *, strict: bool = True) -> Caller:
        return Caller(self.stage.carrier, Supporter(number), strict=strict)

    def calls(self, number: str | None = "+16085550123") -> Caller:
        """A supporter dials."""
        return self.caller(number).dials(HOTLINE)

    def office(self, name: str) -> OfficePhone:
        return self.stage.carrier.world.office(self.stage.offices[name])

    def is_at(self, moment: datetime) -> None:
        self.stage.clock.move((moment - self.stage.clock.now()).total_seconds())

    def log(self) -> list[dict[str, object]]:
        """The exported call log, oldest first."""
        return [json.loads(line) for line in export_calls(self.database, ExportFormat.JSONL)]

    def legs(self) -> list[tuple[object, ...]]:
        """Office, status and disposition of every leg in the log."""
        return [
            (leg["office"], leg["status"], leg["disposition"])
            for call in self.log()
            for leg in call["legs"]  # type: ignore[attr-defined]  # JSON of the contract
        ]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a demo on a migrated, empty database of each kind in turn."""
    return demo_settings(database_url, tmp_path)


@pytest.fixture
def hotline(settings: Settings, database: Database) -> Iterator[Hotline]:
    """The demo's hotline on a Tuesday at ten in Wisconsin, on each database in turn."""
    configure_logs("error")
    put_demo(settings)
    offices = office_numbers(database)
    with demo_stage(create_app, settings, offices, TUESDAY_10, seed=1) as stage:
        yield Hotline(settings, stage, database)
