"""The first page: the hotlines that take calls."""

from flask import Blueprint, render_template

from app.domain.campaigns import Campaign
from app.domain.phone_numbers import readable
from app.services.campaigns import live_campaigns
from app.web.parts import hotline

home = Blueprint("home", __name__)


@home.get("/")
def page() -> str:
    """List the live campaigns with their numbers."""
    return render_template(
        "home.html", hotlines=[_shown(campaign) for campaign in live_campaigns(hotline().database, hotline().clock)]
    )


def _shown(campaign: Campaign) -> dict[str, object]:
    number = campaign.number or hotline().default_number
    return {
        "slug": campaign.slug,
        "name": campaign.name,
        "organization": campaign.organization,
        "number": number,
        "shown_number": readable(number),
        "offices": [office.label(campaign.languages[0]) for office in campaign.offices],
    }
