"""The few statements that each database spells its own way."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Table, cast, func
from sqlalchemy.dialects import postgresql, sqlite

Values = Mapping[str, Any]


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the connection's dialect."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def insert_once(connection: Connection, table: Table, key: Sequence[str], values: Values) -> bool:
    """Insert a row unless its key is there, and say whether it was inserted."""
    statement = insert_into(connection, table).values(values).on_conflict_do_nothing(index_elements=key)
    return connection.execute(statement.returning(table.c[key[0]])).first() is not None


def upsert(connection: Connection, table: Table, key: Sequence[str], values: Values, changes: Values) -> None:
    """Insert a row, or make the changes in the one that has its key."""
    statement = insert_into(connection, table).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changes))


def text_in(connection: Connection, document: ColumnElement[Any], field: str) -> ColumnElement[str]:
    """A field of a JSON document that is kept as text; the document must be one that this database can read."""
    if connection.dialect.name == "sqlite":
        return func.json_extract(document, f"$.{field}")
    return func.json_extract_path_text(cast(document, JSON), field)


def minute_of(connection: Connection, moment: ColumnElement[Any]) -> ColumnElement[str]:
    """The minute of a moment in UTC, as ISO 8601 without a zone."""
    if connection.dialect.name == "sqlite":
        return func.strftime("%Y-%m-%dT%H:%M", moment)
    return func.to_char(moment, 'YYYY-MM-DD"T"HH24:MI')
