"""Reading mappings and lists by tables of their fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from app.domain.documents.faults import Faults, guess, shown, wrong

T = TypeVar("T")

Reader = Callable[[object], T]
"""Takes a plain value and gives what it stands for, or raises DocumentError."""

# Enough to see the pattern; a hostile document cannot make us list a million.
_STRANGERS_LISTED = 20


@dataclass(frozen=True, slots=True)
class Field:
    """How a field is read, and whether it must be there."""

    read: Reader[Any]
    required: bool = False


def read_fields(
    value: object, table: Mapping[str, Field], *, unknown: str = "There is no such field."
) -> dict[str, Any]:
    """The fields of a mapping that are there; an empty one (null) counts as left out."""
    if not isinstance(value, Mapping):
        raise wrong(f"It must be a mapping with fields like {next(iter(table))!r}, not {shown(value)}.")
    faults = Faults()
    strangers = (key if isinstance(key, str) else shown(key) for key in value if key not in table)
    for stranger in islice(strangers, _STRANGERS_LISTED):
        with faults.at(stranger):
            raise wrong(unknown + guess(stranger, table))
    values: dict[str, Any] = {}
    for name, field in table.items():
        given = value.get(name)
        with faults.at(name):
            if given is not None:
                values[name] = field.read(given)
            elif field.required:
                raise wrong("It is missing.")
    faults.check()
    return values


def read_list(value: object, read: Reader[T], most: int) -> tuple[T, ...]:
    """The entries of a list with at most so many."""
    if not isinstance(value, list | tuple):
        raise wrong(f"It must be a list, not {shown(value)}.")
    if len(value) > most:
        raise wrong(f"It has {len(value)} entries; at most {most} are possible.")
    faults = Faults()
    entries: list[T] = []
    for index, entry in enumerate(value):
        with faults.at(index):
            entries.append(read(entry))
    faults.check()
    return tuple(entries)


def list_of(read: Reader[T], most: int) -> Reader[tuple[T, ...]]:
    """A reader of lists whose entries differ: one that is repeated counts once."""
    return lambda value: tuple(dict.fromkeys(read_list(value, read, most)))
