"""Beginning a campaign as a draft: an empty one, a copy of another, or the sample."""

from collections.abc import Callable
from itertools import count

from app.domain.audit import By
from app.domain.documents import read_slug, write_campaign
from app.domain.documents.campaign import TITLE_LIMIT
from app.domain.documents.texts import line
from app.domain.documents.values import SLUG_LIMIT, slug_of
from app.domain.draft_beginnings import blank, duplicate
from app.domain.drafts import Body
from app.domain.roles import Member
from app.services.campaign_names import name_in
from app.services.campaigns import export_campaign
from app.services.desk import Desk
from app.services.drafts import create_campaign, is_taken, open_draft
from app.services.sample import sample_document
from app.services.templates import template_body

read_title = line(TITLE_LIMIT)
"""Reads the name of a campaign or of an organization; raises DocumentError, a ValueError that says what is wrong."""

_ELSE = "campaign"
# Room for a number after it.
_LONGEST = SLUG_LIMIT - 8


def read_new_slug(text: str) -> str:
    """A short name as it was typed; empty if none was. Raises DocumentError."""
    return read_slug(text) if text.strip() else ""


def begin_blank(desk: Desk, by: By, member: Member, name: str, organization: str, slug: str) -> str:
    """Begin an empty campaign: its slug, which is made of its name unless it is given. Raises SlugTaken."""
    return _begin(desk, by, member, name, slug, lambda own: blank(own, name, organization), "began")


def begin_template(desk: Desk, by: By, member: Member, template: str, name: str, organization: str, slug: str) -> str:
    """Begin a campaign with a template's texts and offices: its slug. Raises SlugTaken, and KeyError."""
    return _begin(desk, by, member, name, slug, lambda own: template_body(template, own, name, organization), "began")


def begin_copy(desk: Desk, by: By, member: Member, source: str, name: str, slug: str) -> str:
    """Begin a copy of what callers hear of a campaign, or of its draft if they hear nothing yet.

    Raises SlugTaken and UnknownCampaign.
    """
    draft = open_draft(desk, source)
    body = write_campaign(export_campaign(desk.database, source).campaign) if draft.is_published else draft.body
    told = f"copied {_name(desk, source)} to"
    return _begin(desk, by, member, name, slug, lambda own: duplicate(body, own, name), told)


def begin_sample(desk: Desk, by: By, member: Member) -> str:
    """Begin the sample campaign."""
    campaign = sample_document().campaign
    body = write_campaign(campaign)
    return _begin(desk, by, member, campaign.slug, "", lambda own: duplicate(body, own, campaign.name), "began")


def name_of_copy(desk: Desk, source: str) -> str:
    """What a copy is called, unless somebody knows better."""
    return copy_title(str(open_draft(desk, source).body.get("name") or source))


def copy_title(name: str) -> str:
    """What a copy of a campaign of this name is called."""
    return f"Copy of {name}"[:TITLE_LIMIT]


def _name(desk: Desk, slug: str) -> str:
    with desk.database.read() as connection:
        return name_in(connection, slug)


def _begin(desk: Desk, by: By, member: Member, name: str, slug: str, make: Callable[[str], Body], told: str) -> str:
    if slug:
        return create_campaign(desk, by, member, make(slug), told)
    return create_campaign(desk, by, member, make(_free(desk, slug_of(name)[:_LONGEST] or _ELSE)), told)


def _free(desk: Desk, wanted: str) -> str:
    """A slug that no campaign has, as near as can be to the one that is wanted."""
    numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(slug for slug in numbered if not is_taken(desk, slug))
