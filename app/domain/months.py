"""Days as whole months and the days left over, so that years of figures are read from a few rows."""

from dataclasses import dataclass
from datetime import date, timedelta

Range = tuple[date | None, date | None]
"""First and last of it; None is without end."""


@dataclass(frozen=True, slots=True)
class Months:
    """A range of days in parts: whole months, by their first days, and ranges of single days."""

    months: Range | None
    days: tuple[Range, ...] = ()


def in_months(since: date | None, until: date | None) -> Months:
    """The parts of a range of days; each day of it lies in exactly one."""
    first = None if since is None else _month_from(since)
    # The first day of the month after the last whole one.
    after = None if until is None else (until + timedelta(days=1)).replace(day=1)
    if first is not None and after is not None and first >= after:
        return Months(None, ((since, until),))
    days: list[Range] = []
    if since is not None and first is not None and since < first:
        days.append((since, first - timedelta(days=1)))
    if until is not None and after is not None and after <= until:
        days.append((after, until))
    return Months((first, None if after is None else (after - timedelta(days=1)).replace(day=1)), tuple(days))


def _month_from(day: date) -> date:
    """The first day of the first month that begins on a day or later."""
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)
