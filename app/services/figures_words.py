"""Figures in words: what changed, how long, at what hour of which day."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from app.domain.came_from import CameFrom
from app.domain.furthest import Furthest
from app.services.call_words import CAME_FROM_WORDS, MENU_WORDS, lasted
from app.services.figures import Figures
from app.services.figures_charts import Column
from app.services.figures_periods import Period

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SOURCES = {"inbound": CAME_FROM_WORDS[CameFrom.DIALED_IN], "outbound": CAME_FROM_WORDS[CameFrom.CALL_ME]}
"""Where calls came from, by their direction."""

_SPANS: Mapping[int, str] = MappingProxyType({1: "day", 7: "week", 28: "four weeks"})


def changed(now: int | None, before: int | None, when: str, *, is_length: bool = False) -> str:
    """How a figure compares with the one of the days before, in words; empty where there is nothing to compare."""
    if now is None or before is None:
        return ""
    was = lasted(before) if is_length else f"{before:,}"
    if now == before or not before:
        return f"{'the same' if now == before else 'none'} {when}"
    return f"{'up' if now > before else 'down'} from {was} {when}"


def counted(n: int, thing: str) -> str:
    """A number with its noun."""
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def calls_by(columns: Sequence[Column]) -> str:
    """What a chart of columns shows: calls by day, or by as many days as each column stands for."""
    days = (columns[0].last - columns[0].first).days + 1
    return f"Calls by {_SPANS.get(days) or f'{days} days'}"


def prompt_words(prompt: str) -> str:
    """What a caller hears at a step, as a label."""
    heard = MENU_WORDS.get(prompt, prompt)
    return f"Told {heard}" if heard.startswith("that ") else heard[:1].upper() + heard[1:]


def hour_words(hour: int) -> str:
    """An hour of the day, such as 9 a.m."""
    return f"{hour % 12 or 12} {'a.m.' if hour < 12 else 'p.m.'}"


def headline(figures: Figures, period: Period) -> list[tuple[str, str, str]]:
    """The four figures at the head of the page: label, figure, change."""
    now, before, when = figures.now, figures.before, period.before_words
    rows = [
        ("Callers", now.callers, before.callers if before else None),
        ("Calls to offices", now.to_offices, before.to_offices if before else None),
        ("Reached", now.reached, before.reached if before else None),
    ]
    counts = [(label, f"{n:,}", changed(n, was, when)) for label, n, was in rows]
    talk = changed(now.talk_s, before.talk_s if before else None, when, is_length=True)
    return [*counts, ("Median talk time", lasted(now.talk_s), talk)]


def topline(figures: Figures) -> str:
    """A period in one sentence, as a board or a newspaper would have it."""
    calls, talked = counted(figures.now.calls, "call"), counted(figures.steps[Furthest.TALKED], "conversation")
    return f"{calls}, {talked}, {counted(len(figures.offices), 'office')}"
