"""Work that one process of an installation does for all, now and then."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, String, Table, or_, update

from app.store.columns import Utc
from app.store.metadata import metadata
from app.store.statements import insert_once

chores = Table(
    "chores",
    metadata,
    Column("name", String, primary_key=True),
    Column("due_at", Utc, nullable=False),
)


def claim(connection: Connection, name: str, now: datetime, every: timedelta) -> bool:
    """Whether a chore is due and now ours alone: it will be due again after `every`, whatever becomes of us."""
    # Later than that it was never due, unless the clock has been set back since.
    is_due = or_(chores.c.due_at <= now, chores.c.due_at > now + every)
    ours = update(chores).where(chores.c.name == name, is_due).values(due_at=now + every)
    if connection.execute(ours).rowcount:
        return True
    return insert_once(connection, chores, ("name",), {"name": name, "due_at": now + every})
