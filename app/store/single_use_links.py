"""Links that open one thing once, and what shows that a browser is its owner's. Only the hash of each is kept."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, or_, select, update

from app.store.organizer_tables import single_use_links

_table = single_use_links


class LinkKind(StrEnum):
    """What a link is for."""

    INVITE = "invite"
    RESET = "reset"
    # No link, and good more than once; but it ends as links do.
    DEVICE = "device"


def add(
    connection: Connection, token_hash: str, kind: LinkKind, organizer_id: int, now: datetime, expires_at: datetime
) -> None:
    """Keep a new link."""
    values = {"token_hash": token_hash, "kind": kind, "organizer_id": organizer_id}
    connection.execute(insert(_table).values(created_at=now, expires_at=expires_at, **values))


def find(connection: Connection, token_hash: str, kind: LinkKind, now: datetime) -> int | None:
    """The row number of the organizer whom a good link is for."""
    good = (
        _table.c.token_hash == token_hash,
        _table.c.kind == kind,
        _table.c.used_at.is_(None),
        _table.c.expires_at > now,
    )
    return connection.scalar(select(_table.c.organizer_id).where(*good))


def use(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Use a link up, and say whether it was good until now: of two at once, one."""
    good = (_table.c.token_hash == token_hash, _table.c.used_at.is_(None), _table.c.expires_at > now)
    return connection.execute(update(_table).where(*good).values(used_at=now)).rowcount == 1


def end_all(connection: Connection, organizer_id: int, now: datetime) -> None:
    """Let no link of an organizer be good any longer."""
    unused = update(_table).where(_table.c.organizer_id == organizer_id, _table.c.used_at.is_(None))
    connection.execute(unused.values(used_at=now))


def delete_ended(connection: Connection, before: datetime, most: int) -> None:
    """Delete links that ended before a moment."""
    ended = select(_table.c.id).where(or_(_table.c.used_at < before, _table.c.expires_at < before))
    some = ended.order_by(_table.c.id).limit(most).with_for_update(skip_locked=True)
    connection.execute(delete(_table).where(_table.c.id.in_(connection.scalars(some).all())))
