"""What the pages of the figures show: charts to scale, and each of them in words."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import urlencode

from flask import url_for

from app.domain.furthest import FUNNEL, Furthest
from app.domain.languages import LANGUAGE_WORDS
from app.domain.phone_numbers import readable
from app.domain.roles import Act
from app.services import call_words, figures_words
from app.services import figures_charts as charts
from app.services.call_log import CallLog
from app.services.call_query import CallQuery
from app.services.call_words import RESULT_WORDS, STEP_DEFINITIONS, STEP_WORDS, lasted
from app.services.figures import COULD_NOT, OFFICE_PARTS, UNDER_WAY, Figures
from app.services.figures_hours import heat_map
from app.services.figures_periods import ALL, PRESETS, Period
from app.services.figures_prompts import drop_offs
from app.services.figures_words import SOURCES
from app.web.console import calls_shown
from app.web.console.calls_address import list_url
from app.web.console.calls_shown import day_words
from app.web.console.log_links import OF_PART, OF_SOURCE, log_links
from app.web.parts import desk, hotline

_PERIODS: Mapping[str, str] = MappingProxyType(
    {"today": "Today", "7-days": "7 days", "30-days": "30 days", ALL: "All time"}
)
_PARTS: Mapping[str, str] = MappingProxyType(
    {part: RESULT_WORDS.get(part, part) for part in OFFICE_PARTS}
    | {COULD_NOT: RESULT_WORDS["unreached"], UNDER_WAY: "Under way"}
)

Counted = list[tuple[str, int]]


def shown(log: CallLog, period: Period, figures: Figures) -> dict[str, object]:
    """All that a page of the figures is drawn from."""
    return {
        "log": log,
        "slug": log.campaign.slug,
        "to_log": log_links(log, period.log_wishes),
        "of_part": OF_PART,
        "period": period,
        "period_words": period_words(log, period),
        "periods": [(words, figures_url(log, Period(name)), name == period.name) for name, words in _PERIODS.items()],
        "presets": PRESETS,
        "report_url": _address("report", log, period.wishes),
        "overview_url": figures_url(log, period),
        "all_url": figures_url(log, Period(ALL)),
        "figures": figures,
        "headline": figures_words.headline(figures, period),
        "topline": figures_words.topline(figures),
        "steps": list(_steps(log, period, figures)),
        "brief_url": log_url(log, period, step=Furthest.BRIEF.word),
        "charts": charts,
        "parts": _PARTS,
        "number": readable(log.campaign.number or hotline().default_number),
        **_further(log, figures),
        **_words(),
    }


def _words() -> dict[str, object]:
    """What the templates say things with."""
    names = ("calls_by", "counted", "hour_words", "prompt_words", "DAYS")
    said = {name: getattr(figures_words, name) for name in names}
    return {
        **said,
        "log_url": log_url,
        "day_words": day_words,
        "lasted": lasted,
        "acts": Act,
        "shown": calls_shown,
        "words": call_words,
    }


def _further(log: CallLog, figures: Figures) -> dict[str, object]:
    if not figures.now.calls:
        return {}
    now = desk().clock.now()
    language = next(iter(figures.languages))
    language = language if language in log.campaign.languages else log.campaign.languages[0]
    return {
        "columns": charts.columns(figures.by_day, min(figures.by_day), max(*figures.by_day, log.today)),
        "heat": heat_map(figures.by_hour, log.campaign, now),
        "drop_offs": drop_offs(figures.left, log.campaign, language, now),
        "drop_off_language": LANGUAGE_WORDS.get(language, language),
        "languages": [(LANGUAGE_WORDS.get(code, code), n, {"language": code}) for code, n in figures.languages.items()],
        "sources": [(SOURCES.get(way, way), n, {"came_from": OF_SOURCE[way]}) for way, n in figures.sources.items()],
        "query": CallQuery({}),
    }


def tables(figures: Figures) -> list[tuple[str, Counted]]:
    """What the report draws, as tables."""
    return [
        ("Steps", [(STEP_WORDS[step], n) for step, n in figures.steps.items()]),
        ("Offices", [(office.label, office.n) for office in figures.offices]),
        ("Languages", _named(figures.languages, LANGUAGE_WORDS)),
    ]


def period_words(log: CallLog, period: Period) -> str:
    """The period in words."""
    if period.since is None or period.until is None:
        return "All calls"
    if period.days == 1:
        return day_words(period.since)
    return f"{day_words(period.since)} to {day_words(period.until)}"


def figures_url(log: CallLog, period: Period, **more: str) -> str:
    """The address of the overview over a period."""
    return _address("overview", log, {**period.wishes, **more})


def _address(page: str, log: CallLog, wishes: Mapping[str, str]) -> str:
    return url_for(f"console.{page}", slug=log.campaign.slug) + f"?{urlencode(wishes)}"


def log_url(log: CallLog, period: Period, **wishes: str) -> str:
    """The address of the call log over a period, with some wishes."""
    return list_url(log.campaign.slug, {**period.log_wishes, **wishes})


def _named(counted: Mapping[str, int], words: Mapping[str, str]) -> Counted:
    return [(words.get(name, name), n) for name, n in counted.items()]


def _steps(log: CallLog, period: Period, figures: Figures) -> Iterator[dict[str, object]]:
    """The steps of the funnel; `stopped` is how many calls got there and no further, and where these are listed."""
    answered = previous = figures.steps[Furthest.ANSWERED]
    for step in FUNNEL:
        n = figures.steps[step]
        parts = {"told": figures.told, "likely": figures.likely} if step is Furthest.TALKED else {"step": n}
        yield {
            "label": STEP_WORDS[step],
            "counts": STEP_DEFINITIONS[step],
            "n": n,
            "bars": charts.bar(parts, answered or 1),
            "of_previous": charts.share(n, previous) if step else "",
            "of_all": charts.share(n, answered) if step else "",
            "after": lasted(figures.reach_s[step]) if figures.reach_s.get(step) is not None else "",
            "stopped": n - figures.steps[Furthest(step + 1)] if step is not Furthest.AGAIN else 0,
            "stopped_url": log_url(log, period, step=step.word),
        }
        previous = n
