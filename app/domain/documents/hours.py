"""Weekly hours as people write them: 'mon-fri: 9:00-17:00', 'sat: closed'."""

import re
from collections.abc import Mapping
from datetime import time
from itertools import groupby, pairwise

from app.domain.documents.faults import Faults, guess, shown, wrong
from app.domain.documents.texts import line
from app.domain.hours import Hours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = "closed"

# The end of the day cannot be written as a time; nothing shorter than a microsecond is lost by this.
_MIDNIGHT = time.max
_CLOCK = r"(\d{1,2}):(\d{2})"
_INTERVAL = re.compile(rf"{_CLOCK} ?[-–] ?{_CLOCK}", re.ASCII)
_LONGEST = 200


def read_week(value: object) -> tuple[Hours, ...]:
    """The hours of the seven days, Monday first; a day that is not named is closed."""
    if not isinstance(value, Mapping):
        raise wrong(f"It must be a mapping such as 'mon-fri: 9:00-17:00', not {shown(value)}.")
    faults = Faults()
    week: dict[int, Hours] = {}
    for days, hours in value.items():
        with faults.at(days if isinstance(days, str) else shown(days)):
            span = days_of(days)
            if any(day in week for day in span):
                raise wrong("A day of it is given twice.")
            week |= dict.fromkeys(span, _read_hours(hours))
    faults.check()
    return tuple(week.get(day, ()) for day in range(len(DAYS)))


def days_of(value: object) -> range:
    """The days of a span such as 'sat' or 'mon-fri', Monday being 0."""
    first, dash, last = line(_LONGEST)(value).lower().partition("-")
    ends = [day.strip() for day in ((first, last) if dash else (first,))]
    for day in ends:
        if day not in DAYS:
            raise wrong(f"It must be days such as 'sat' or 'mon-fri'.{guess(day, DAYS)}")
    start, end = DAYS.index(ends[0]), DAYS.index(ends[-1])
    if start > end:
        raise wrong("Days run from mon to sun: write this span as two.")
    return range(start, end + 1)


def _read_hours(value: object) -> Hours:
    text = line(_LONGEST)(value).lower()
    if text == CLOSED:
        return ()
    intervals = sorted(_read_interval(part.strip()) for part in text.split(","))
    for (_, closes), (opens, _) in pairwise(intervals):
        if opens < closes:
            raise wrong("Two of its intervals overlap.")
    return tuple(intervals)


def _read_interval(text: str) -> tuple[time, time]:
    found = _INTERVAL.fullmatch(text)
    if not found:
        raise wrong(f"{shown(text)} must be hours such as '9:00-17:00', or 'closed'.")
    opens, closes = _read_time(found[1], found[2]), _read_time(found[3], found[4])
    if opens >= closes:
        raise wrong(f"{shown(text)} ends before it begins; hours are from 0:00 to 24:00.")
    return opens, closes


def _read_time(hour: str, minute: str) -> time:
    if (int(hour), int(minute)) == (24, 0):
        return _MIDNIGHT
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise wrong(f"'{hour}:{minute}' is not a time of day.") from None


def write_week(week: tuple[Hours, ...]) -> dict[str, str]:
    """The hours as they are written, days with the same ones together."""
    written = {}
    for hours, group in groupby(range(len(week)), key=lambda day: week[day]):
        days = list(group)
        span = DAYS[days[0]] if len(days) == 1 else f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
        written[span] = ", ".join(f"{_clock(o)}-{_clock(c)}" for o, c in hours) or CLOSED
    return written


def _clock(at: time) -> str:
    return "24:00" if at == _MIDNIGHT else f"{at.hour}:{at.minute:02}"
