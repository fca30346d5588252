"""The audit: entries are added at its end, and nothing in it ever changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, event, func, insert, or_, select, type_coerce
from sqlalchemy.types import NullType

from app.domain.audit import FIRST, Checked, Deed, Entry, chained, key_mark, mark_of, signed
from app.store.columns import LONGEST, storable
from app.store.organizer_tables import audit
from app.store.tables import campaign_versions
from app.store.tables import campaigns as campaigns_table

_TOLD = (audit.c.sentence, audit.c.why)
_NAMES = [field.name for field in fields(Entry)]


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry with its place in the audit."""

    id: int
    entry: Entry
    hash: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for; what is empty leaves none out. `words` are all in the sentence or its reason."""

    deed: str = ""
    who: str = ""
    campaign: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the audit: the number and the hash of its last entry."""

    id: int
    hash: str


def append(connection: Connection, entry: Entry) -> Head:
    """Add an entry, in the transaction of what it tells of, signed with the database's audit key if it has one."""
    if connection.dialect.name == "postgresql":
        # Two at once would follow the same entry; on SQLite there is only ever one writer.
        connection.exec_driver_sql("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE")
    entry = _storable(entry)
    last = connection.scalar(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)) or FIRST
    values = {name: getattr(entry, name) for name in _NAMES}
    key = _key(connection)
    head = signed(last, entry, key) if key else chained(last, entry)
    inserted = insert(audit).values(previous_hash=last, hash=head, **values).returning(audit.c.id)
    return Head(connection.execute(inserted).scalar_one(), head)


def when_committed(connection: Connection, tell: Callable[[], object]) -> None:
    """Call something as the connection's transaction is committed, and not at all if it is undone."""
    event.listen(connection, "commit", lambda _: tell())


def page(connection: Connection, wanted: Wanted, before: int | None, size: int) -> list[Kept]:
    """A page of the entries, the latest first, from before an entry on."""
    found = _wanted(wanted).order_by(audit.c.id.desc()).limit(size)
    rows = connection.execute(found if before is None else found.where(audit.c.id < before))
    return [Kept(row.id, _entry(row), row.hash) for row in rows]


def versions_published(connection: Connection, entries: Sequence[int]) -> dict[int, int]:
    """The version that each of these entries published: the last one that its campaign had by then."""
    joined = campaigns_table.join(campaign_versions, campaign_versions.c.campaign_id == campaigns_table.c.id)
    by_then = (campaigns_table.c.slug == audit.c.campaign, campaign_versions.c.published_at <= audit.c.at)
    version = select(func.max(campaign_versions.c.version)).select_from(joined).where(*by_then).scalar_subquery()
    published = (audit.c.id.in_(entries), audit.c.deed == Deed.PUBLISH)
    rows = connection.execute(select(audit.c.id, version.label("version")).where(*published))
    return {row.id: row.version for row in rows if row.version is not None}


def everybody(connection: Connection) -> list[str]:
    """Who stands in the audit, by address."""
    return list(connection.scalars(select(audit.c.who).where(audit.c.who != "").distinct().order_by(audit.c.who)))


def campaigns(connection: Connection) -> list[str]:
    """Which campaigns the audit tells of, by slug."""
    slugs = select(audit.c.campaign).where(audit.c.campaign != "").distinct().order_by(audit.c.campaign)
    return list(connection.scalars(slugs))


def check(connection: Connection) -> Checked:
    """Read the whole audit, and stop at the first entry that does not follow from the one before it."""
    checked, previous, key = Checked(), FIRST, _key(connection)
    # As the database holds them: what no column type of ours can read is the very thing to be found.
    raw = select(*(type_coerce(column, NullType).label(column.name) for column in audit.c))
    for row in connection.execute(raw.order_by(audit.c.id)).yield_per(1000):
        mark = mark_of(str(row.hash))
        is_strange = bool(mark) and (not key or mark != key_mark(key))
        # Once entries are signed, one that is not was made by somebody else.
        if (checked.signed and not mark) or not _follows(row, previous, mark, None if is_strange else key):
            return replace(checked, broken=int(row.id))
        if mark and not checked.signed:
            checked = replace(checked, signed=int(row.id), signed_at=_moment(row.at))
        if is_strange and not checked.strange:
            checked = replace(checked, strange=int(row.id))
        previous = row.hash
    return checked


def _key(connection: Connection) -> bytes:
    return bytes(connection.get_execution_options().get("audit_key", b""))


def _storable(entry: Entry) -> Entry:
    # What is hashed must be what can be read again.
    who, place = storable(entry.who)[:LONGEST], storable(entry.place)[:LONGEST]
    return replace(entry, who=who, place=place, sentence=storable(entry.sentence), why=storable(entry.why))


def _wanted(wanted: Wanted) -> Select[Any]:
    given = [audit.c[name] == value for name in ("deed", "who", "campaign") if (value := getattr(wanted, name))]
    if wanted.since is not None:
        given.append(audit.c.at >= wanted.since)
    if wanted.until is not None:
        given.append(audit.c.at < wanted.until)
    told = (or_(*(told.icontains(word, autoescape=True) for told in _TOLD)) for word in wanted.words.split())
    return select(audit).where(*given, *told)


def _entry(row: Row[Any]) -> Entry:
    return Entry(**{name: getattr(row, name) for name in _NAMES})


def _follows(row: Any, previous: str, mark: str, key: bytes | None) -> bool:
    """Whether an entry follows from the one before it; of one with another key (None) only the chain can be seen."""
    try:
        entry = replace(_entry(row), at=_moment(row.at))
        if row.previous_hash != previous:
            return False
        if mark:
            return key is None or bool(row.hash == signed(previous, entry, key))
        return bool(row.hash == chained(previous, entry))
    except (TypeError, ValueError):
        return False


def _moment(at: Any) -> datetime:
    read = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
