"""The figures of a campaign over a period: sums of the tallies, so that they cost the same however long the log is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.call_filters import NOT_TOLD, CallFilters
from app.domain.furthest import Furthest
from app.domain.results import Outcome
from app.services.call_log import CallLog, filters_of
from app.services.call_query import CallQuery
from app.services.desk import Desk
from app.store.figures import CallSum, LegSum, sum_calls, sum_legs

PERIODS = ("today", "7-days", "all")
"""What figures can be of: day presets of the call log, or all of it."""

COULD_NOT, UNDER_WAY = "could-not", "open"
OFFICE_PARTS = (Outcome.SPOKE.value, Outcome.VOICEMAIL.value, COULD_NOT, NOT_TOLD, UNDER_WAY)
"""How office calls went, in the order of the chart."""

REACHED = frozenset({Outcome.SPOKE, Outcome.VOICEMAIL})
"""Outcomes that count as having reached an office."""


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """The calls to one office by how they went, in the order of OFFICE_PARTS."""

    slug: str
    label: str
    parts: Mapping[str, int]

    @property
    def n(self) -> int:
        """All of them."""
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """What a period came to; `before` counts the calls of as many days before it, and is None for all time."""

    calls: int
    before: int | None
    to_offices: int
    reached: int
    steps: Mapping[Furthest, int]
    """How many calls got at least so far."""
    told: int
    """Of the calls that talked: those whose callers said so. The others are likely, by their length."""
    offices: Sequence[OfficeFigures]
    by_day: Mapping[date, int]
    languages: Mapping[str, int]

    @property
    def likely(self) -> int:
        """Calls that talked by their length alone."""
        return self.steps[Furthest.TALKED] - self.told


def read_figures(desk: Desk, log: CallLog, when: str) -> Figures:
    """The figures of one of PERIODS."""
    with desk.database.read() as connection:
        filters = filters_of(connection, log, CallQuery.read({"when": when}))
        calls, legs = sum_calls(connection, log.id, filters), sum_legs(connection, log.id, filters)
        earlier = _days_before(filters)
        before = sum(each.n for each in sum_calls(connection, log.id, earlier)) if earlier else None
    return figures_of(log, calls, legs, before)


def figures_of(log: CallLog, calls: Sequence[CallSum], legs: Sequence[LegSum], before: int | None) -> Figures:
    """The figures that sums come to."""
    by_day, languages = Counter[date](), Counter[str]()
    for each in calls:
        by_day[each.day] += each.n
        languages[each.language] += each.n
    return Figures(
        calls=sum(by_day.values()),
        before=before,
        to_offices=sum(leg.n for leg in legs),
        reached=sum(leg.n for leg in legs if leg.outcome in REACHED),
        steps={step: sum(each.n for each in calls if each.step >= step) for step in Furthest},
        told=sum(leg.calls for leg in legs if leg.outcome == Outcome.SPOKE),
        offices=_offices(log, legs),
        by_day=by_day,
        languages=dict(languages.most_common()),
    )


def part_of(leg: LegSum) -> str:
    """Which of OFFICE_PARTS an office call belongs to."""
    if leg.outcome == Outcome.UNREACHED:
        return COULD_NOT
    return leg.outcome or (UNDER_WAY if leg.line == "open" else COULD_NOT)


def _offices(log: CallLog, legs: Sequence[LegSum]) -> list[OfficeFigures]:
    counted: dict[int, Counter[str]] = {}
    for leg in legs:
        counted.setdefault(leg.office_id, Counter())[part_of(leg)] += leg.n
    found = [
        OfficeFigures(slug, log.labels[slug], {part: counted[number][part] for part in OFFICE_PARTS})
        for slug, number in log.offices.items()
        if number in counted
    ]
    return sorted(found, key=lambda office: -office.n)


def _days_before(filters: CallFilters) -> CallFilters | None:
    if filters.since is None or filters.until is None:
        return None
    days = (filters.until - filters.since).days + 1
    return replace(filters, since=filters.since - timedelta(days=days), until=filters.since - timedelta(days=1))
