"""Calls by weekday and hour, beside the hours at which offices are open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.campaigns import Campaign
from app.domain.hours import Calendar, is_open

_HOURS = range(24)
_WEEKDAYS = range(7)
LEVELS = 5
"""Shades of the map, besides none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of a weekday; `level` is 0 without calls, and LEVELS where most were."""

    weekday: int
    hour: int
    n: int
    level: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class HeatMap:
    """All hours of a week, Monday first; `closed` counts calls at hours in which no office is open."""

    rows: Sequence[Sequence[Cell]]
    busiest: Cell
    closed: int


def heat_map(by_hour: Mapping[tuple[int, int], int], campaign: Campaign, now: datetime) -> HeatMap:
    """The map of calls by weekday and hour in the campaign's zone; there has to be a call."""
    open_hours, most = _open_hours(campaign, now), max(by_hour.values())

    def cell(weekday: int, hour: int) -> Cell:
        n = by_hour.get((weekday, hour), 0)
        return Cell(weekday, hour, n, -(-LEVELS * n // most), (weekday, hour) in open_hours)

    rows = [[cell(weekday, hour) for hour in _HOURS] for weekday in _WEEKDAYS]
    cells = [each for row in rows for each in row]
    return HeatMap(rows, max(cells, key=lambda each: each.n), sum(each.n for each in cells if not each.is_open))


def _open_hours(campaign: Campaign, now: datetime) -> set[tuple[int, int]]:
    """The weekdays and hours in half of which at least some office is open in an ordinary week."""
    weekly = [_without_closures(office.calendar) for office in campaign.offices]
    monday = Calendar(campaign.time_zone).local(now).replace(hour=0, minute=30, second=0, microsecond=0)
    monday -= timedelta(days=monday.weekday())
    halves = (monday + timedelta(days=day, hours=hour) for day in _WEEKDAYS for hour in _HOURS)
    return {(at.weekday(), at.hour) for at in halves if any(is_open(calendar, at) for calendar in weekly)}


def _without_closures(calendar: Calendar) -> Calendar:
    return replace(calendar, holidays="", closures=frozenset())
