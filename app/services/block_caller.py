"""Blocking a caller: their next call hears one sentence and is not put through. Nobody's number is kept for that."""

from datetime import datetime, timedelta

from app.domain.audit import By, Deed
from app.domain.clock import Clock
from app.domain.phone_numbers import caller_tag
from app.services import audit
from app.services.caller_keys import CallerKeys
from app.services.desk import Desk
from app.store import blocks
from app.store.blocks import Block
from app.store.call_search import supporter_of
from app.store.database import Database

DAYS = (7, 30, 90, 365)
"""How long a block may last."""
_SECOND_THOUGHTS = timedelta(hours=1)
"""For so long a lifted block can be put back."""
USUAL_DAYS = 90


class NobodyKnown(LookupError):
    """The call is of a withheld number, or of a supporter of whom everything was erased."""


def block_caller(desk: Desk, keys: CallerKeys, by: By, campaign: str, call_sid: str, days: int) -> None:
    """Block who made a call, in its campaign at once and in every other from their next call on.

    Raises NobodyKnown.
    """
    now = desk.clock.now()
    keys.create_for_blocks()
    with desk.database.write() as connection:
        supporter = supporter_of(connection, call_sid)
        if supporter is None:
            raise NobodyKnown
        blocks.block(connection, supporter, by.who, now, now + timedelta(days=days))
        sentence = f"{by.who} blocked the caller {caller_tag(supporter.pseudonym)} for {days} days."
        audit.note(connection, now, by, Deed.BLOCK, sentence, campaign)


def unblock_caller(desk: Desk, by: By, campaign: str, call_sid: str) -> int | None:
    """Lift the block of who made a call, and say how many days it had left; None if there was none."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        supporter = supporter_of(connection, call_sid)
        until = blocks.unblock(connection, supporter) if supporter else None
        if supporter is None or until is None:
            return None
        sentence = f"{by.who} lifted the block of the caller {caller_tag(supporter.pseudonym)}."
        audit.note(connection, now, by, Deed.BLOCK, sentence, campaign)
    return max((until - now).days, 1)


def list_blocks(desk: Desk) -> list[Block]:
    """All blocks in force."""
    with desk.database.read() as connection:
        return blocks.list_blocks(connection, desk.clock.now())


def lift_block(desk: Desk, by: By, block_id: int) -> Block | None:
    """Lift a block from the list; None if there is no such one any more."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        gone = blocks.lift(connection, block_id, now)
        if gone is not None:
            sentence = f"{by.who} lifted the block of the caller {gone.caller}."
            audit.note(connection, now, by, Deed.BLOCK, sentence, gone.campaign)
    return gone


def put_block_back(desk: Desk, by: By, block_id: int, until: datetime) -> Block | None:
    """Let a block that was lifted less than an hour ago last as long as it would have; None if there is no such one."""
    now = desk.clock.now()
    if not now < until <= now + timedelta(days=max(DAYS)):
        return None
    with desk.database.write() as connection:
        back = blocks.put_back(connection, block_id, until, now)
        if back is not None:
            sentence = f"{by.who} put the block of the caller {back.caller} back."
            audit.note(connection, now, by, Deed.BLOCK, sentence, back.campaign)
    return back


def forget_ended_blocks(database: Database, clock: Clock) -> None:
    """Keep nothing of blocks that have ended, once it is too late to put them back."""
    with database.write() as connection:
        blocks.delete_ended(connection, clock.now() - _SECOND_THOUGHTS)
