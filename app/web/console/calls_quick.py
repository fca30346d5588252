"""The quick filters above the call log: days, offices and results, each of them one click away and without a script."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.services.call_log import CallLog
from app.services.call_query import CallQuery
from app.services.call_words import result_words
from app.web.console.calls_address import list_url
from app.web.console.calls_shown import periods

_RESULTS = (
    ("outcome", "spoke"),
    ("outcome", "voicemail"),
    ("outcome", "unreached"),
    ("line", "busy"),
    ("line", "no_answer"),
    ("line", "failed"),
)
_MOST_IN_SIGHT = 10
"""So many offices are in sight; the rest of a long list lies behind 'More'."""


@dataclass(frozen=True, slots=True)
class Quick:
    """A quick filter as a link."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class QuickGroup:
    """Quick filters of which one is in use at most."""

    name: str
    in_sight: list[Quick]
    more: list[Quick]


def quick_groups(log: CallLog, query: CallQuery, by: str) -> list[QuickGroup]:
    """All quick filters; each keeps whatever else is filtered by."""
    days = [Quick(*each) for each in periods(log, query, by)]
    offices = list(_offices(log, query, by))
    most = _MOST_IN_SIGHT + 1
    return [
        QuickGroup("Days", days, []),
        QuickGroup("Office", offices[:most], offices[most:]),
        QuickGroup("Result", list(_results(log, query, by)), []),
    ]


def _offices(log: CallLog, query: CallQuery, by: str) -> Iterator[Quick]:
    slug, others, chosen = log.campaign.slug, query.without("office"), query.wishes.get("office")
    yield Quick("Any", list_url(slug, others, by), chosen is None)
    for office, label in log.labels.items():
        yield Quick(label, list_url(slug, {**others, "office": office}, by), chosen == office)


def _results(log: CallLog, query: CallQuery, by: str) -> Iterator[Quick]:
    slug, chosen = log.campaign.slug, {name: query.wishes.get(name) for name in ("line", "outcome")}
    others: Mapping[str, str] = {name: value for name, value in query.wishes.items() if name not in chosen}
    yield Quick("Any", list_url(slug, others, by), not any(chosen.values()))
    for name, value in _RESULTS:
        yield Quick(result_words(value), list_url(slug, {**others, name: value}, by), chosen[name] == value)
