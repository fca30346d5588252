"""The first page of the console: how the campaigns stand of whoever has signed in, and pausing one."""

from functools import partial
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.campaigns import CampaignStatus
from app.domain.phone_numbers import readable
from app.domain.roles import Act
from app.services import campaigns
from app.services.begin_campaign import copy_title
from app.services.console_home import Card, campaign_cards, reachable_drafts
from app.services.figures_charts import Column, columns
from app.web.console.calls_shown import day_words
from app.web.console.forms import Form
from app.web.console.guard import allows, console, current_member, is_allowed
from app.web.console.names import campaign_name
from app.web.console.nav import links_of
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk, settings

_TOLD = {
    CampaignStatus.LIVE: "{} takes calls.",
    CampaignStatus.PAUSED: "{} is paused: whoever calls now is told so, and no further office is dialed.",
    CampaignStatus.ENDED: "{} has ended: whoever calls now is told so.",
}


@console.get("/")
@allows(Act.USE_ACCOUNT)
def home() -> str:
    """Show the campaigns."""
    number, member = readable(settings().phone_number), current_member()
    cards, drafts = campaign_cards(desk(), member), reachable_drafts(desk(), member)
    shown = {
        "number": number,
        "acts": Act,
        "spark": _spark,
        "day_words": day_words,
        "copy_title": copy_title,
        "pages": partial(links_of, member),
        "pausable": sum(c.takes_calls and is_allowed(Act.EDIT_CAMPAIGNS, c.slug) for c in cards),
    }
    return render_template("console/home.html", cards=cards, drafts=drafts, **shown)


@console.get("/campaigns/<slug>/status/<status>")
@allows(Act.EDIT_CAMPAIGNS)
def confirm_status(slug: str, status: str) -> str:
    """Ask whether to open, pause or end a campaign."""
    return render_template("console/confirm_status.html", slug=slug, name=campaign_name(slug), status=_status(status))


@console.post("/campaigns/<slug>/status")
@allows(Act.EDIT_CAMPAIGNS)
def change_status(slug: str) -> Response:
    """Open, pause or end a campaign."""
    status = _status(Form()["status"])
    before = campaigns.change_status(desk().database, desk().clock, by(), slug, status)
    tell_undoable(_TOLD[status].format(campaign_name(slug)) + _over(slug, status), request.path, status=before)
    return redirect(url_for("console.home"), HTTPStatus.SEE_OTHER)


@console.post("/campaigns/<slug>/checked")
@allows(Act.EDIT_CAMPAIGNS)
def offices_checked(slug: str) -> Response:
    """Let # lead again to offices to which a call has failed."""
    campaigns.mark_checked(desk().database, desk().clock, by(), slug)
    flash("Checked: pound leads to these offices again.")
    return redirect(url_for("console.home"), HTTPStatus.SEE_OTHER)


def _over(slug: str, status: CampaignStatus) -> str:
    campaign = campaigns.show_campaign(desk().database, slug).document.campaign
    over = status is not CampaignStatus.ENDED and campaign.is_over(desk().clock.now())
    return " But its last day has passed: until you change that, callers hear that it has ended." if over else ""


def _spark(card: Card) -> tuple[list[Column], str]:
    """The columns of the last 14 days, and what they show in words."""
    days = list(card.by_day)
    n, busiest = sum(card.by_day.values()), max(days, key=lambda day: card.by_day[day])
    words = f"{n:,} in the last {len(days)} days"
    most = f", most on {day_words(busiest)} ({card.by_day[busiest]:,})" if n else ""
    return columns(card.by_day, days[0], days[-1]), words + most


def _status(text: str) -> CampaignStatus:
    if text not in set(CampaignStatus):
        abort(HTTPStatus.NOT_FOUND)
    return CampaignStatus(text)
