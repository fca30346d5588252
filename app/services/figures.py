"""The figures of a campaign over a period: sums of the tallies, so that they cost the same however long the log is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.call_filters import NOT_TOLD, CallFilters
from app.domain.furthest import FUNNEL, Furthest
from app.domain.lengths import median_s
from app.domain.results import LineResult, Outcome
from app.services.call_log import CallLog
from app.services.desk import Desk
from app.services.figures_periods import Period
from app.store.database import Connection
from app.store.figure_tables import NEVER_DAYS
from app.store.figures import CallerSum, CallSum, FigureSum, LegSum, sum_callers, sum_calls, sum_figures, sum_legs

COULD_NOT, UNDER_WAY = "could-not", "open"
OFFICE_PARTS = (Outcome.SPOKE.value, Outcome.VOICEMAIL.value, COULD_NOT, NOT_TOLD, UNDER_WAY)
"""How office calls went, in the order of the chart."""

REACHED = frozenset({Outcome.SPOKE, Outcome.VOICEMAIL})
"""Outcomes that count as having reached an office."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the tallies of some days add up to."""

    since: date | None
    calls: Sequence[CallSum]
    legs: Sequence[LegSum]
    figures: Sequence[FigureSum]
    callers: Sequence[CallerSum]
    """Of bounded days alone."""


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
class Headline:
    """A period in a line. `callers` counts supporters, and each call of a withheld number as one.

    `talk_s` is the median of the calls that were on with offices, to the precision of its bucket.
    """

    calls: int
    callers: int
    to_offices: int
    reached: int
    talk_s: int | None
    talked_in_all_s: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a period came to; `before` is of as many days before it, and None for all time.

    Of the calls that talked, `told` are those whose callers said so; the others are likely, by their length.
    `over` counts the calls that have ended, which alone are in `reach_s` (median seconds to each step), `attempts`
    (by how many office calls it took to reach somebody) and `left` (by prompt and second at which they hung up).
    `failed` counts office calls that failed, by the office's row number; hours are weekday (Monday is 0) and hour.
    """

    now: Headline
    before: Headline | None
    steps: Mapping[Furthest, int]
    told: int
    reach_s: Mapping[Furthest, int | None]
    offices: Sequence[OfficeFigures]
    failed: Mapping[int, int]
    by_day: Mapping[date, int]
    by_hour: Mapping[tuple[int, int], int]
    languages: Mapping[str, int]
    sources: Mapping[str, int]
    over: int
    attempts: Mapping[int, int]
    left: Mapping[str, Mapping[int, int]]
    all_sums: Sequence[FigureSum]

    @property
    def brief(self) -> int:
        """Calls that were over too soon to count as answered."""
        return self.now.calls - self.steps[Furthest.ANSWERED]

    @property
    def likely(self) -> int:
        """Calls that talked by their length alone."""
        return self.steps[Furthest.TALKED] - self.told


def read_figures(desk: Desk, log: CallLog, period: Period) -> Figures:
    """The figures of a period."""
    with desk.database.read() as connection:
        sums = _read(connection, log, period)
        before = _read(connection, log, period.before) if period.before else None
    return figures_of(log, sums, before)


def figures_of(log: CallLog, sums: Sums, before: Sums | None) -> Figures:
    """The figures that sums come to."""
    by_day, by_hour, languages, sources = Counter[date](), Counter[tuple[int, int]](), Counter[str](), Counter[str]()
    for call in sums.calls:
        by_day[call.day] += call.n
        languages[call.language] += call.n
    for each in sums.figures:
        if each.chart == "hour":
            by_hour[divmod(each.bucket, 24)] += each.n
            sources[each.direction] += each.n
    return Figures(
        now=_headline(sums),
        before=_headline(before) if before else None,
        steps={step: sum(each.n for each in sums.calls if each.step >= step) for step in FUNNEL},
        told=sum(leg.calls for leg in sums.legs if leg.outcome == Outcome.SPOKE),
        reach_s={step: median_s(buckets(sums.figures, "reach_s", step.word)) for step in FUNNEL[1:]},
        offices=_offices(log, sums.legs),
        failed=_failed(sums.legs),
        by_day=by_day,
        by_hour=by_hour,
        languages=dict(languages.most_common()),
        sources=dict(sources.most_common()),
        over=sum(buckets(sums.figures, "step").values()),
        attempts=buckets(sums.figures, "attempts"),
        left=left_by_prompt(sums.figures),
        all_sums=sums.figures,
    )


def buckets(figures: Sequence[FigureSum], chart: str, part: str = "") -> Counter[int]:
    """How many calls have each value of a chart."""
    found = Counter[int]()
    for each in figures:
        if (each.chart, each.part) == (chart, part):
            found[each.bucket] += each.n
    return found


def left_by_prompt(figures: Sequence[FigureSum]) -> dict[str, Counter[int]]:
    """By prompt, at which second callers hung up; the prompt that most left at first."""
    prompts = {each.part for each in figures if each.chart == "left_s"}
    found = {prompt: buckets(figures, "left_s", prompt) for prompt in prompts}
    return dict(sorted(found.items(), key=lambda each: (-each[1].total(), each[0])))


def part_of(leg: LegSum) -> str:
    """Which of OFFICE_PARTS an office call belongs to."""
    if leg.outcome == Outcome.UNREACHED:
        return COULD_NOT
    return leg.outcome or (UNDER_WAY if leg.line == "open" else COULD_NOT)


def _read(connection: Connection, log: CallLog, period: Period) -> Sums:
    # In a demo every call is simulated.
    filters = CallFilters(since=period.since, until=period.until, demo=log.is_demo)
    return Sums(
        since=period.since,
        calls=sum_calls(connection, log.id, filters),
        legs=sum_legs(connection, log.id, filters),
        figures=sum_figures(connection, log.id, filters),
        callers=sum_callers(connection, log.id, filters) if period.since else (),
    )


def _headline(sums: Sums) -> Headline:
    talks = [each for each in sums.figures if each.chart == "talk_s"]
    return Headline(
        calls=sum(call.n for call in sums.calls),
        callers=_callers(sums),
        to_offices=sum(leg.n for leg in sums.legs),
        reached=sum(leg.n for leg in sums.legs if leg.outcome in REACHED),
        talk_s=median_s(buckets(talks, "talk_s")),
        talked_in_all_s=sum(each.total for each in talks),
    )


def _callers(sums: Sums) -> int:
    if sums.since is None:
        return buckets(sums.figures, "callers")[NEVER_DAYS]
    # A supporter's first call in the period is the one whose call before lies before it.
    return sum(each.n for each in sums.callers if each.gap_days > (each.day - sums.since).days)


def _failed(legs: Sequence[LegSum]) -> Counter[int]:
    failed = Counter[int]()
    for leg in legs:
        failed[leg.office_id] += leg.n if leg.line == LineResult.FAILED else 0
    return failed


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
