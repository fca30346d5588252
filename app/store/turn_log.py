"""The turns of one call, for whoever looks into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.store.tables import turns


@dataclass(frozen=True, slots=True)
class RecordedTurn:
    """A turn as it was kept: the step it led to, what had happened, and its notes as plain values."""

    turn: int
    step: str
    event: str
    at: datetime
    notes: Sequence[Mapping[str, object]]


def turns_of(connection: Connection, call_sid: str) -> list[RecordedTurn]:
    """A call's turns in order; at most as many as a call may have."""
    columns = (turns.c.turn, turns.c.step, turns.c.event, turns.c.at, turns.c.notes)
    rows = connection.execute(select(*columns).where(turns.c.call_sid == call_sid).order_by(turns.c.turn))
    return [RecordedTurn(row.turn, row.step, row.event, row.at, row.notes) for row in rows]
