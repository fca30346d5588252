"""The figures against plain counting over the exported log, for any history of calls."""

from collections import Counter
from datetime import date, timedelta
from operator import attrgetter
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config import Secret
from app.domain.furthest import FUNNEL, Furthest
from app.domain.lengths import bucket_of
from app.services.call_log import CallLog
from app.services.desk import Desk
from app.services.figures import Figures, Headline, OfficeFigures, Sums, figures_of, read_figures
from app.services.figures_charts import HEIGHT, bar, columns, share
from app.services.figures_compare import kinds, side
from app.services.figures_periods import Period
from app.services.figures_words import calls_by
from app.simulator import MovableClock
from app.store.call_log_campaigns import office_ids
from app.store.database import Database
from app.store.export import CallRow
from tests.store.call_histories import CALLS, MadeCall, keep_history
from tests.store.making import NOON
from tests.store.test_call_log import EACH_EXAMPLE, Truth, add_by_hand, emptied
from tests.support.campaigns import campaign

TODAY = date(2026, 11, 26)
PERIODS = [Period.read(given, TODAY) for given in ({"when": "today"}, {}, {"since": "2026-11-25"}, {"when": "all"})]


def day_of(call: CallRow) -> date:
    return (call.started_at - timedelta(hours=6)).date()


def part_by_hand(status: str, disposition: str | None) -> str:
    if disposition:
        return "could-not" if disposition == "unreached" else disposition
    return {"completed": "not-told", "in-progress": "open"}.get(status, "could-not")


def check_headline(headline: Headline, truth: Truth, calls: list[CallRow]) -> None:
    legs = [leg for call in calls for leg in call.legs]
    rows = (truth.rows[call.call_sid] for call in calls)
    # Whoever tries out an installation that is live is another caller than who calls in earnest.
    callers = {(row.pseudonym or row.id, row.is_test) for row in rows}
    lengths = [[leg.duration for leg in call.legs if leg.duration is not None] for call in calls if call.ended_at]
    talks = [sum(each) for each in lengths if each]
    talk_s = bucket_of(median_low(talks)) if talks else None
    reached = sum(leg.disposition in ("spoke", "voicemail") for leg in legs)
    assert headline == Headline(len(calls), len(callers), len(legs), reached, talk_s, sum(talks))


def check(figures: Figures, truth: Truth, calls: list[CallRow]) -> None:
    legs = [leg for call in calls for leg in call.legs]
    steps = [truth.step(call) for call in calls]
    check_headline(figures.now, truth, calls)
    assert figures.steps == {step: sum(each >= step for each in steps) for step in FUNNEL}
    talked = [call for call, step in zip(calls, steps, strict=True) if step >= Furthest.TALKED]
    assert figures.told == sum(any(leg.disposition == "spoke" for leg in call.legs) for call in talked)
    assert figures.likely == len(talked) - figures.told
    assert figures.by_day == Counter(map(day_of, calls))
    assert figures.languages == Counter(call.language for call in calls)
    parts = Counter((leg.office, part_by_hand(leg.status, leg.disposition)) for leg in legs)
    told = {(office.label, part): n for office in figures.offices for part, n in office.parts.items() if n}
    assert told == parts
    assert sum(figures.failed.values()) == sum(leg.status == "failed" for leg in legs)
    starts = [call.started_at - timedelta(hours=6) for call in calls]
    assert figures.by_hour == Counter((start.weekday(), start.hour) for start in starts)
    assert figures.sources == Counter(call.direction for call in calls)
    over = [call for call in calls if call.ended_at]
    assert figures.over == len(over)
    check_sides(figures, truth, over)


def check_sides(figures: Figures, truth: Truth, over: list[CallRow]) -> None:
    for way, kind_of in (("language", attrgetter("language")), ("source", attrgetter("direction"))):
        assert set(kinds(figures.all_sums, way)) == set(map(kind_of, over))
        for kind in kinds(figures.all_sums, way):
            its = side(figures.all_sums, way, kind)
            steps = [truth.step(call) for call in over if kind_of(call) == kind]
            assert its.over == len(steps)
            assert its.steps == {step: sum(each >= step for each in steps) for step in FUNNEL}


@pytest.mark.parametrize("is_demo", [False, True])
@EACH_EXAMPLE
@given(history=st.lists(CALLS, max_size=14))
def test_every_figure_is_what_the_log_comes_to(database: Database, history: list[MadeCall], *, is_demo: bool) -> None:
    keep_history(emptied(database), history)
    add_by_hand(database, history)
    with database.read() as connection:
        truth = Truth(connection)
        ids, labels = office_ids(connection, 1)
    log = CallLog(1, campaign(), ids, labels, TODAY, is_demo)
    desk = Desk(database, MovableClock(NOON), None, Secret("x"), "", is_demo)
    counts = {call.call_sid for call in truth.calls} - truth.left_out - (set() if is_demo else truth.tests)
    counted = [call for call in truth.calls if call.call_sid in counts]
    for period in PERIODS:
        figures = read_figures(desk, log, period)
        check(figures, truth, within(period, counted))
        if period.before:
            assert figures.before is not None
            check_headline(figures.before, truth, within(period.before, counted))


def within(period: Period, calls: list[CallRow]) -> list[CallRow]:
    return [call for call in calls if (period.since or date.min) <= day_of(call) <= (period.until or date.max)]


def test_without_calls_there_is_nothing_to_tell() -> None:
    figures = figures_of(CallLog(1, campaign(), {}, {}, TODAY, is_demo=False), Sums(None, [], [], [], []), None)
    assert (figures.now.calls, figures.offices, figures.likely, set(figures.steps.values())) == (0, [], 0, {0})
    assert OfficeFigures("madison", "Madison", {"spoke": 2, "open": 1}).n == 3


@pytest.mark.parametrize(
    ("n", "whole", "said"),
    [(4, 100, ""), (4, 4, ""), (0, 0, ""), (5, 5, "100 %"), (5, 8, "62 %"), (5, 1001, "under 1 %")],
)
def test_small_numbers_are_never_turned_into_percentages(n: int, whole: int, said: str) -> None:
    assert share(n, whole) == said


def test_a_bar_leaves_out_what_is_nothing_and_fills_as_much_as_it_is() -> None:
    parts = bar({"spoke": 3, "voicemail": 0, "open": 1}, 8)
    assert [(part.kind, part.x, part.width) for part in parts] == [("spoke", 0, 37.5), ("open", 37.5, 12.5)]


@pytest.mark.parametrize(("days", "shown", "span"), [(1, 1, 1), (31, 31, 1), (32, 5, 7), (300, 11, 28), (3000, 31, 97)])
def test_there_are_few_enough_columns_and_none_of_the_calls_is_lost(days: int, shown: int, span: int) -> None:
    first = TODAY - timedelta(days=days - 1)
    by_day = Counter([first, TODAY, TODAY])
    found = columns(by_day, first, TODAY)
    assert (len(found), sum(column.n for column in found), found[-1].last) == (shown, 3, TODAY)
    assert (found[0].last - found[0].first).days + 1 == min(span, days)
    assert max(column.height for column in found) == HEIGHT
    assert found[-1].x + found[-1].width <= 100
    assert calls_by(found) == {1: "Calls by day", 7: "Calls by week", 28: "Calls by four weeks"}.get(
        span, f"Calls by {span} days"
    )
