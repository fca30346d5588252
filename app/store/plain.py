"""Records and notes as plain JSON values, and back."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any

from app.domain.record import (
    CallStatusRecord,
    Ending,
    LegEnded,
    LegPlanned,
    LegStatusRecord,
    Note,
    OutcomeReported,
    Preferred,
    SummaryHeard,
    TurnRecord,
)
from app.domain.results import LineResult, Outcome

Record = TurnRecord | CallStatusRecord | LegStatusRecord
Plain = dict[str, Any]

_KINDS: Mapping[str, type] = MappingProxyType(
    {
        "turn": TurnRecord,
        "call_status": CallStatusRecord,
        "leg_status": LegStatusRecord,
        "leg_planned": LegPlanned,
        "leg_ended": LegEnded,
        "outcome_reported": OutcomeReported,
        "preferred": Preferred,
        "ending": Ending,
        "summary_heard": SummaryHeard,
    }
)
_NAMES: Mapping[type, str] = MappingProxyType({kind: name for name, kind in _KINDS.items()})


class Unreadable(ValueError):
    """The plain values are of no record that this release knows."""


def to_plain(thing: Record | Note) -> Plain:
    """A record or a note as values that JSON can hold."""
    values = {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}
    return {"kind": _NAMES[type(thing)], **values}


def from_plain(plain: Plain) -> Any:
    """The record or note that `to_plain` was given; what a newer release added to it is left out."""
    try:
        kind = _KINDS[plain["kind"]]
        known = [field.name for field in fields(kind) if field.name in plain]
        return kind(**{name: _read(name, plain[name]) for name in known})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"Not a record: {error!r}") from error


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else to_plain(item) for item in value]
    return value


_READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "at": datetime.fromisoformat,
        "cool_until": datetime.fromisoformat,
        "result": LineResult,
        "outcome": Outcome,
        "reasons": tuple,
        "notes": lambda notes: tuple(from_plain(note) for note in notes),
    }
)


def _read(name: str, value: Any) -> Any:
    return value if value is None or name not in _READERS else _READERS[name](value)
