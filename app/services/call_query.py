"""What somebody wants to see of the call log, as an address says it; whatever cannot be read is left out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Self

from app.domain.call_filters import NOT_TOLD, CallFilters, Steps
from app.domain.came_from import CameFrom
from app.domain.furthest import FURTHEST_BY_WORD, Furthest
from app.domain.results import LineResult, Outcome

YES = "yes"
# Whatever separates its digits, and whatever stands around it; a call's id has many digits too.
_NUMBER = re.compile(r"\d(?:[\W_]*\d){6}")
_CALL_ID = re.compile(r"\b[A-Z]{2}[0-9a-f]{32}\b")
LONGEST_SEARCH = 200
_LONGEST_VALUE = 64

PERIODS: Mapping[str, Callable[[date], tuple[date, date]]] = MappingProxyType(
    {
        "today": lambda today: (today, today),
        "yesterday": lambda today: (today - timedelta(days=1), today - timedelta(days=1)),
        "week": lambda today: (today - timedelta(days=today.weekday()), today),
        "7-days": lambda today: (today - timedelta(days=6), today),
    }
)
"""Date presets, each as first and last day."""

STEPS: Mapping[str, Steps] = MappingProxyType(
    {
        **{word: Steps(step, step) for word, step in FURTHEST_BY_WORD.items()},
        **{f"from-{word}": Steps(step, Furthest.AGAIN) for word, step in list(FURTHEST_BY_WORD.items())[1:-1]},
        "dropped": Steps(Furthest.BRIEF, Furthest.HEARD, is_over=True),
    }
)
"""A step alone means that calls got there and no further."""

LINES = (*(each.value for each in LineResult), "open")
TOLD = (*(each.value for each in Outcome), NOT_TOLD)
FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "returning": "returning",
        "short": "short",
        "failed": "failed",
        "note": "noted",
        "attention": "attention",
        "tests": "tests",
    }
)
"""Filters that are on or off, with their names among the filters."""

_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "when": tuple(PERIODS),
        "line": LINES,
        "outcome": TOLD,
        "step": tuple(STEPS),
        "came_from": tuple(CameFrom),
        **dict.fromkeys(FLAGS, (YES,)),
    }
)
NAMES = (
    "when",
    "since",
    "until",
    "office",
    "line",
    "outcome",
    "step",
    "left",
    "language",
    "came_from",
    *FLAGS,
    "tag",
    "q",
    "same",
)
"""All names, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class CallQuery:
    """The wishes that could be read, by name, in the order of NAMES."""

    wishes: Mapping[str, str]

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read an address's arguments; days that are none are left out, see `day_faults`."""
        # No database holds a NUL, so nothing is found by one.
        texts = {name: given.get(name, "").replace("\0", "").strip() for name in NAMES}
        wrong = day_faults(given)
        found = {name: text for name, text in texts.items() if text and name not in wrong}
        return cls(MappingProxyType({name: value for name, value in found.items() if _is_readable(name, value)}))

    def without(self, name: str) -> dict[str, str]:
        """The wishes but one."""
        return {other: value for other, value in self.wishes.items() if other != name}

    def filters(self, offices: Mapping[str, int], today: date) -> CallFilters:
        """The filters, but for what a search has to find first; `offices` are row numbers by slug."""
        wish = self.wishes.get
        since, until = PERIODS[self.wishes["when"]](today) if "when" in self.wishes else (None, None)
        office = wish("office")
        filters = CallFilters(
            since=_day(wish("since", "")) or since,
            until=_day(wish("until", "")) or until,
            # An office that is none leaves nothing.
            office_id=offices.get(office, 0) if office else None,
            line=wish("line"),
            outcome=wish("outcome"),
            steps=STEPS.get(wish("step", "")),
            language=wish("language"),
            came_from=wish("came_from"),
            left=wish("left"),
        )
        flags: dict[str, Any] = {name: True for word, name in FLAGS.items() if word in self.wishes}
        return replace(filters, **flags)


def day_faults(given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the first and the last day that an address gives, by their names."""
    typed = {name: text for name in ("since", "until") if (text := given.get(name, "").strip())}
    found = {name: "Write a day such as 2026-11-24." for name, text in typed.items() if _day(text) is None}
    if not found and typed.keys() == {"since", "until"} and typed["since"] > typed["until"]:
        # Both are left out: filtering by one of them would show what nobody asked for.
        found = dict.fromkeys(typed, "The first day comes after the last one.")
    return found


def is_like_a_number(text: str) -> bool:
    """Whether a text to search for may hold a supporter's number, which stands in no address."""
    return _NUMBER.search(_CALL_ID.sub("x", text)) is not None


def _is_readable(name: str, value: str) -> bool:
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in ("since", "until"):
        return _day(value) is not None
    if name == "q":
        return len(value) <= LONGEST_SEARCH and not is_like_a_number(value)
    return len(value) <= _LONGEST_VALUE and not (name in ("same", "tag") and is_like_a_number(value))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-24") else None
    except ValueError:
        return None
