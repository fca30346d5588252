"""When an office is open: weekly hours in its own time zone, federal holidays, extra closures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

Hours = tuple[tuple[time, time], ...]
"""Opening and closing times of one weekday, in order."""

WORKDAY: Hours = ((time(9), time(17)),)
WEEK: tuple[Hours, ...] = (WORKDAY,) * 5 + ((), ())

# How far ahead an opening is looked for; an office closed for longer says no time.
_LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True)
class Calendar:
    """An office's opening times; `week` is Monday first, `holidays` a country code or empty."""

    time_zone: str
    week: tuple[Hours, ...] = WEEK
    holidays: str = ""
    closures: frozenset[date] = frozenset()

    def local(self, now: datetime) -> datetime:
        """A moment in the office's own time."""
        return now.astimezone(ZoneInfo(self.time_zone))


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> Mapping[date, str]:
    """A country's federal holidays of a year, observed days included (5 U.S.C. 6103 for the United States)."""
    return holidays.country_holidays(country, years=year, observed=True)


def is_holiday(calendar: Calendar, day: date) -> bool:
    """Whether the day is a federal holiday for the office."""
    return bool(calendar.holidays) and day in _holidays(calendar.holidays, day.year)


def is_closed_all_day(calendar: Calendar, day: date) -> bool:
    """Whether the office does not open at all on a day of its own calendar."""
    return not calendar.week[day.weekday()] or day in calendar.closures or is_holiday(calendar, day)


def is_open(calendar: Calendar, now: datetime) -> bool:
    """Whether the office is open at a moment."""
    return closing(calendar, now) is not None


def closing(calendar: Calendar, now: datetime) -> datetime | None:
    """When an office that is open closes, in its own time; None if it is closed."""
    local = calendar.local(now)
    if is_closed_all_day(calendar, local.date()):
        return None
    closes = (closes for opens, closes in calendar.week[local.weekday()] if opens <= local.time() < closes)
    return next((datetime.combine(local.date(), at, tzinfo=local.tzinfo) for at in closes), None)


def next_opening(calendar: Calendar, now: datetime) -> datetime | None:
    """When a closed office opens next, in its own time; None if not within sixty days."""
    local = calendar.local(now)
    for ahead in range(_LOOK_AHEAD_DAYS + 1):
        day = local.date() + timedelta(days=ahead)
        if is_closed_all_day(calendar, day):
            continue
        for opens, _ in calendar.week[day.weekday()]:
            moment = datetime.combine(day, opens, tzinfo=local.tzinfo)
            if moment > local:
                return moment
    return None
