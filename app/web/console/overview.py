"""The overview of a campaign: its figures over a period, drawn here and told in words and tables."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from flask import render_template, request, url_for

from app.domain.furthest import Furthest
from app.domain.languages import LANGUAGE_WORDS
from app.domain.phone_numbers import readable
from app.domain.roles import Act
from app.services import figures_charts as charts
from app.services.call_log import CallLog, open_log
from app.services.call_words import RESULT_WORDS, STEP_WORDS
from app.services.figures import COULD_NOT, OFFICE_PARTS, PERIODS, UNDER_WAY, Figures, read_figures
from app.web.console.calls_address import list_url
from app.web.console.calls_shown import PERIOD_WORDS, day_words
from app.web.console.guard import allows, console
from app.web.parts import desk, hotline

_WORDS: Mapping[str, str] = MappingProxyType({**PERIOD_WORDS, "all": "All time"})
_BEFORE: Mapping[str, str] = MappingProxyType({"today": "yesterday", "7-days": "in the 7 days before"})
_PARTS: Mapping[str, str] = MappingProxyType(
    {part: RESULT_WORDS.get(part, part) for part in OFFICE_PARTS}
    | {COULD_NOT: RESULT_WORDS["unreached"], UNDER_WAY: "Under way"}
)


@console.get("/campaigns/<slug>/overview")
@allows(Act.SEE_FIGURES)
def overview(slug: str) -> str:
    """Show the figures of a campaign."""
    log = open_log(desk(), slug)
    when = request.args.get("when", "")
    when = when if when in PERIODS else "7-days"
    figures = read_figures(desk(), log, when)
    return render_template("console/overview.html", **_given(log, when, figures), acts=Act)


def _given(log: CallLog, when: str, figures: Figures) -> dict[str, object]:
    return {
        "log": log,
        "slug": log.campaign.slug,
        "when": when,
        "figures": figures,
        "periods": [(_WORDS[each], _address(log, each), each == when) for each in PERIODS],
        "all_url": _address(log, "all"),
        "before_words": _BEFORE.get(when, ""),
        "steps": list(_steps(log, when, figures)),
        "columns": _columns(log, figures),
        "charts": charts,
        "parts": _PARTS,
        "languages": [(LANGUAGE_WORDS.get(code, code), n) for code, n in figures.languages.items()],
        "day_words": day_words,
        "number": readable(log.campaign.number or hotline().default_number),
    }


def _address(log: CallLog, when: str) -> str:
    return url_for("console.overview", slug=log.campaign.slug, when=when)


def _steps(log: CallLog, when: str, figures: Figures) -> Iterator[dict[str, object]]:
    """The steps of the funnel; `stopped` is how many calls got there and no further, and where these are listed."""
    period = {} if when == "all" else {"when": when}
    previous = figures.calls
    for step in Furthest:
        n = figures.steps[step]
        parts = {"told": figures.told, "likely": figures.likely} if step is Furthest.TALKED else {"step": n}
        yield {
            "label": STEP_WORDS[step],
            "n": n,
            "bars": charts.bar(parts, figures.calls or 1),
            "of_previous": charts.share(n, previous) if step else "",
            "of_all": charts.share(n, figures.calls) if step else "",
            "stopped": n - figures.steps[Furthest(step + 1)] if step is not Furthest.AGAIN else 0,
            "stopped_url": list_url(log.campaign.slug, {**period, "step": step.word}),
        }
        previous = n


def _columns(log: CallLog, figures: Figures) -> list[charts.Column]:
    if not figures.by_day:
        return []
    return charts.columns(figures.by_day, min(figures.by_day), max(*figures.by_day, log.today))
