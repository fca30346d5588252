"""The few statements that every webhook runs: SQLAlchemy makes their text once, and the driver runs it at once.

SQLAlchemy's own way from a statement to its rows takes three times as long as SQLite over them (docs/performance.md).
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select, TextClause
from sqlalchemy.exc import DBAPIError

_Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Made:
    """A statement for one kind of database: its text, and what each of its values and columns is turned by."""

    text: str
    values: tuple[tuple[str, _Convert], ...]
    fixed: Mapping[str, Any]
    by_name: bool
    columns: tuple[tuple[int, Callable[[Any], Any]], ...]
    row: Callable[[Sequence[Any]], Any]


class Hot:
    """A statement that is asked on every webhook, within a transaction that SQLAlchemy has begun."""

    def __init__(self, statement: Select[Any] | TextClause) -> None:
        """Take the statement; what differs from time to time must be bound parameters without values of their own."""
        self.statement = statement
        self._made: dict[str, _Made] = {}

    def run(self, connection: Connection, given: Mapping[str, Any]) -> None:
        """Run it with these parameters by name; raises SQLAlchemy's DBAPIError."""
        cursor = self._execute(connection, self._for(connection.dialect), given)
        cursor.close()

    def rows(self, connection: Connection, given: Mapping[str, Any]) -> list[Any]:
        """Give its rows, each with the selected columns as attributes; raises SQLAlchemy's DBAPIError."""
        made = self._for(connection.dialect)
        cursor = self._execute(connection, made, given)
        found = cursor.fetchall()
        cursor.close()
        return [_converted(made, values) for values in found]

    def first(self, connection: Connection, given: Mapping[str, Any]) -> Any | None:
        """Give its first row, or None; raises SQLAlchemy's DBAPIError."""
        found = self.rows(connection, given)
        return found[0] if found else None

    def _for(self, dialect: Dialect) -> _Made:
        made = self._made.get(dialect.name)
        if made is None:
            made = self._made[dialect.name] = _make(self.statement, dialect)
        return made

    def _execute(self, connection: Connection, made: _Made, given: Mapping[str, Any]) -> Any:
        given = {**made.fixed, **given} if made.fixed else given
        values: Any
        if made.by_name:
            values = {name: turn(given[name]) if turn else given[name] for name, turn in made.values}
        else:
            values = tuple([turn(given[name]) if turn else given[name] for name, turn in made.values])
        driver: Any = connection.connection.driver_connection
        cursor = driver.cursor()
        # Whoever listens to SQLAlchemy's statements hears of these too.
        for listen in connection.dispatch.before_cursor_execute:
            listen(connection, cursor, made.text, values, None, False)
        try:
            cursor.execute(made.text, values)
        except Exception as error:
            raise _told(connection, cursor, made.text, error) from error
        return cursor


def _make(statement: Select[Any] | TextClause, dialect: Dialect) -> _Made:
    compiled: Any = statement.compile(dialect=dialect)
    bound = {name: bind for bind, name in compiled.bind_names.items()}
    convert = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in bound.items()}
    # A driver without names for parameters gets each at each of its places.
    names = compiled.positiontup if compiled.positional else list(bound)
    selected = list(statement.selected_columns) if isinstance(statement, Select) else []
    turns = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in selected]
    # A field of a named tuple has a name that Python allows, as all our columns have.
    row = namedtuple("Row", [column.key for column in selected])  # type: ignore[misc]  # noqa: PYI024  # made at run time
    return _Made(
        text=str(compiled),
        values=tuple((name, convert[name]) for name in names),
        fixed={name: bind.value for name, bind in bound.items() if not bind.required},
        by_name=not compiled.positional,
        columns=tuple((place, turn) for place, turn in enumerate(turns) if turn is not None),
        row=row._make,
    )


def _converted(made: _Made, values: Sequence[Any]) -> Any:
    if not made.columns:
        return made.row(values)
    found = list(values)
    for place, turn in made.columns:
        found[place] = turn(found[place])
    return made.row(found)


def _told(connection: Connection, cursor: Any, text: str, error: Exception) -> Exception:
    """The driver's error as SQLAlchemy tells it; a connection that was lost is not used again."""
    dialect: Any = connection.dialect
    if not isinstance(error, dialect.dbapi.Error):
        return error
    is_lost = dialect.is_disconnect(error, connection.connection, cursor)
    if is_lost:
        connection.invalidate(error)
    more = {"hide_parameters": True, "connection_invalidated": is_lost, "dialect": dialect}
    told: Exception = DBAPIError.instance(text, None, error, dialect.dbapi.Error, **more)
    return told
