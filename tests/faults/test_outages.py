"""The database is down, hangs, is slow or locked in mid-call: no caller hears of it, and the record is whole after."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app import create_app
from app.cli.context import ready_offices
from app.config import Settings
from app.domain.clock import SystemClock
from app.logs import configure_logs
from app.services.caller_keys import caller_keys
from app.services.campaigns import export_campaign, import_campaign
from app.services.chores import Chores
from app.services.export_calls import ExportFormat, export_calls
from app.services.kept_campaigns import NAME
from app.services.open_database import open_database
from app.services.open_hotline import open_hotline
from app.services.stage import demo_stage
from app.services.starting import CannotStart, check_disk
from app.simulator import Caller, Supporter
from app.simulator.script import Stage
from app.store.database import Database
from app.store.journal_file import JournalFile
from app.web.application import Patchline
from scripts.benchmarks.setup import make_site
from tests.store.hanging import HangingProxy, hanging_proxy
from tests.support.campaigns import TUESDAY_10
from tests.support.demo import demo_settings
from tests.support.hotline import HOTLINE

Fault = Callable[[], AbstractContextManager[None]]


def dials(stage: Stage, number: str = "+16085550123") -> Caller:
    return Caller(stage.carrier, Supporter(number)).dials(HOTLINE)


def heals(settings: Settings, stage: Stage) -> None:
    """What a server does by itself once the database is back."""
    parts = open_hotline(settings, stage.clock)
    with closing(parts.database):
        Chores(parts, settings).tick()
        assert parts.journal.is_empty


def logged(settings: Settings) -> list[dict[str, object]]:
    with closing(Database(settings.database_url)) as database:
        return [json.loads(line) for line in export_calls(database, ExportFormat.JSONL)]


@pytest.fixture
def proxy(postgresql_url: str) -> Iterator[HangingProxy]:
    with hanging_proxy(postgresql_url) as made:
        yield made


def faults_of(proxy: HangingProxy) -> dict[str, Fault]:
    @contextmanager
    def hang() -> Iterator[None]:
        proxy.hangs.set()
        yield
        proxy.hangs.clear()

    @contextmanager
    def refuse() -> Iterator[None]:
        proxy.refuses.set()
        yield
        proxy.refuses.clear()

    @contextmanager
    def delay() -> Iterator[None]:
        proxy.delay_s = 2.0
        yield
        proxy.delay_s = 0.0

    return {"F5 refused": refuse, "F6 hangs": hang, "F7 slow": delay}


@pytest.mark.parametrize("name", ["F5 refused", "F6 hangs", "F7 slow"])
def test_an_outage_in_mid_call_is_not_heard(
    proxy: HangingProxy, postgresql_url: str, tmp_path: Path, name: str
) -> None:
    settings = demo_settings(proxy.url, tmp_path)
    _whole_call_through(settings, faults_of(proxy)[name], replace(settings, database_url=postgresql_url))


def test_f8_a_locked_file_in_mid_call_is_not_heard(tmp_path: Path) -> None:
    settings = demo_settings(f"sqlite:///{tmp_path}/a.db", tmp_path)

    @contextmanager
    def lock() -> Iterator[None]:
        with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")

    _whole_call_through(settings, lock, settings)


def _whole_call_through(settings: Settings, fault: Fault, healthy: Settings) -> None:
    """A call that begins before the outage ends in it, another one begins in it; the carrier never loses patience."""
    configure_logs("critical")
    offices = ready_offices(healthy)
    with demo_stage(create_app, settings, offices, TUESDAY_10, seed=5) as stage:
        # The number's campaign is known to this process; its memory of it is what an outage is got through with.
        dials(stage, "+12025550100").hears("Welcome").hangs_up()
        before = dials(stage).hears("Madison, 4.")
        with fault():
            before.presses("4").waits().hears("You're back with us.").presses("1").hears("Thank you.").hangs_up()
            dials(stage, "+12025550101").presses("5").waits().presses("2").hears("Next:").hangs_up()
        heals(healthy, stage)
    calls = {str(call["call_sid"]): call for call in logged(healthy)}
    assert len(calls) == 3
    assert {call["status"] for call in calls.values()} == {"completed"}
    legs = [leg for call in calls.values() for leg in call["legs"]]  # type: ignore[attr-defined]  # JSON
    found = sorted((leg["office"], leg["status"], leg["disposition"]) for leg in legs)
    assert found == [("Madison", "completed", "spoke"), ("Milwaukee", "completed", "voicemail")]


def test_a_process_that_starts_during_an_outage_takes_calls(tmp_path: Path) -> None:
    """F5, F31: the published campaigns are on the local disk."""
    configure_logs("critical")
    settings = demo_settings(f"sqlite:///{tmp_path}/a.db", tmp_path)
    offices = ready_offices(settings)
    with closing(create_app(settings)):
        pass
    lost = replace(settings, database_url=f"sqlite:///{tmp_path}/no/such/folder.db")
    with demo_stage(create_app, lost, offices, TUESDAY_10, seed=31) as stage:
        dials(stage).presses("4").waits().presses("1").hears("Next:").hangs_up()
        heals(settings, stage)
    (call,) = logged(settings)
    assert (call["status"], [leg["office"] for leg in call["legs"]]) == ("completed", ["Madison"])  # type: ignore[attr-defined]  # JSON


def test_a_campaign_ends_on_its_last_day_without_the_database(tmp_path: Path) -> None:
    """F5, F31: the kept campaign says itself when it is over."""
    configure_logs("critical")
    settings = demo_settings(f"sqlite:///{tmp_path}/a.db", tmp_path)
    offices = ready_offices(settings)
    with closing(open_database(settings)) as database:
        document = export_campaign(database, "honduras-2017")
        last = replace(document, campaign=replace(document.campaign, ends_on=TUESDAY_10.date()))
        import_campaign(database, caller_keys(settings), SystemClock(), last)
    with closing(create_app(settings)):
        pass
    lost = replace(settings, database_url=f"sqlite:///{tmp_path}/no/such/folder.db")
    with demo_stage(create_app, lost, offices, TUESDAY_10, seed=31) as stage:
        dials(stage).hears("Madison, 4.").hangs_up()
        stage.clock.move(timedelta(hours=14).total_seconds())
        dials(stage, "+12025550101").hears("This campaign has ended.").was_let_go()


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "no JSON"])
def test_f31_kept_campaigns_that_are_damaged_are_not_used(tmp_path: Path, damage: str) -> None:
    configure_logs("critical")
    settings = demo_settings(f"sqlite:///{tmp_path}/a.db", tmp_path)
    ready_offices(settings)
    with closing(create_app(settings)):
        pass
    kept = settings.instance_dir / NAME
    text = kept.read_text()
    damaged = {"cut": text[:-40], "changed": text.replace("Madison", "Medison"), "no JSON": "\0"}
    kept.write_text(damaged[damage]) if damage in damaged else kept.unlink()
    lost = replace(settings, database_url=f"sqlite:///{tmp_path}/no/such/folder.db")
    with closing(create_app(lost)) as app:
        assert isinstance(app, Patchline)
        assert app.hotline.lines == {}


def test_f13_a_journal_that_cannot_be_written_keeps_the_server_from_starting(tmp_path: Path) -> None:
    settings = demo_settings("sqlite://", tmp_path)
    check_disk(settings)
    (settings.instance_dir / "journal.jsonl").unlink()
    (settings.instance_dir / "journal.jsonl").mkdir()
    with pytest.raises(CannotStart, match="cannot be written"):
        check_disk(settings)
    site = make_site(f"sqlite:///{tmp_path}/a.db", tmp_path, 1)
    command = [sys.executable, "-m", "app.server", "serve"]
    done = subprocess.run(command, env={**os.environ, **site.environ}, capture_output=True, text=True, timeout=60)
    assert (done.returncode, "cannot be written" in done.stderr) == (1, True)


def test_f10_a_journal_is_bounded_and_what_is_beyond_stays_in_memory(tmp_path: Path) -> None:
    file = JournalFile(tmp_path / "journal.jsonl", most_bytes=10)
    file.append([b"123456\n"])
    with pytest.raises(OSError, match="bound"):
        file.append([b"7890\n"])
    assert file.count() == 1
