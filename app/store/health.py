"""Whether the record can be used, for the readiness check."""

from sqlalchemy import select

from app.store.database import Database, StoreUnavailable
from app.store.tables import campaigns


def problem(database: Database) -> str | None:
    """What keeps the database from being read, with what to do about it, or None; one indexed row is read."""
    try:
        with database.read() as connection:
            connection.execute(select(campaigns.c.id).limit(1))
    except StoreUnavailable as error:
        return str(error)
    return None
