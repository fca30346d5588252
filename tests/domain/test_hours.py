"""Opening times: zones, holidays with observance, closures, daylight saving."""

from datetime import UTC, date, datetime, time

import pytest

from app.domain.hours import Calendar, is_closed_all_day, is_holiday, is_open, next_opening

MADISON = Calendar("America/Chicago", holidays="US", closures=frozenset({date(2017, 12, 20)}))
DESK = Calendar("America/New_York", holidays="US")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year to minute


@pytest.mark.parametrize(
    ("moment", "madison", "desk"),
    [
        (utc(2017, 12, 19, 14, 0), False, True),  # 8 in Chicago, 9 in New York
        (utc(2017, 12, 19, 15, 0), True, True),
        (utc(2017, 12, 22, 22, 15), True, False),  # a quarter past four on Friday in Chicago
        (utc(2017, 12, 22, 23, 0), False, False),  # five sharp is closed
        (utc(2017, 12, 23, 17, 0), False, False),  # Saturday
        (utc(2017, 12, 25, 17, 0), False, False),  # Christmas, a Monday
        (utc(2017, 12, 20, 17, 0), False, True),  # an extra closure
        (utc(2017, 7, 3, 14, 30), True, True),  # daylight saving: 9:30 in Chicago
    ],
)
def test_an_office_is_open_by_its_own_clock(moment: datetime, madison: bool, desk: bool) -> None:
    assert (is_open(MADISON, moment), is_open(DESK, moment)) == (madison, desk)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2021, 12, 31), "New Year's Day 2022, a Saturday, observed in the year before"),
        (date(2021, 12, 24), "Christmas, a Saturday, observed on Friday"),
        (date(2022, 12, 26), "Christmas, a Sunday, observed on Monday"),
        (date(2017, 11, 23), "Thanksgiving"),
        (date(2021, 6, 18), "Juneteenth, a Saturday, observed on Friday"),
    ],
)
def test_federal_holidays_are_observed_on_working_days(day: date, name: str) -> None:
    assert is_holiday(DESK, day), name
    assert not is_holiday(Calendar("America/New_York"), day)


def test_a_day_without_hours_a_closure_and_a_holiday_are_closed_days() -> None:
    closed = [date(2017, 12, 20), date(2017, 12, 23), date(2017, 12, 25)]
    assert [is_closed_all_day(MADISON, day) for day in [*closed, date(2017, 12, 21)]] == [True, True, True, False]


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (utc(2017, 12, 19, 12, 0), (2017, 12, 19, 9)),
        (utc(2017, 12, 19, 23, 30), (2017, 12, 21, 9)),
        (utc(2017, 12, 22, 23, 0), (2017, 12, 26, 9)),
    ],
)
def test_the_next_opening_skips_closed_days(moment: datetime, opens: tuple[int, int, int, int]) -> None:
    opening = next_opening(MADISON, moment)
    assert opening is not None
    assert (opening.year, opening.month, opening.day, opening.hour) == opens
    assert is_open(MADISON, opening)


def test_an_office_with_a_break_opens_again_the_same_day() -> None:
    halves = ((time(9), time(12)), (time(13), time(17)))
    office = Calendar("America/Chicago", week=(halves,) * 7)
    noon = utc(2017, 12, 19, 18, 30)
    opening = next_opening(office, noon)
    assert not is_open(office, noon)
    assert opening is not None
    assert opening.time() == time(13)


def test_an_office_that_never_opens_has_no_opening() -> None:
    assert next_opening(Calendar("America/Chicago", week=((),) * 7), utc(2017, 12, 19, 12, 0)) is None
