"""One cheap statement that tells whether anything has happened since it was asked last, in any campaign."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from app.store.call_log_tables import outcome_corrections
from app.store.live import LONGEST_CALL
from app.store.organizer_tables import audit
from app.store.tables import callbacks, calls

Pulse = tuple[int | None, ...]
"""Equal while nothing has happened; it says nothing else."""


def pulse(connection: Connection, now: datetime) -> Pulse:
    """The record's pulse: calls begin, their turns go on, the carrier reports, organizers do something.

    Each part goes by the end of an index or by the calls of the last 70 minutes. What is committed out of order may be
    missed, so whoever asks looks at the record itself now and then all the same.
    """
    lately = calls.c.started_at > now - LONGEST_CALL
    parts = (
        select(func.max(calls.c.id)).scalar_subquery(),
        select(func.sum(calls.c.last_turn)).where(lately).scalar_subquery(),
        select(func.max(callbacks.c.id)).scalar_subquery(),
        select(func.max(outcome_corrections.c.id)).scalar_subquery(),
        select(func.max(audit.c.id)).scalar_subquery(),
    )
    return tuple(connection.execute(select(*parts)).one())
