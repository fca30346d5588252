"""Two kinds of calls side by side: one language against another, one version, or those that dialed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.furthest import FUNNEL, Furthest
from app.domain.lengths import median_s
from app.services.figures import buckets, left_by_prompt
from app.store.figures import FigureSum

WAYS: Mapping[str, str] = MappingProxyType({"language": "language", "version": "version_id", "source": "direction"})
"""What can be compared, and by which fact of a call."""


@dataclass(frozen=True, slots=True)
class Side:
    """The calls of one kind that are over: how many got so far, and how many hung up during each prompt."""

    value: str
    over: int
    steps: Mapping[Furthest, int]
    left: Mapping[str, int]
    talk_s: int | None


def kinds(figures: Sequence[FigureSum], way: str) -> list[str]:
    """The kinds of calls that there are, most calls first; of versions the latest first."""
    counted: dict[int | str, int] = {}
    for each in figures:
        if each.chart == "step":
            kind = getattr(each, WAYS[way])
            counted[kind] = counted.get(kind, 0) + each.n
    order = sorted(counted, reverse=True) if way == "version" else sorted(counted, key=lambda kind: -counted[kind])
    return [str(kind) for kind in order]


def side(figures: Sequence[FigureSum], way: str, kind: str) -> Side:
    """The calls of one kind."""
    of_kind = [each for each in figures if str(getattr(each, WAYS[way])) == kind]
    reached = buckets(of_kind, "step")
    return Side(
        value=kind,
        over=reached.total(),
        steps={step: sum(n for furthest, n in reached.items() if furthest >= step) for step in FUNNEL},
        left={prompt: seconds.total() for prompt, seconds in left_by_prompt(of_kind).items()},
        talk_s=median_s(buckets(of_kind, "talk_s")),
    )
