"""The audit: entries are added at its end, and nothing in it ever changes."""

from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from app.domain.audit import FIRST, Deed, Entry, chained
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


def append(connection: Connection, entry: Entry) -> None:
    """Add an entry, in the transaction of what it tells of."""
    if connection.dialect.name == "postgresql":
        # Two at once would follow the same entry; on SQLite there is only ever one writer.
        connection.exec_driver_sql("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE")
    entry = _storable(entry)
    last = connection.scalar(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)) or FIRST
    values = {name: getattr(entry, name) for name in _NAMES}
    connection.execute(insert(audit).values(previous_hash=last, hash=chained(last, entry), **values))


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
    for row in connection.execute(select(audit).order_by(audit.c.id)).yield_per(1000):
        if row.previous_hash != previous or row.hash != chained(previous, _entry(row)):
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
    values = {name: getattr(row, name) for name in _NAMES}
    return Entry(**{**values, "deed": Deed(row.deed)})
