"""The figures against plain counting over the exported log, for any history of calls."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config import Secret
from app.domain.furthest import Furthest
from app.services.call_log import CallLog
from app.services.desk import Desk
from app.services.figures import Figures, OfficeFigures, figures_of, read_figures
from app.services.figures_charts import HEIGHT, bar, columns, share
from app.simulator import MovableClock
from app.store.call_log_campaigns import office_ids
from app.store.database import Database
from app.store.export import CallRow
from tests.store.call_histories import CALLS, MadeCall, keep_history
from tests.store.making import NOON
from tests.store.test_call_log import EACH_EXAMPLE, Truth, add_by_hand, emptied
from tests.support.campaigns import campaign

TODAY = date(2026, 11, 26)
SPANS = {"today": (TODAY, 1), "7-days": (TODAY - timedelta(days=6), 7), "all": (date.min, 0)}


def day_of(call: CallRow) -> date:
    return (call.started_at - timedelta(hours=6)).date()


def part_by_hand(status: str, disposition: str | None) -> str:
    if disposition:
        return "could-not" if disposition == "unreached" else disposition
    return {"completed": "not-told", "in-progress": "open"}.get(status, "could-not")


def check(figures: Figures, truth: Truth, calls: list[CallRow]) -> None:
    legs = [leg for call in calls for leg in call.legs]
    steps = [truth.step(call) for call in calls]
    assert figures.calls == len(calls)
    assert figures.to_offices == len(legs)
    assert figures.reached == sum(leg.disposition in ("spoke", "voicemail") for leg in legs)
    assert figures.steps == {step: sum(each >= step for each in steps) for step in Furthest}
    talked = [call for call, step in zip(calls, steps, strict=True) if step >= Furthest.TALKED]
    assert figures.told == sum(any(leg.disposition == "spoke" for leg in call.legs) for call in talked)
    assert figures.likely == len(talked) - figures.told
    assert figures.by_day == Counter(map(day_of, calls))
    assert figures.languages == Counter(call.language for call in calls)
    parts = Counter((leg.office, part_by_hand(leg.status, leg.disposition)) for leg in legs)
    told = {(office.label, part): n for office in figures.offices for part, n in office.parts.items() if n}
    assert told == parts


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
    for when, (since, days) in SPANS.items():
        until = TODAY if days else date.max
        figures = read_figures(desk, log, when)
        check(figures, truth, [call for call in counted if since <= day_of(call) <= until])
        if days:
            earlier = since - timedelta(days=days)
            assert figures.before == sum(earlier <= day_of(call) < since for call in counted)
        else:
            assert figures.before is None


def test_without_calls_there_is_nothing_to_tell() -> None:
    figures = figures_of(CallLog(1, campaign(), {}, {}, TODAY, is_demo=False), [], [], None)
    assert (figures.calls, figures.offices, figures.likely, set(figures.steps.values())) == (0, [], 0, {0})
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
