"""Writing the record: all that a webhook leaves is one INSERT of a few rows into the view `record_writes`.

The view is made by a migration (migrations/record_writes.py), whose triggers put each row where it belongs.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer, String, Text, bindparam, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import TypeEngine

from app.store.columns import Count, Outside, Utc
from app.store.database import Connection
from app.store.hot import Hot


class DecideAgain(Exception):
    """What a turn was decided by is no longer so: nothing was kept, and the transaction must end without a commit."""


class OfficeFilled(DecideAgain):
    """Another call took the last place at the office that the turn would dial."""


class CallbacksWait(DecideAgain):
    """The carrier has reported of this call before its first turn, and that has to be applied."""


class TurnTaken(DecideAgain):
    """The same webhook came twice at the same instant, and the other one was first."""


_TYPES: Mapping[type[TypeEngine[Any]], str] = MappingProxyType(
    {
        String: "pseudonym direction language step state end_reason office reported line_result disposition",
        Outside: "call_sid called event number dial_call_sid status",
        Text: "answer",
        Integer: "turn campaign_id version_id hour speech_s summary_s heard_s leg most_live",
        Count: "duration_s sequence",
        Boolean: "is_test patient settles bridged dials connects reached hides could_not applied",
        Utc: "at planned_at answered_at ended_at cool_until live_since",
        Date: "day",
        JSON: "notes reasons",
    }
)

# The columns that each kind of row has.
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "turn": """call_sid turn step event at answer speech_s summary_s heard_s notes campaign_id version_id pseudonym
            called direction language day hour status end_reason state is_test settles""",
        "preference": "campaign_id pseudonym language patient at",
        "leg": """call_sid campaign_id pseudonym leg office at day number reasons planned_at answered_at ended_at
            dial_call_sid reported status line_result duration_s bridged disposition dials connects reached cool_until
            hides could_not most_live live_since""",
        "call": "call_sid status ended_at duration_s end_reason",
        "callback": "call_sid leg dial_call_sid status sequence at duration_s applied",
    }
)

# A null in a JSON column means that there is nothing, and not JSON's null.
_TYPE_OF: Mapping[str, TypeEngine[Any]] = MappingProxyType(
    {
        name: JSON(none_as_null=True) if kind is JSON else kind()
        for kind, names in _TYPES.items()
        for name in names.split()
    }
)


@dataclass(frozen=True, slots=True)
class Write:
    """A row for the record: its kind, and a value for each column of that kind."""

    kind: str
    values: Mapping[str, Any]


def write(connection: Connection, rows: Sequence[Write]) -> None:
    """Write the rows in this order; raises DecideAgain if that cannot be, after which the transaction is of no use."""
    parameters = {f"{name}_{place}": value for place, row in enumerate(rows) for name, value in row.values.items()}
    with _refusals():
        _insert(tuple(row.kind for row in rows)).run(connection, parameters)


@lru_cache
def _insert(kinds: tuple[str, ...]) -> Hot:
    """The statement for rows of these kinds; as text, because SQLAlchemy compiles an INSERT of several rows anew."""
    columns = list(dict.fromkeys(name for kind in kinds for name in _KINDS[kind].split()))
    rows = ", ".join(_row(kind, place, columns) for place, kind in enumerate(kinds))
    given = ((name, place) for place, kind in enumerate(kinds) for name in _KINDS[kind].split())
    typed = [bindparam(f"{name}_{place}", type_=_TYPE_OF[name]) for name, place in given]
    statement = f"INSERT INTO record_writes (kind, {', '.join(columns)}) VALUES {rows}"  # noqa: S608  # our own names
    return Hot(text(statement).bindparams(*typed))


def _row(kind: str, place: int, columns: Sequence[str]) -> str:
    given = set(_KINDS[kind].split())
    values = ", ".join(f":{name}_{place}" if name in given else "NULL" for name in columns)
    return f"('{kind}', {values})"


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        # SQLite names the columns of a key that is taken, PostgreSQL its constraint.
        told = {"office_filled": OfficeFilled, "callbacks_wait": CallbacksWait, "turns.turn": TurnTaken}
        told["pk_turns"] = TurnTaken
        found = next((kind for words, kind in told.items() if words in str(error.orig)), None)
        if found is None:
            raise
        raise found from error
