"""Erasing what is kept of one supporter of a campaign; their calls stay, counted, and lead to nobody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update

from app.store.blocks import forget_blocked
from app.store.call_log_tables import call_notes, call_tags
from app.store.live import LONGEST_CALL
from app.store.supporters import Supporter
from app.store.tables import callbacks, calls, legs, supporter_offices, supporters, turns


@dataclass(frozen=True, slots=True)
class Erasable:
    """A supporter's calls by row number and by the carrier's id; `on_line` is whether one of them still goes on."""

    ids: Sequence[int]
    call_sids: Sequence[str]
    on_line: bool


def erasable(connection: Connection, supporter: Supporter, now: datetime) -> Erasable:
    """What there is of a supporter."""
    mine = (calls.c.campaign_id == supporter.campaign_id, calls.c.pseudonym == supporter.pseudonym)
    order = (calls.c.started_at, calls.c.id)
    rows = connection.execute(select(calls.c.id, calls.c.call_sid).where(*mine).order_by(*order)).all()
    goes_on = (calls.c.ended_at.is_(None), calls.c.started_at > now - LONGEST_CALL)
    on_line = connection.scalar(select(exists().where(*mine, *goes_on)))
    return Erasable([row.id for row in rows], [row.call_sid for row in rows], bool(on_line))


def erase(connection: Connection, supporter: Supporter, found: Erasable, new_id: Callable[[], str]) -> None:
    """Erase a supporter; each call gets an id of our own, since the carrier's leads to the number there."""
    empty_calls(connection, dict(zip(found.ids, found.call_sids, strict=True)), new_id)
    for table in (supporter_offices, supporters):
        mine = (table.c.campaign_id == supporter.campaign_id, table.c.pseudonym == supporter.pseudonym)
        connection.execute(delete(table).where(*mine))
    forget_blocked(connection, supporter)


def empty_calls(connection: Connection, found: Mapping[int, str], new_id: Callable[[], str]) -> None:
    """Take from calls, by row number and by the carrier's id, what leads to anybody; they stay in every figure."""
    # Facts are derived from the record as notes go, so these go first.
    for table in (call_notes, call_tags):
        connection.execute(delete(table).where(table.c.call_id.in_(found)))
    connection.execute(delete(callbacks).where(callbacks.c.call_sid.in_(found.values())))
    connection.execute(update(legs).where(legs.c.call_id.in_(found)).values(dial_call_sid=""))
    for call_id, call_sid in found.items():
        ours = new_id()
        # Answers carry sealed states, which tell of earlier calls; notes carry the carrier's ids.
        emptied = {"call_sid": ours, "answer": "", "notes": []}
        connection.execute(update(turns).where(turns.c.call_sid == call_sid).values(emptied))
        changes = {"call_sid": ours, "pseudonym": None, "state": ""}
        connection.execute(update(calls).where(calls.c.id == call_id).values(changes))


def forget_some(connection: Connection, campaign_id: int, before: datetime, most: int) -> int:
    """Forget supporters of a campaign who have not called since a moment: how many; 0 once there is none."""
    known = supporters.c.campaign_id == campaign_id, supporters.c.last_call_at <= before
    names = connection.scalars(select(supporters.c.pseudonym).where(*known).limit(most)).all()
    for table in (supporter_offices, supporters):
        connection.execute(delete(table).where(table.c.campaign_id == campaign_id, table.c.pseudonym.in_(names)))
    return len(names)
