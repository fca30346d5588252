"""How often an organizer has done something of late, by the audit."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from app.domain.audit import Deed
from app.store.organizer_tables import audit


def deeds_since(connection: Connection, who: str, deed: Deed, since: datetime) -> int:
    """How many deeds of a kind an organizer has done from a moment on."""
    theirs = (audit.c.who == who, audit.c.deed == deed, audit.c.at > since)
    return int(connection.scalar(select(func.count()).where(*theirs)) or 0)
