"""Charts to scale, in percent of their width, and shares in words: small numbers are never turned into percentages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SMALL = 5
"""A percentage of fewer would tell of single callers, and would say more than it knows."""

HEIGHT = 120
"""Of the columns, in pixels."""

_MOST_COLUMNS = 31
_SPANS = (1, 7, 28)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar; `x` and `width` are percentages."""

    kind: str
    n: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Column:
    """The calls of the days from `first` to `last`; `x` and `width` are percentages, `height` is in pixels."""

    first: date
    last: date
    n: int
    x: float
    width: float
    height: int


def bar(parts: Mapping[str, int], most: int) -> list[Part]:
    """A bar of parts in a row, of which `most` would fill the width; empty parts are left out."""
    found: list[Part] = []
    x = 0.0
    for kind, n in parts.items():
        if n:
            width = 100 * n / most
            found.append(Part(kind, n, round(x, 3), round(width, 3)))
            x += width
    return found


def columns(by_day: Mapping[date, int], first: date, last: date) -> list[Column]:
    """A column for each day from first to last, or for so many days together that there are few enough."""
    days = (last - first).days + 1
    span = next((span for span in _SPANS if days <= span * _MOST_COLUMNS), -(-days // _MOST_COLUMNS))
    sums = [0] * -(-days // span)
    for day, n in by_day.items():
        sums[(day - first).days // span] += n
    return _to_scale(sums, first, last, span)


def _to_scale(sums: Sequence[int], first: date, last: date, span: int) -> list[Column]:
    width, most = 100 / len(sums), max(*sums, 1)
    return [
        Column(
            first=(start := first + timedelta(days=span * at)),
            last=min(start + timedelta(days=span - 1), last),
            n=n,
            x=round(width * (at + 0.1), 3),
            width=round(width * 0.8, 3),
            height=round(HEIGHT * n / most),
        )
        for at, n in enumerate(sums)
    ]


def share(n: int, whole: int) -> str:
    """A part of a whole in percent; empty where one of them is small."""
    if min(n, whole) < SMALL:
        return ""
    percent = 100 * n / whole
    return f"{round(percent)} %" if percent >= 1 else "under 1 %"
