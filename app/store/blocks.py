"""Blocks of callers: a mark in the campaign of the call, and the number under a key of its own once they call again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, select, update

from app.domain.phone_numbers import caller_tag
from app.store.block_tables import caller_blocks
from app.store.columns import Utc
from app.store.statements import upsert
from app.store.supporters import Supporter
from app.store.tables import campaigns


@dataclass(frozen=True, slots=True)
class Block:
    """A block as its list shows it; `everywhere` once the caller has called again, so that every campaign knows."""

    id: int
    campaign: str
    caller: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    everywhere: bool


def is_marked() -> ColumnElement[bool]:
    """Whether a campaign's supporter is blocked there, as a part of what is read at the start of a turn."""
    mine = (caller_blocks.c.campaign_id == bindparam("campaign"), caller_blocks.c.pseudonym == bindparam("supporter"))
    return exists().where(*mine, _is_in_force())


def is_listed() -> ColumnElement[bool]:
    """Whether a number is blocked for every campaign, as a part of what is read at the start of a turn."""
    return exists().where(caller_blocks.c.digest == bindparam("digest"), _is_in_force())


def _is_in_force() -> ColumnElement[bool]:
    return caller_blocks.c.expires_at > bindparam("now", type_=Utc)


def block(connection: Connection, supporter: Supporter, who: str, at: datetime, until: datetime) -> None:
    """Block a supporter until a moment; one who is blocked already is from now on blocked until then."""
    delete_ended(connection, at)
    changes = {"made_by": who, "made_at": at, "expires_at": until}
    upsert(connection, caller_blocks, tuple(supporter.key), {**supporter.key, **changes}, changes)


def add_digest(connection: Connection, supporter: Supporter, digest: str) -> None:
    """Let a supporter's block count for every campaign, now that their number is at hand."""
    connection.execute(update(caller_blocks).where(*_of(supporter)).values(digest=digest))


def blocked_until(connection: Connection, supporter: Supporter, now: datetime) -> datetime | None:
    """Until when a supporter is blocked by a mark of their campaign."""
    in_force = caller_blocks.c.expires_at > now
    return connection.scalar(select(caller_blocks.c.expires_at).where(*_of(supporter), in_force))


def unblock(connection: Connection, supporter: Supporter) -> datetime | None:
    """Lift the block of a supporter, for every campaign, and say until when it was; None if there was none."""
    gone = delete(caller_blocks).where(*_of(supporter)).returning(caller_blocks.c.expires_at)
    return connection.scalar(gone)


def list_blocks(connection: Connection, now: datetime) -> list[Block]:
    """The blocks in force, the latest first."""
    joined = caller_blocks.join(campaigns, campaigns.c.id == caller_blocks.c.campaign_id)
    query = select(caller_blocks, campaigns.c.slug).select_from(joined).where(caller_blocks.c.expires_at > now)
    order = (caller_blocks.c.made_at.desc(), caller_blocks.c.id.desc())
    return [_block(row) for row in connection.execute(query.order_by(*order))]


def lift(connection: Connection, block_id: int, now: datetime) -> Block | None:
    """End a block by its row number, and give it as it was; None if there is no such one in force."""
    found = _find(connection, block_id)
    if found is None or found.expires_at <= now:
        return None
    connection.execute(update(caller_blocks).where(caller_blocks.c.id == block_id).values(expires_at=now))
    return found


def delete_ended(connection: Connection, before: datetime) -> None:
    """Delete the blocks that ended before a moment."""
    connection.execute(delete(caller_blocks).where(caller_blocks.c.expires_at <= before))


def put_back(connection: Connection, block_id: int, until: datetime, now: datetime) -> Block | None:
    """Let a block that has ended last until a moment; None if there is no such one, or it is in force."""
    found = _find(connection, block_id)
    if found is None or found.expires_at > now:
        return None
    connection.execute(update(caller_blocks).where(caller_blocks.c.id == block_id).values(expires_at=until))
    return found


def _find(connection: Connection, block_id: int) -> Block | None:
    joined = caller_blocks.join(campaigns, campaigns.c.id == caller_blocks.c.campaign_id)
    query = select(caller_blocks, campaigns.c.slug).select_from(joined).where(caller_blocks.c.id == block_id)
    row = connection.execute(query.with_for_update(of=caller_blocks)).first()
    return _block(row) if row else None


def forget_blocked(connection: Connection, supporter: Supporter) -> None:
    """Keep of a supporter's block only the number under its own key, and nothing if that was never at hand."""
    connection.execute(delete(caller_blocks).where(*_of(supporter), caller_blocks.c.digest.is_(None)))
    connection.execute(update(caller_blocks).where(*_of(supporter)).values(pseudonym=None))


def forget_blocked_of(connection: Connection, campaign_id: int) -> None:
    """The same of all whom a campaign blocks."""
    of_campaign = caller_blocks.c.campaign_id == campaign_id
    connection.execute(delete(caller_blocks).where(of_campaign, caller_blocks.c.digest.is_(None)))
    connection.execute(update(caller_blocks).where(of_campaign).values(pseudonym=None))


def _of(supporter: Supporter) -> tuple[ColumnElement[bool], ...]:
    return caller_blocks.c.campaign_id == supporter.campaign_id, caller_blocks.c.pseudonym == supporter.pseudonym


def _block(row: Any) -> Block:
    caller = caller_tag(row.pseudonym) if row.pseudonym else "erased"
    return Block(row.id, row.slug, caller, row.made_by, row.made_at, row.expires_at, row.digest is not None)
