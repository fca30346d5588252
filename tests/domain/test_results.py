"""Statuses move forward only, and end statuses stick."""

import pytest

from app.domain.results import (
    END_STATUSES,
    LINE_RESULTS,
    STATUS_OF_RESULT,
    LineResult,
    Status,
    is_legal_move,
    read_status,
)


@pytest.mark.parametrize("end", sorted(END_STATUSES))
@pytest.mark.parametrize("new", list(Status))
def test_an_end_sticks(end: Status, new: Status) -> None:
    assert not is_legal_move(end, new)


def test_before_the_end_a_status_moves_forward_or_ends() -> None:
    order = [Status.PLANNED, Status.INITIATED, Status.RINGING, Status.IN_PROGRESS]
    for at, current in enumerate(order):
        assert [is_legal_move(current, new) for new in order] == [place > at for place in range(len(order))]
        assert all(is_legal_move(current, end) for end in END_STATUSES)


def test_every_line_result_has_a_carriers_word_and_an_end_status() -> None:
    assert set(LINE_RESULTS.values()) == set(LineResult)
    assert set(STATUS_OF_RESULT) == set(LineResult)
    assert set(STATUS_OF_RESULT.values()) == END_STATUSES


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("queued", Status.INITIATED),
        ("answered", Status.IN_PROGRESS),
        ("no-answer", Status.NO_ANSWER),
        ("planned", None),
    ],
)
def test_a_carriers_word_is_read(word: str, status: Status | None) -> None:
    assert read_status(word) == status
