"""Whether the record can be used, for those who look after it."""

from datetime import datetime

from sqlalchemy import select

from app.store.database import Connection, Database, StoreUnavailable
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


def moment(connection: Connection) -> datetime | None:
    """What time it is for the database's machine; None for SQLite, which is on this one."""
    if connection.dialect.name == "sqlite":
        return None
    found: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return found


def sqlite_file(database: Database) -> str:
    """The file of an SQLite database; empty for a server's."""
    return (database.engine.url.database or "") if database.engine.dialect.name == "sqlite" else ""
