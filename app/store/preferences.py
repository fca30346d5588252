"""What an organizer likes the console to be like, by name."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from app.store.organizer_tables import organizer_preferences
from app.store.statements import upsert


def read_preferences(connection: Connection, organizer_id: int) -> Mapping[str, str]:
    """What somebody has chosen; what is not there was never chosen."""
    table = organizer_preferences
    rows = connection.execute(select(table.c.name, table.c.value).where(table.c.organizer_id == organizer_id))
    return {row.name: row.value for row in rows}


def keep_preference(connection: Connection, organizer_id: int, name: str, value: str) -> None:
    """Keep what somebody has chosen."""
    key = {"organizer_id": organizer_id, "name": name}
    upsert(connection, organizer_preferences, tuple(key), {**key, "value": value}, {"value": value})
