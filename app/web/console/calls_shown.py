"""The call log as its page shows it: filters as chips and choices, and times in the campaign's zone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app.domain.furthest import Furthest
from app.domain.languages import LANGUAGE_WORDS
from app.services.call_log import CallLog
from app.services.call_query import FLAGS, LINES, PERIODS, STEPS, TOLD, YES, CallQuery
from app.services.call_story import clock
from app.services.call_words import CAME_FROM_WORDS, STEP_WORDS, lasted, result_words
from app.services.figures_words import prompt_words
from app.services.log_look import Column
from app.store.call_log_counts import Total
from app.store.call_log_rows import LegLine
from app.web.console.calls_address import list_url

PERIOD_WORDS = MappingProxyType(
    {"today": "Today", "yesterday": "Yesterday", "week": "This week", "7-days": "The last 7 days"}
)
FLAG_WORDS = MappingProxyType(
    {
        "returning": "Returning callers",
        "short": "Very short office calls",
        "failed": "Failed",
        "note": "With a note",
        "attention": "Needs attention",
        "tests": "Test and blocked calls too",
    }
)

COLUMN_WORDS: Mapping[Column, str] = MappingProxyType(
    {
        Column.CALLER: "Caller",
        Column.LANGUAGE: "Language",
        Column.CAME_FROM: "Came from",
        Column.OFFICES: "Offices",
        Column.STEP: "Furthest step",
        Column.TALK: "Talk",
        Column.TOTAL: "Total",
        Column.FLAGS: "Flags",
        Column.VERSION: "Version",
        Column.CALL_ID: "Call id",
        Column.END: "How it ended",
        Column.KEYS: "Keys pressed",
    }
)
_BY_OFFICE_WORDS = MappingProxyType({Column.OFFICES: "Office", Column.TOTAL: "Whole call"})

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the address without it."""

    label: str
    href: str


def chips(log: CallLog, query: CallQuery, by: str) -> list[Chip]:
    """The filters in use."""
    slug = log.campaign.slug
    return [
        Chip(label_of(log, name, value), list_url(slug, query.without(name), by))
        for name, value in query.wishes.items()
    ]


def label_of(log: CallLog, name: str, value: str) -> str:
    """A filter in words."""
    match name:
        case "since":
            return f"From {day_words(date.fromisoformat(value))}"
        case "until":
            return f"Until {day_words(date.fromisoformat(value))}"
        case "office":
            return log.labels.get(value, value)
        case "q":
            return f"Search: {value}"
        case "tag":
            return f"Tag: {value}"
        case "left":
            return f"Hung up at: {prompt_words(value)}"
        case "same":
            return "Calls of one supporter"
        case _:
            words: Mapping[str, str] = FLAG_WORDS if name in FLAGS else dict(choices(log)[name])
            return words.get(name if name in FLAGS else value, value)


def choices(log: CallLog) -> dict[str, list[Choice]]:
    """What can be chosen in each filter."""
    return {
        "when": [(name, PERIOD_WORDS[name]) for name in PERIODS],
        "office": list(log.labels.items()),
        "line": [(value, result_words(value)) for value in LINES],
        "outcome": [(value, result_words(value)) for value in TOLD],
        "step": [(name, _step_words(name)) for name in STEPS],
        "came_from": [(value.value, words) for value, words in CAME_FROM_WORDS.items()],
        "tag": [(tag, tag) for tag in log.tags],
        "language": [(code, LANGUAGE_WORDS.get(code, code)) for code in log.campaign.languages],
    }


def _step_words(name: str) -> str:
    if name == "dropped":
        return "Dropped in the menu"
    words = STEP_WORDS[STEPS[name].least]
    if STEPS[name].most is Furthest.BRIEF:
        return words
    return f"{words}, or further" if name.startswith("from-") else f"{words}, no further"


def column_words(column: Column, by: str) -> str:
    """The heading of a column."""
    return (_BY_OFFICE_WORDS.get(column) if by else None) or COLUMN_WORDS[column]


def leg_url(log: CallLog, query: CallQuery, leg: LegLine, by: str) -> str:
    """The address of the calls to this office that went as this one did."""
    name = "outcome" if leg.result in TOLD else "line"
    alike = {"office": leg.office_slug, name: leg.result}
    others = {name: value for name, value in query.wishes.items() if name not in ("line", "outcome")}
    return list_url(log.campaign.slug, {**others, **alike}, by)


def periods(log: CallLog, query: CallQuery, by: str) -> list[tuple[str, str, bool]]:
    """The date presets as links, each with whether it is in use; 'All' leaves dates out."""
    slug = log.campaign.slug
    undated = {name: value for name, value in query.wishes.items() if name not in ("when", "since", "until")}

    def link(name: str, words: str) -> tuple[str, str, bool]:
        return words, list_url(slug, {**undated, "when": name}, by), query.wishes.get("when") == name

    links = [link(name, words) for name, words in PERIOD_WORDS.items()]
    return [*links, ("All", list_url(slug, undated, by), undated == query.wishes)]


def flags(query: CallQuery) -> Iterator[tuple[str, str, bool]]:
    """The filters that are on or off: name, words, whether it is on."""
    return ((name, words, query.wishes.get(name) == YES) for name, words in FLAG_WORDS.items())


_ROWS_A_SECOND = 3000
"""What an export writes on a small machine, at least."""
_LONG_S = 10


def export_words(total: Total, by: str) -> str:
    """What an export holds, and how long it takes where that is long."""
    things = ("office call" if by else "call") + ("" if total.n == 1 else "s")
    number = f"{'' if total.is_exact else 'at least '}{total.n:,} {things}"
    seconds = export_s(total)
    return f"{number}, about {lasted(seconds)}" if seconds >= _LONG_S else number


def export_s(total: Total) -> int:
    """How many seconds an export takes, as far as is known."""
    return total.n // _ROWS_A_SECOND


def day_words(day: date) -> str:
    """A day as it is read."""
    return f"{day:%b} {day.day}, {day.year}"


def when(at: datetime, zone: ZoneInfo) -> str:
    """A moment in a zone, which the page names once."""
    local = at.astimezone(zone)
    return f"{local:%b} {local.day}, {clock(at, zone)}"


def moment_words(at: datetime, zone: ZoneInfo) -> str:
    """A moment in a zone, which is named with it: Nov 24, 2026, 3:30 p.m. CST."""
    local = at.astimezone(zone)
    return f"{day_words(local.date())}, {clock(at, zone)} {local:%Z}"


def utc(at: datetime) -> str:
    """A moment in UTC to the second, for whoever points at a time."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def zone_words(zone: ZoneInfo, at: datetime) -> str:
    """A zone by its short name and its own."""
    return f"{at.astimezone(zone):%Z} ({zone.key})"


def clock_s(at: datetime, zone: ZoneInfo) -> str:
    """A time of day in a zone, to the second."""
    local = at.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M:%S} {'a.m.' if local.hour < 12 else 'p.m.'}"
