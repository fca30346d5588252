"""The last day of a campaign in words: when it closes, that it closes soon, or since when it is over."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.campaigns import Campaign

_WARNS_DAYS = 3
_SOON = ("today at midnight", "tomorrow at midnight", "in 2 days")


@dataclass(frozen=True, slots=True)
class Closing:
    """What there is to say of a last day; `is_soon` is set on the last three days, `is_over` from then on."""

    words: str
    is_soon: bool = False
    is_over: bool = False


def closing_of(campaign: Campaign, now: datetime) -> Closing | None:
    """How near the last day of a campaign is, or None if it has none."""
    if campaign.ends_on is None:
        return None
    today = now.astimezone(ZoneInfo(campaign.time_zone)).date()
    day, left = last_day_words(campaign.ends_on, today), (campaign.ends_on - today).days
    if left < 0:
        return Closing(f"closed on {day}", is_over=True)
    if left < _WARNS_DAYS:
        return Closing(f"closes {_SOON[left]}: {day} is its last day", is_soon=True)
    return Closing(f"closes {day}")


def last_day_words(day: date, today: date) -> str:
    """A day as it is told beside others of its year: Friday 22 December; with the year where it is another one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"
