"""Prompt drop-off: during which prompt callers hung up, at which second, and what was being said then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.calls import CallState
from app.domain.campaigns import Campaign
from app.domain.lengths import median_s, width_s
from app.domain.picking import Scene
from app.domain.speaking import seconds_spoken
from app.flow.hearing import offices
from app.flow.steps import menus

_MOST_COLUMNS = 30
_SPANS_S = (1, 2, 5, 10, 30, 60)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a prompt, from second to second; `x` and `width` are percentages of the chart."""

    label: str
    since_s: int
    until_s: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Column:
    """How many hung up from one second on until before another; `height` is a part of the tallest one's."""

    since_s: int
    until_s: int
    n: int
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DropOff:
    """How many hung up during a prompt, and when; half of them within `half_s`."""

    prompt: str
    n: int
    half_s: int
    columns: Sequence[Column]
    stretches: Sequence[Stretch]


def drop_offs(left: Mapping[str, Mapping[int, int]], campaign: Campaign, language: str, now: datetime) -> list[DropOff]:
    """Each prompt that callers hung up during, with the parts of the welcome as it is spoken now in a language."""
    return [_drop_off(prompt, by_second, campaign, language, now) for prompt, by_second in left.items()]


def parts_of_welcome(campaign: Campaign, language: str, now: datetime) -> list[tuple[str, int, int]]:
    """The greeting, the summary and the list of offices: from which second to which each is spoken."""
    scene = Scene(CallState("welcome", 0, language, int(now.timestamp())), campaign, now)
    said = (("greeting", menus.greeting), ("summary", menus.summary), ("offices", offices))
    found, at = [], 0
    for label, prompt in said:
        end = at + seconds_spoken(prompt(scene))
        found.append((label, at, end))
        at = end
    return found


def _drop_off(prompt: str, by_second: Mapping[int, int], campaign: Campaign, language: str, now: datetime) -> DropOff:
    parts = parts_of_welcome(campaign, language, now) if prompt == "welcome" else []
    whole_s = max([max(by_second) + 1, *(end for _, _, end in parts)])
    span = next((span for span in _SPANS_S if whole_s <= span * _MOST_COLUMNS), -(-whole_s // _MOST_COLUMNS))
    count = -(-whole_s // span)
    stretches = [
        Stretch(label, since, until, _percent(since, span * count), _percent(until - since, span * count))
        for label, since, until in parts
    ]
    middle = median_s(by_second) or 0
    half_s = middle + width_s(middle)
    return DropOff(prompt, sum(by_second.values()), half_s, _columns(by_second, span, count), stretches)


def _columns(by_second: Mapping[int, int], span: int, count: int) -> list[Column]:
    sums = [0] * count
    for second, n in by_second.items():
        sums[second // span] += n
    width = 100 / count
    return [
        Column(at * span, (at + 1) * span, n, round((at + 0.1) * width, 3), round(0.8 * width, 3), n / max(sums))
        for at, n in enumerate(sums)
    ]


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 3)
