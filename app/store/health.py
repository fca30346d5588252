"""Whether the record can be used, for the readiness check."""

from sqlalchemy import select

from app.store.database import Database, StoreUnavailable
from app.store.tables import campaigns


def problem(database: Database) -> str | None:
    """What keeps the database from taking a record, with what to do about it, or None; one row is read."""
    try:
        # A writer's transaction: a locked database can still be read.
        with database.write() as connection:
            connection.execute(select(campaigns.c.id).limit(1))
    except StoreUnavailable as error:
        return str(error)
    return None
