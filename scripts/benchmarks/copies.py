"""The SQL that copies a small record: the same calls, some weeks and minutes earlier, by other supporters."""

# ruff: noqa: S608 - these statements are made of our own names and numbers alone

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Column, Connection, Date, Table

from app.store.columns import Utc

# Whole weeks, so that weekdays and hours of the day stay as busy as they are.
_WEEKS = 27
_DAY_S = 86_400
# Within a week the copies lie some minutes apart.
_STEP_S, _APART_S = 37, 600


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of the seed, from 1 on; `rows` is the largest row number in the seed of each table that numbers rows."""

    number: int
    rows: Mapping[str, int]

    @property
    def days(self) -> int:
        """How many days earlier its calls were: the copies are spread over half a year."""
        return self.number * 10 % _WEEKS * 7

    @property
    def seconds(self) -> int:
        """How many seconds earlier they were."""
        return self.days * _DAY_S + self.number * _STEP_S % _APART_S


# How databases spell an earlier day and moment.
_SQLITE = MappingProxyType(
    {
        "day": "date({0}, '-{1.days} days')",
        # The fraction of the second stays as it is written.
        "moment": "strftime('%Y-%m-%d %H:%M:%S', substr({0}, 1, 19), '-{1.seconds} seconds') || substr({0}, 20)",
    }
)
_POSTGRESQL = MappingProxyType({"day": "{0} - {1.days}", "moment": "{0} - {1.seconds} * interval '1 second'"})
_SPELLED: Mapping[str, Mapping[str, str]] = MappingProxyType({"sqlite": _SQLITE, "postgresql": _POSTGRESQL})
_ANOTHER = "'CA' || md5({0} || '-{1.number}')"
_BY_NAME = MappingProxyType(
    {
        "call_sid": _ANOTHER,
        "dial_call_sid": f"CASE WHEN {{0}} = '' THEN '' ELSE {_ANOTHER} END",
        "pseudonym": "md5({0} || '-{1.number}')",
        "call_id": "{0} + {1.number} * {1.rows[calls]}",
        "leg_id": "{0} + {1.number} * {1.rows[legs]}",
    }
)


def copying(tables: Sequence[Table], copy: Copy, connection: Connection) -> Iterator[str]:
    """The statements that make a copy of the rows of each table's seed."""
    spelled = _SPELLED[connection.dialect.name]
    for table in tables:
        values = (_value(table, column, spelled).format(column.name, copy) for column in table.c)
        into = f"INSERT INTO {table.name} ({', '.join(table.c.keys())})"
        yield f"{into} SELECT {', '.join(values)} FROM seed_{table.name}"


def _value(table: Table, column: Column[object], spelled: Mapping[str, str]) -> str:
    if column.name == "id":
        return f"{{0}} + {{1.number}} * {{1.rows[{table.name}]}}"
    if isinstance(column.type, Date):
        return spelled["day"]
    if isinstance(column.type, Utc):
        return spelled["moment"]
    return _BY_NAME.get(column.name, "{0}")
