"""The carrier's numbers: which campaign answers each, what differs, setting it right, and the loop test."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.documents.values import e164_number
from app.domain.roles import Act
from app.services.carrier_account import open_provider
from app.services.doctor.examine import Installation
from app.services.doctor.finding import Finding
from app.services.doctor.numbers import carrier_remedy
from app.services.doctor.reaching import TIMEOUT_S
from app.services.drafts import DraftConflict
from app.services.loop_test import try_loop
from app.services.number_cards import number_cards
from app.services.set_number import assign, set_right
from app.store.campaigns import UnknownCampaign
from app.store.number_calls import LOOKS_BACK
from app.telephony.provider import Provider
from app.web.console.forms import Form
from app.web.console.guard import allows, console, current_member, is_allowed
from app.web.console.names import campaign_name, named
from app.web.console.visit import by
from app.web.parts import account_watch, desk, hotline, settings


@console.get("/numbers")
@allows(Act.EDIT_CAMPAIGNS)
def numbers() -> str:
    """Show the numbers of the account and of the campaigns."""
    return _shown()


@console.post("/numbers/set")
@allows(Act.EDIT_CAMPAIGNS)
def set_number_right() -> Response:
    """Point a number to this server."""
    number, member = Form()["number"], current_member()
    flash(set_right(desk(), settings(), account_watch(), _provider(), by(), member, number))
    return redirect(url_for("console.numbers"), HTTPStatus.SEE_OTHER)


@console.post("/numbers/assign")
@allows(Act.EDIT_CAMPAIGNS)
def assign_number() -> Response:
    """Put a number into the draft of a campaign, and lead to where that is published."""
    form = Form()
    slug, number = form["slug"], form.read("number", e164_number)
    if trouble := _assigned(slug, number or ""):
        flash(f"Nothing was changed: {trouble}")
        return redirect(url_for("console.numbers"), HTTPStatus.SEE_OTHER)
    flash(f"The number is in the draft of {campaign_name(slug)}. Publish it, then set the number right under Numbers.")
    return redirect(url_for("console.review", slug=slug), HTTPStatus.SEE_OTHER)


@console.post("/numbers/test")
@allows(Act.EDIT_CAMPAIGNS)
def loop_test() -> str:
    """Ask the public address as the carrier would, and show what came of it."""
    parts = hotline()
    return _shown(try_loop(Installation(settings(), parts.database, parts.keys, parts.clock)))


def _assigned(slug: str, number: str) -> str:
    """Why a campaign does not get a number, or nothing if it does."""
    if not number or not slug or not is_allowed(Act.EDIT_CAMPAIGNS, slug):
        return "choose a campaign of yours, and a number from the list."
    try:
        assign(desk(), by(), slug, number)
    except (UnknownCampaign, DraftConflict) as error:
        return str(error)
    return ""


def _provider() -> Provider:
    return open_provider(settings(), TIMEOUT_S)


def _shown(tested: Sequence[Finding] | None = None) -> str:
    member, seen = current_member(), account_watch().look(_provider(), desk().clock)
    return render_template(
        "console/numbers.html",
        cards=number_cards(desk(), settings(), member, seen),
        seen=seen,
        remedy=carrier_remedy(settings(), seen.trouble),
        own_url=settings().public_url,
        fallback_url=settings().fallback_url,
        choices=[each for each in named() if is_allowed(Act.EDIT_CAMPAIGNS, each.slug)],
        tested=tested,
        looks_back=LOOKS_BACK,
    )
