"""How the call log looks to an organizer: which columns, in which order, and how high its rows are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.services.preferences import Preference

COMPACT = "compact"
_UNSHOWN = "-"


class Column(StrEnum):
    """A column of the call log, by its name in a preference; when a call began always comes first."""

    CALLER = "caller"
    LANGUAGE = "language"
    CAME_FROM = "came-from"
    OFFICES = "offices"
    STEP = "step"
    TALK = "talk"
    TOTAL = "total"
    FLAGS = "flags"
    VERSION = "version"
    CALL_ID = "call-id"
    END = "end"
    KEYS = "keys"


AT_FIRST = frozenset(Column) - {Column.VERSION, Column.CALL_ID, Column.END, Column.KEYS}
"""Shown unless somebody chooses otherwise."""


@dataclass(frozen=True, slots=True)
class Look:
    """All columns in their order, those of them that are shown, and whether rows are compact."""

    order: tuple[Column, ...] = tuple(Column)
    chosen: frozenset[Column] = AT_FIRST
    is_compact: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> Self:
        """What somebody's preferences say; a column that they do not know of stands at the end, as at first."""
        words = kept.get(Preference.LOG_COLUMNS, "").split()
        told = {word.removeprefix(_UNSHOWN): not word.startswith(_UNSHOWN) for word in words}
        known = [Column(name) for name in told if name in set(Column)]
        order = (*known, *(column for column in Column if column not in known))
        chosen = frozenset(column for column in Column if told.get(column, column in AT_FIRST))
        return cls(order, chosen, kept.get(Preference.LOG_ROWS) == COMPACT)

    @property
    def shown(self) -> list[Column]:
        """The columns that are shown, in order."""
        return [column for column in self.order if column in self.chosen]

    def choosing(self, names: Collection[str]) -> Self:
        """The same order with these columns shown."""
        return type(self)(self.order, frozenset(column for column in Column if column in names), self.is_compact)

    def moving(self, name: str, steps: int) -> Self:
        """With a column moved down by so many places, or up; one that is at the end stays there."""
        order = list(self.order)
        if name in order:
            at = order.index(Column(name))
            order.insert(max(at + steps, 0), order.pop(at))
        return type(self)(tuple(order), self.chosen, self.is_compact)

    def kept(self) -> Mapping[Preference, str]:
        """As preferences have it."""
        words = (column if column in self.chosen else _UNSHOWN + column for column in self.order)
        return {Preference.LOG_COLUMNS: " ".join(words), Preference.LOG_ROWS: COMPACT if self.is_compact else ""}
