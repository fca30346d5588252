"""The database: whether it answers, is of this release, has room, and agrees on what time it is."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.clock import Clock
from app.services.doctor.clocks import judge_clock
from app.services.doctor.finding import Finding, ok, wrong
from app.store.database import Database, StoreUnavailable
from app.store.health import moment, problem, sqlite_file
from app.store.migrate import head, revision

_LEAST_FREE_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Record:
    """The database as it was found; what it does not tell is None."""

    problem: str = ""
    revision: str | None = None
    head: str | None = None
    free_bytes: int | None = None
    ahead_s: float | None = None


def look_at_record(database: Database, clock: Clock) -> Record:
    """Ask the database; nothing is written."""
    try:
        with database.read() as connection:
            found = revision(connection)
            before, theirs, after = clock.now(), moment(connection), clock.now()
    except StoreUnavailable as error:
        return Record(problem=str(error))
    file = sqlite_file(database)
    return Record(
        # A database of another release may lack the tables that are asked for here.
        problem=(problem(database) or "") if found == head() else "",
        revision=found,
        head=head(),
        free_bytes=shutil.disk_usage(Path(file).parent).free if file else None,
        ahead_s=_ahead_s(before, theirs, after),
    )


def _ahead_s(before: datetime, theirs: datetime | None, after: datetime) -> float | None:
    return None if theirs is None else (theirs - before - (after - before) / 2).total_seconds()


def judge_record(record: Record) -> Iterator[Finding]:
    """The database; callers hear no difference while it is down, but the record falls behind."""
    if record.problem:
        yield wrong("The database takes no record.", record.problem)
        return
    if record.revision != record.head:
        yield wrong(
            f"The database is at revision {record.revision or 'none'}, and this release needs {record.head}.",
            "Start the server once (scripts/serve), which migrates it. If it is newer, run the newer release.",
        )
        return
    yield ok(f"The database answers, takes records, and is of this release (revision {record.head}).")
    if record.free_bytes is not None and record.free_bytes < _LEAST_FREE_BYTES:
        yield wrong(f"The database's disk has {record.free_bytes >> 20} MB left.", "Make room: keep 1 GB free.")
    if record.ahead_s is not None:
        yield judge_clock("The database's clock", record.ahead_s)
