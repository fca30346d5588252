"""The names of campaigns on pages, read once for a request."""

from flask import g

from app.services.campaign_names import read_named
from app.store.campaign_names import Named
from app.web.parts import desk


def named() -> list[Named]:
    """All campaigns, with their names as they are told, by slug."""
    if "named_campaigns" not in g:
        g.named_campaigns = read_named(desk())
    found: list[Named] = g.named_campaigns
    return found


def campaign_name(slug: str) -> str:
    """What a campaign is called; the slug for one that is not there."""
    return next((each.name for each in named() if each.slug == slug), slug)
