"""When made-up calls come: as weekdays and hours of the day have it, and more of them as word gets around."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

_HOUR = timedelta(hours=1)

# How busy a line is, in the campaign's zone: by weekday from Monday on, and by hour from midnight on.
_WEEKDAYS = (10, 11, 10, 9, 7, 2, 1)
_HOURS = (0, 0, 0, 0, 0, 0, 1, 4, 20, 45, 55, 50, 38, 42, 48, 45, 30, 12, 6, 5, 4, 2, 1, 0)
_CALLS_TO_ACTION = 9
"""A mail to all supporters goes out every so many days; half of those it moves call on that day."""
_MOVED = 3.0


@dataclass(frozen=True, slots=True)
class Span:
    """The days before a moment, in a campaign's zone."""

    until: datetime
    days: int
    time_zone: str

    def hours(self) -> list[datetime]:
        """The beginning of each hour of the span, the oldest first."""
        return [self.until - _HOUR * back for back in range(self.days * 24, 0, -1)]


def moments(span: Span, calls: int, seed: str) -> Iterator[datetime]:
    """When each of so many calls begins, the oldest first."""
    zone = ZoneInfo(span.time_zone)
    hours = span.hours()
    busy = list(accumulate(_weight(at.astimezone(zone), place // 24) for place, at in enumerate(hours)))
    done = 0
    for at, reached in zip(hours, busy, strict=True):
        due = round(calls * reached / busy[-1])
        draw = Random(f"{seed} {done}")
        yield from sorted(at + _HOUR * draw.random() for _ in range(due - done))
        done = due


def _weight(local: datetime, day: int) -> float:
    moved = 1.0 + _MOVED / (1 << day % _CALLS_TO_ACTION)
    # Somebody always calls at an odd hour: without it, a span of one night would have nobody.
    return (0.01 + _WEEKDAYS[local.weekday()] * _HOURS[local.hour]) * moved
