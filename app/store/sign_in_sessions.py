"""The sessions of organizers who have signed in, each known by the hash of its token."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, tuple_, update

from app.store.organizer_tables import sign_in_sessions

_table = sign_in_sessions


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it is kept."""

    id: int
    public_id: str
    organizer_id: int
    needs_factor: bool
    place: str
    browser: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


def add(connection: Connection, token_hash: str, session: Session) -> None:
    """Begin a session; its row number is not known yet."""
    columns = (
        "public_id",
        "organizer_id",
        "needs_factor",
        "place",
        "browser",
        "created_at",
        "last_seen_at",
        "expires_at",
    )
    values = {name: getattr(session, name) for name in columns}
    connection.execute(insert(_table).values(token_hash=token_hash, **values))


def find(connection: Connection, token_hash: str) -> Session | None:
    """The session of a token, unless it was revoked."""
    wanted = (_table.c.token_hash == token_hash, _table.c.revoked_at.is_(None))
    row = connection.execute(select(_table).where(*wanted)).first()
    return None if row is None else _session(row)


def find_all(connection: Connection, token_hashes: Collection[str]) -> dict[str, Session]:
    """The sessions of several tokens by their hashes, but for those that were revoked."""
    wanted = (_table.c.token_hash.in_(token_hashes), _table.c.revoked_at.is_(None))
    return {row.token_hash: _session(row) for row in connection.execute(select(_table).where(*wanted))}


def is_running(connection: Connection, session_id: int) -> bool:
    """Whether a session was not revoked."""
    running = select(_table.c.id).where(_table.c.id == session_id, _table.c.revoked_at.is_(None))
    return connection.scalar(running) is not None


def of_organizer(connection: Connection, organizer_id: int, now: datetime) -> list[Session]:
    """The sessions of an organizer that were neither revoked nor are over, the last used first."""
    wanted = (
        _table.c.organizer_id == organizer_id,
        _table.c.revoked_at.is_(None),
        _table.c.expires_at > now,
        _table.c.needs_factor.is_(False),
    )
    rows = connection.execute(select(_table).where(*wanted).order_by(_table.c.last_seen_at.desc(), _table.c.id.desc()))
    return [_session(row) for row in rows]


def last_seen(connection: Connection) -> dict[int, datetime]:
    """When each organizer was here last."""
    latest = select(_table.c.organizer_id, func.max(_table.c.last_seen_at)).group_by(_table.c.organizer_id)
    return {row[0]: row[1] for row in connection.execute(latest)}


def touch(connection: Connection, session_id: int, now: datetime) -> None:
    """Note that a session is in use."""
    connection.execute(update(_table).where(_table.c.id == session_id).values(last_seen_at=now))


def revoke(connection: Connection, organizer_id: int, public_id: str, now: datetime) -> bool:
    """End one session of an organizer, and say whether there was such a one."""
    return _revoke(connection, now, _table.c.organizer_id == organizer_id, _table.c.public_id == public_id) == 1


def revoke_all(connection: Connection, organizer_id: int, now: datetime) -> int:
    """End all sessions of an organizer, and say how many."""
    return _revoke(connection, now, _table.c.organizer_id == organizer_id)


def delete_ended(connection: Connection, before: datetime, most: int) -> None:
    """Delete sessions that ended before a moment, but for the last of each organizer: it tells when they were here."""
    later = _table.alias()
    ended = select(_table.c.id).where(
        or_(_table.c.revoked_at < before, _table.c.expires_at < before),
        select(later.c.id)
        .where(
            later.c.organizer_id == _table.c.organizer_id,
            tuple_(later.c.last_seen_at, later.c.id) > tuple_(_table.c.last_seen_at, _table.c.id),
        )
        .correlate(_table)
        .exists(),
    )
    some = ended.order_by(_table.c.id).limit(most).with_for_update(skip_locked=True)
    connection.execute(delete(_table).where(_table.c.id.in_(connection.scalars(some).all())))


def _revoke(connection: Connection, now: datetime, *wanted: Any) -> int:
    running = update(_table).where(*wanted, _table.c.revoked_at.is_(None))
    return connection.execute(running.values(revoked_at=now)).rowcount


def _session(row: Row[Any]) -> Session:
    return Session(
        row.id,
        row.public_id,
        row.organizer_id,
        row.needs_factor,
        row.place,
        row.browser,
        row.created_at,
        row.last_seen_at,
        row.expires_at,
    )
