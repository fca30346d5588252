"""Which office legs are live: how many callers are on with an office."""

from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, and_

from app.store.tables import legs

LONGEST_LEG = timedelta(minutes=35)
"""A leg whose end was never reported counts as live for this long."""


def is_live(since: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The condition that a leg is live, planned after `since` (LONGEST_LEG ago); a partial index answers it."""
    return and_(legs.c.ended_at.is_(None), legs.c.planned_at > since)
