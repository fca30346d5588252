"""A leg's row is the same whatever order its reports come in, and moves only as the table of legal moves says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.record import LegEnded
from app.domain.results import END_STATUSES, STATUS_OF_RESULT, LineResult, Status, is_legal_move
from app.store.leg_moves import Leg, call_ended, dial_ended, leg_reported
from tests.store.making import after

Report = Callable[[Leg], Leg]
RESULT_OF_STATUS = {status: result for result, status in STATUS_OF_RESULT.items()}


@dataclass(frozen=True)
class Story:
    """All that is reported of one leg, each at its time."""

    reports: tuple[Report, ...]


def says(status: Status, at: datetime, duration_s: int | None = None) -> Report:
    return lambda leg: leg_reported(leg, status, at, "CA9", duration_s)


def told_by_action(status: Status, at: datetime, duration_s: int | None, bridged: bool) -> Report:
    note = LegEnded(1, "madison", RESULT_OF_STATUS[status], "CA9", duration_s, bridged)
    return lambda leg: dial_ended(leg, note, at)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """What a carrier may say of one leg: it rings, is perhaps answered, ends, and the call ends at some time."""
    end = draw(st.sampled_from(sorted(END_STATUSES)))
    answered = [Status.IN_PROGRESS] if end is Status.COMPLETED else []
    way = [Status.INITIATED, Status.RINGING, *answered]
    reports = [says(status, after(at)) for at, status in enumerate(way)]
    seconds = st.one_of(st.none(), st.integers(0, 1200))
    reports.append(says(end, after(draw(st.integers(10, 20))), draw(seconds)))
    if draw(st.booleans()):
        bridged = end is Status.COMPLETED and draw(st.booleans())
        reports.append(told_by_action(end, after(draw(st.integers(10, 20))), draw(seconds), bridged))
    if draw(st.booleans()):
        call_end = after(draw(st.integers(0, 30)))
        reports.append(lambda leg: call_ended(leg, call_end))
    lost = draw(st.sets(st.integers(0, len(reports) - 1), max_size=2))
    return Story(tuple(report for at, report in enumerate(reports) if at not in lost))


def told(reports: list[Report]) -> Leg:
    leg = Leg()
    for report in reports:
        leg = report(leg)
    return leg


@given(stories(), st.data())
def test_the_order_and_the_doubling_of_reports_change_nothing(story: Story, data: st.DataObject) -> None:
    twice = data.draw(st.lists(st.sampled_from(story.reports), max_size=4)) if story.reports else []
    shuffled = data.draw(st.permutations([*story.reports, *twice]))
    assert told(shuffled) == told(list(story.reports))


@given(st.lists(st.sampled_from([status for status in Status if status is not Status.PLANNED]), max_size=8))
def test_only_legal_moves_are_made(statuses: list[Status]) -> None:
    leg = Leg()
    for at, status in enumerate(statuses):
        moved = leg_reported(leg, status, after(at))
        assert moved.status is (status if is_legal_move(leg.status, status) else leg.status)
        leg = moved


@pytest.mark.parametrize(
    ("so_far", "end"),
    [
        ((), Status.CANCELED),
        ((Status.INITIATED, Status.RINGING), Status.CANCELED),
        ((Status.RINGING, Status.IN_PROGRESS), Status.COMPLETED),
        ((Status.BUSY,), Status.BUSY),
    ],
)
def test_the_end_of_the_call_ends_its_leg(so_far: tuple[Status, ...], end: Status) -> None:
    leg = told([*(says(status, after(at)) for at, status in enumerate(so_far)), lambda leg: call_ended(leg, after(9))])
    assert leg.status is end
    assert leg.bridged is (True if end is Status.COMPLETED else None)


def test_the_carriers_word_replaces_what_was_concluded_from_the_end_of_the_call() -> None:
    leg = call_ended(leg_reported(Leg(), Status.RINGING, after(1)), after(5))
    assert leg.status is Status.CANCELED
    assert leg_reported(leg, Status.RINGING, after(6)) == leg
    assert leg_reported(leg, Status.IN_PROGRESS, after(6)).status is Status.COMPLETED
    ended = leg_reported(leg, Status.NO_ANSWER, after(6))
    assert (ended.status, ended.ended_at) == (Status.NO_ANSWER, after(6))
    assert leg_reported(ended, Status.COMPLETED, after(7)) == ended


def test_a_callback_fills_in_a_missing_duration_and_the_dials_own_report_knows_better() -> None:
    note = LegEnded(1, "madison", LineResult.ANSWERED, "CA9", 61, bridged=False)
    by_callback = leg_reported(Leg(), Status.COMPLETED, after(60), "CA9", 60)
    assert (by_callback.duration_s, by_callback.bridged) == (60, True)
    by_both = dial_ended(by_callback, note, after(61))
    assert (by_both.duration_s, by_both.bridged, by_both.ended_at) == (61, False, after(60))
    assert leg_reported(dial_ended(Leg(), note, after(61)), Status.COMPLETED, after(60), "CA9", 60) == by_both


def test_a_dials_report_that_contradicts_the_end_we_know_changes_nothing() -> None:
    busy = leg_reported(Leg(), Status.BUSY, after(5), "CA9")
    assert dial_ended(busy, LegEnded(1, "madison", LineResult.ANSWERED, "CA8", 9, bridged=True), after(6)) == busy
