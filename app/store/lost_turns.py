"""What the carrier lately could not get of us: answers for which it turned to the fallback, and calls we never took."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from app.domain.events import EVENT_KINDS, Lost
from app.store.live import LONGEST_CALL
from app.store.tables import NO_LEG, callbacks, calls, turns

_CALLBACKS_BACK = 1000
_ON_ITS_WAY = timedelta(minutes=1)
"""A callback may come before its call's first turn is kept."""


@dataclass(frozen=True, slots=True)
class LostLately:
    """How many answers were lost and how many calls never reached us, from the first of them to the last."""

    answers: int = 0
    calls: int = 0
    since: datetime | None = None
    latest: datetime | None = None


def lost_lately(connection: Connection, since: datetime, now: datetime) -> LostLately:
    """What was lost since a moment; it reads the calls of the last hours and the last callbacks, not the log."""
    # Not by a join: SQLite would begin it with the turns, all that there are.
    of_late = select(calls.c.call_sid).where(calls.c.started_at > since - LONGEST_CALL)
    answers = select(func.count(), func.min(turns.c.at), func.max(turns.c.at)).where(
        turns.c.call_sid.in_(of_late), turns.c.at > since, turns.c.event == EVENT_KINDS[Lost]
    )
    # Asked for beforehand: within the other statement PostgreSQL would expect a third of all callbacks.
    last = connection.scalar(select(func.max(callbacks.c.id))) or 0
    unheard = select(
        func.count(callbacks.c.call_sid.distinct()), func.min(callbacks.c.at), func.max(callbacks.c.at)
    ).where(
        callbacks.c.id > last - _CALLBACKS_BACK,
        callbacks.c.applied.is_(False),
        callbacks.c.leg == NO_LEG,
        callbacks.c.at.between(since, now - _ON_ITS_WAY),
    )
    (lost, *told), (never, *reported) = (connection.execute(query).one() for query in (answers, unheard))
    moments = [moment for moment in (*told, *reported) if moment is not None]
    return LostLately(lost, never, min(moments, default=None), max(moments, default=None))
