"""The audit: entries are added at its end, and nothing in it ever changes."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, event, insert, select, type_coerce
from sqlalchemy.types import NullType

from app.domain.audit import FIRST, Entry, chained
from app.store.columns import LONGEST, storable
from app.store.organizer_tables import audit

_NAMES = [field.name for field in fields(Entry)]


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry with its place in the audit."""

    id: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for; what is empty leaves none out."""

    deed: str = ""
    who: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the audit: the number and the hash of its last entry."""

    id: int
    hash: str


def append(connection: Connection, entry: Entry) -> Head:
    """Add an entry, in the transaction of what it tells of."""
    if connection.dialect.name == "postgresql":
        # Two at once would follow the same entry; on SQLite there is only ever one writer.
        connection.exec_driver_sql("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE")
    entry = _storable(entry)
    last = connection.scalar(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)) or FIRST
    values = {name: getattr(entry, name) for name in _NAMES}
    head = chained(last, entry)
    inserted = insert(audit).values(previous_hash=last, hash=head, **values).returning(audit.c.id)
    return Head(connection.execute(inserted).scalar_one(), head)


def when_committed(connection: Connection, tell: Callable[[], object]) -> None:
    """Call something as the connection's transaction is committed, and not at all if it is undone."""
    event.listen(connection, "commit", lambda _: tell())


def page(connection: Connection, wanted: Wanted, before: int | None, size: int) -> list[Kept]:
    """A page of the entries, the latest first, from before an entry on."""
    found = _wanted(wanted).order_by(audit.c.id.desc()).limit(size)
    rows = connection.execute(found if before is None else found.where(audit.c.id < before))
    return [Kept(row.id, _entry(row)) for row in rows]


def everybody(connection: Connection) -> list[str]:
    """Who stands in the audit, by address."""
    return list(connection.scalars(select(audit.c.who).where(audit.c.who != "").distinct().order_by(audit.c.who)))


def broken(connection: Connection) -> int | None:
    """The first entry that does not follow from the one before it; None where all is as it was written."""
    previous = FIRST
    # As the database holds them: what no column type of ours can read is the very thing to be found.
    raw = select(*(type_coerce(column, NullType).label(column.name) for column in audit.c))
    for row in connection.execute(raw.order_by(audit.c.id)).yield_per(1000):
        if not _follows(row, previous):
            return int(row.id)
        previous = row.hash
    return None


def _storable(entry: Entry) -> Entry:
    # What is hashed must be what can be read again.
    who, place = storable(entry.who)[:LONGEST], storable(entry.place)[:LONGEST]
    return replace(entry, who=who, place=place, sentence=storable(entry.sentence), why=storable(entry.why))


def _wanted(wanted: Wanted) -> Select[Any]:
    given = [audit.c[name] == value for name in ("deed", "who", "campaign") if (value := getattr(wanted, name))]
    return select(audit).where(*given)


def _entry(row: Row[Any]) -> Entry:
    return Entry(**{name: getattr(row, name) for name in _NAMES})


def _follows(row: Any, previous: str) -> bool:
    try:
        at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(row.at)
        entry = replace(_entry(row), at=at if at.tzinfo else at.replace(tzinfo=UTC))
        return bool(row.previous_hash == previous and row.hash == chained(previous, entry))
    except (TypeError, ValueError):
        return False
