"""Comparing two kinds of calls on the overview: which, and how far those of each got."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from flask import request

from app.domain.furthest import FUNNEL, Furthest
from app.domain.languages import LANGUAGE_WORDS
from app.services.call_log import CallLog
from app.services.call_words import STEP_WORDS
from app.services.desk import Desk
from app.services.figures import Figures
from app.services.figures_charts import SMALL, bar, share
from app.services.figures_compare import WAYS, Side, kinds, side
from app.services.figures_periods import Period
from app.services.figures_words import SOURCES, prompt_words
from app.store.figures import version_numbers
from app.web.console.figures_shown import figures_url

_WAYS: Mapping[str, str] = MappingProxyType({"language": "Languages", "version": "Versions", "source": "Sources"})


def comparison(desk: Desk, log: CallLog, period: Period, figures: Figures) -> dict[str, object]:
    """What the page compares, if it was asked to, and by which addresses it can be asked."""
    way = request.args.get("compare", "")
    links = [(words, figures_url(log, period, compare=each), each == way) for each, words in _WAYS.items()]
    if way not in WAYS:
        return {"links": links}
    there_are = kinds(figures.all_sums, way)
    labels = _labels(desk, log, way, there_are)
    given: dict[str, object] = {"links": links, "way": way, "choices": [(kind, labels[kind]) for kind in there_are]}
    if len(there_are) < 2:
        return given
    sides = [side(figures.all_sums, way, kind) for kind in _chosen(there_are)]
    return {**given, "sides": sides, "labels": [labels[each.value] for each in sides], "rows": list(_rows(sides))}


def _chosen(there_are: Sequence[str]) -> list[str]:
    first = request.args.get("a", "")
    first = first if first in there_are else there_are[0]
    others = [kind for kind in there_are if kind != first]
    second = request.args.get("b", "")
    return [first, second if second in others else others[0]]


def _labels(desk: Desk, log: CallLog, way: str, there_are: Sequence[str]) -> dict[str, str]:
    if way == "version":
        with desk.database.read() as connection:
            numbers = version_numbers(connection, log.id)
        return {kind: f"Version {numbers.get(int(kind), kind)}" for kind in there_are}
    words = LANGUAGE_WORDS if way == "language" else SOURCES
    return {kind: words.get(kind, kind) for kind in there_are}


def _rows(sides: Sequence[Side]) -> Iterator[dict[str, object]]:
    """The funnel and the drop-off as rows: what is counted, and for each side how many of how many."""
    for step in FUNNEL:
        yield _row("Funnel", STEP_WORDS[step], [(each.steps[step], each.steps[Furthest.ANSWERED]) for each in sides])
    prompts = sorted({prompt for each in sides for prompt in each.left}, key=lambda each: -_left(sides, each))
    for prompt in prompts:
        yield _row("Drop-off", prompt_words(prompt), [(each.left.get(prompt, 0), each.over) for each in sides])


def _left(sides: Sequence[Side], prompt: str) -> int:
    return sum(each.left.get(prompt, 0) for each in sides)


def _row(group: str, label: str, counts: Sequence[tuple[int, int]]) -> dict[str, object]:
    """A row of what is counted on each side, and of how many."""
    # A bar is a share as well, so a side of few calls has none.
    bars = [bar({f"side-{at}": n}, of) if of >= SMALL else [] for at, (n, of) in enumerate(counts)]
    values = [(n, of, share(n, of), drawn) for (n, of), drawn in zip(counts, bars, strict=True)]
    return {"group": group, "label": label, "values": values}
