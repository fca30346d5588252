"""The days that figures are of: presets and ranges, as addresses say them, and the days before to compare with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Self

PRESETS: Mapping[str, int] = MappingProxyType({"today": 1, "7-days": 7, "30-days": 30})
"""How many days each is, today included."""

USUAL, ALL, RANGE = "7-days", "all", "range"

# Nobody called before; and what is counted back from here stays within the calendar.
_EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, or all of them; `problem` says why a range that was asked for could not be had."""

    name: str
    since: date | None = None
    until: date | None = None
    typed: tuple[str, str] = ("", "")
    problem: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str], today: date) -> Self:
        """Read an address's arguments; what cannot be read leaves the usual days."""
        name = given.get("when", "")
        typed = (given.get("since", "").strip()[:10], given.get("until", "").strip()[:10])
        if name == ALL:
            return cls(ALL)
        if name not in PRESETS and any(typed):
            return cls._range(typed, today)
        name = name if name in PRESETS else USUAL
        return cls(name, today - timedelta(days=PRESETS[name] - 1), today)

    @classmethod
    def _range(cls, typed: tuple[str, str], today: date) -> Self:
        since, until = _day(typed[0]), min(_day(typed[1]) or today, today)
        if since is None:
            problem = "Choose the first day."
        elif any(text and _day(text) is None for text in typed):
            problem = "Write days such as 2026-11-24."
        elif since > today:
            problem = "The first day has not come yet."
        elif since > until:
            problem = "The first day comes after the last one."
        else:
            return cls(RANGE, since, until, typed)
        return cls(USUAL, today - timedelta(days=PRESETS[USUAL] - 1), today, typed, problem)

    @property
    def days(self) -> int | None:
        """How many there are, unless it is all of them."""
        return None if self.since is None or self.until is None else (self.until - self.since).days + 1

    @property
    def before(self) -> "Period | None":
        """As many days before these."""
        if self.since is None or self.days is None:
            return None
        return Period(RANGE, self.since - timedelta(days=self.days), self.since - timedelta(days=1))

    @property
    def before_words(self) -> str:
        """When that was, as a sentence goes on."""
        if self.name == "today":
            return "yesterday"
        return "the day before" if self.days == 1 else f"in the {self.days} days before"

    @property
    def wishes(self) -> dict[str, str]:
        """The period in an address of the figures."""
        return self.log_wishes if self.name == RANGE else {"when": self.name}

    @property
    def log_wishes(self) -> dict[str, str]:
        """The period in an address of the call log."""
        if self.since is None or self.until is None:
            return {}
        return {"since": self.since.isoformat(), "until": self.until.isoformat()}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-11-24") else None
    except ValueError:
        return None
    return day if day is None or day >= _EARLIEST else None
