"""What the call log's filters leave out by themselves, and which of them need the calls' own rows."""

from dataclasses import fields
from datetime import date

import pytest

from app.domain.call_filters import CallFilters, Steps
from app.domain.furthest import Furthest


@pytest.mark.parametrize(
    ("filters", "simulated", "left_out"),
    [
        (CallFilters(), False, False),
        (CallFilters(demo=True), True, False),
        (CallFilters(tests=True), True, None),
        (CallFilters(tests=True, demo=True), True, None),
    ],
)
def test_tests_and_simulated_calls_count_where_they_are_asked_for(
    filters: CallFilters, simulated: bool, left_out: bool | None
) -> None:
    assert (filters.simulated, filters.left_out) == (simulated, left_out)


LEG_AND_DAY = {
    "since": date(2026, 11, 1),
    "until": date(2026, 11, 2),
    "office_id": 1,
    "line": "busy",
    "outcome": "contact",
    "tests": True,
    "demo": True,
    "only": [1],
    "left": "welcome",
}
OF_CALLS = {
    "steps": Steps(Furthest.HEARD, Furthest.HEARD),
    "language": "es",
    "returning": False,
    "short": False,
    "failed": False,
    "noted": False,
    "attention": False,
    "came_from": "",
}


def test_each_filter_is_of_the_call_or_not() -> None:
    assert LEG_AND_DAY.keys() | OF_CALLS.keys() == {field.name for field in fields(CallFilters)}
    assert not CallFilters(**LEG_AND_DAY).of_calls  # type: ignore[arg-type]  # a table of fields of many kinds
    for name, value in OF_CALLS.items():
        assert CallFilters(**{name: value}).of_calls, name  # type: ignore[arg-type]  # as above


def test_the_filters_of_legs_are_named_in_the_order_of_the_tallies() -> None:
    assert CallFilters().of_legs == ()
    assert CallFilters(outcome="contact", office_id=1).of_legs == ("office", "outcome")
    assert CallFilters(line="busy", outcome="contact", office_id=1).of_legs == ("office", "line", "outcome")
