"""Whether the call log holds exactly what was driven, by the store's own export."""

import json
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.results import Outcome, Status
from app.services.export_calls import ExportFormat, export_calls
from app.store.database import Database


@dataclass(frozen=True, slots=True)
class LogCheck:
    """The log beside the calls that were driven: counts of calls."""

    driven: int
    missing: int
    foreign: int
    unfinished: int

    @property
    def is_exact(self) -> bool:
        """Whether each driven call is there, whole, and nothing else."""
        return not (self.missing or self.foreign or self.unfinished)

    def __str__(self) -> str:
        if self.is_exact:
            return (
                f"The call log holds exactly the {self.driven} calls that were driven, each completed"
                " with one conversation and its outcome."
            )
        return (
            f"THE CALL LOG IS WRONG: of {self.driven} calls driven {self.missing} are missing, {self.unfinished} are"
            f" not completed with one conversation and its outcome; {self.foreign} are in it that nobody made."
        )


def check_log(database_url: str, sids: Collection[str], since: datetime | None = None) -> LogCheck:
    """Compare the exported log, or what began since a moment, with the calls driven, by their sids."""
    with closing(Database(database_url)) as database:
        logged = [json.loads(line) for line in export_calls(database, ExportFormat.JSONL, since=since)]
    driven, found = set(sids), {row["call_sid"] for row in logged}
    return LogCheck(
        driven=len(driven),
        missing=len(driven - found),
        foreign=len(logged) - len(found & driven),
        unfinished=sum(row["call_sid"] in driven and not _is_whole(row) for row in logged),
    )


def _is_whole(row: dict[str, Any]) -> bool:
    legs = [(leg["status"], leg["disposition"]) for leg in row["legs"]]
    return row["status"] == Status.COMPLETED and legs == [(Status.COMPLETED, Outcome.SPOKE)]
