"""The overview of a campaign and its report: figures over a period, drawn here and told in words and tables."""

from flask import render_template, request

from app.domain.roles import Act
from app.services.call_log import latest_calls, open_log
from app.services.closing_day import closing_of
from app.services.figures import read_figures
from app.services.figures_alerts import read_alerts
from app.services.figures_periods import Period
from app.services.log_look import Look
from app.store.call_log_counts import Total
from app.web.console.figures_shown import shown, tables
from app.web.console.guard import allows, console, is_allowed
from app.web.console.overview_compare import comparison
from app.web.parts import desk

_LATEST = 10


@console.get("/campaigns/<slug>/overview")
@allows(Act.SEE_FIGURES)
def overview(slug: str) -> str:
    """Show the figures of a campaign."""
    log = open_log(desk(), slug)
    period = Period.read(request.args, log.today)
    figures = read_figures(desk(), log, period)
    latest = latest_calls(desk(), log, _LATEST) if is_allowed(Act.SEE_CALLS, slug) else []
    return render_template(
        "console/overview.html",
        **shown(log, period, figures),
        alerts=read_alerts(desk(), log, figures),
        compared=comparison(desk(), log, period, figures),
        latest=latest,
        exported=Total(figures.now.calls, is_exact=True),
        look=Look(),
        closing=closing_of(log.campaign, desk().clock.now()),
    )


@console.get("/campaigns/<slug>/report")
@allows(Act.SEE_FIGURES)
def report(slug: str) -> str:
    """Show a campaign on one page, for the board and the press: no caller and no call is in it."""
    log = open_log(desk(), slug)
    period = Period.read(request.args or {"when": "all"}, log.today)
    figures = read_figures(desk(), log, period)
    return render_template("console/report.html", **shown(log, period, figures), tables=tables(figures))
