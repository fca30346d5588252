"""When a campaign ends, and until when what leads to its supporters is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.retention import due_at, ended_at
from tests.support.campaigns import campaign

LAST_DAY = date(2026, 11, 24)
MIDNIGHT = datetime(2026, 11, 25, 6, tzinfo=UTC)
"""In the campaign's zone, America/Chicago."""
AN_HOUR = timedelta(hours=1)


def test_a_campaign_is_over_from_the_midnight_after_its_last_day() -> None:
    ending = campaign(ends_on=LAST_DAY)
    assert ending.closes_at == MIDNIGHT
    assert not ending.is_over(MIDNIGHT - timedelta.resolution)
    assert ending.is_over(MIDNIGHT)


def test_without_a_last_day_it_is_never_over() -> None:
    assert campaign().closes_at is None
    assert not campaign().is_over(datetime.max.replace(tzinfo=UTC) - timedelta(days=2))


@pytest.mark.parametrize(
    ("last_day", "by_hand", "ended"),
    [
        (None, None, None),
        (LAST_DAY, None, MIDNIGHT),
        (None, MIDNIGHT - AN_HOUR, MIDNIGHT - AN_HOUR),
        (LAST_DAY, MIDNIGHT - AN_HOUR, MIDNIGHT - AN_HOUR),
        (LAST_DAY, MIDNIGHT + AN_HOUR, MIDNIGHT),
    ],
)
def test_whatever_comes_first_ends_it(last_day: date | None, by_hand: datetime | None, ended: datetime | None) -> None:
    assert ended_at(campaign(ends_on=last_day), by_hand) == ended


def test_it_is_kept_for_the_days_from_then() -> None:
    assert due_at(MIDNIGHT, 30) == MIDNIGHT + timedelta(days=30)
    assert due_at(MIDNIGHT, 0) == MIDNIGHT
