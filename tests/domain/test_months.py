"""A range of days in months and days: nothing is lost, nothing counted twice, few parts."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.months import Range, in_months

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def days_of(span: Range) -> set[date]:
    since, until = span[0] or date(2024, 1, 1), span[1] or date(2026, 12, 31)
    return {since + timedelta(days=passed) for passed in range((until - since).days + 1)}


@given(since=DAYS | st.none(), until=DAYS | st.none())
def test_each_day_lies_in_one_part_and_only_the_ends_are_single_days(since: date | None, until: date | None) -> None:
    if since and until and since > until:
        since, until = until, since
    parts = in_months(since, until)
    single = [day for span in parts.days for day in days_of(span)]
    months = {day for day in days_of(parts.months) if day.day == 1} if parts.months else set()
    whole = [day for day in days_of((None, None)) if day.replace(day=1) in months]
    assert len(single) == len(set(single))
    assert not set(single) & set(whole)
    assert set(single) | set(whole) == days_of((since, until))
    assert len(single) <= 30 + 30
