"""The campaigns that an organizer may turn to, and how each of them stands."""

from dataclasses import dataclass

from app.domain.campaigns import CampaignStatus
from app.domain.roles import Member
from app.services.call_log import count_calls, open_log
from app.services.call_query import CallQuery
from app.services.campaigns import list_campaigns, show_campaign
from app.services.desk import Desk
from app.store import drafts


@dataclass(frozen=True, slots=True)
class Card:
    """A campaign on the first page: `number` is empty for the installation's, `failed` names offices to be checked."""

    slug: str
    name: str
    organization: str
    status: CampaignStatus
    number: str
    today: int
    week: int
    failed: tuple[str, ...]


def was_published(desk: Desk, slug: str) -> bool | None:
    """Whether callers hear a campaign, or it is a draft alone; None if there is no such campaign."""
    with desk.database.read() as connection:
        return drafts.was_published(connection, slug)


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A campaign that is a draft alone, and has no calls."""

    slug: str
    name: str


def reachable_campaigns(desk: Desk, member: Member) -> list[str]:
    """The slugs of the published campaigns that an organizer reaches."""
    return [listed.slug for listed in list_campaigns(desk.database) if member.reaches(listed.slug)]


def reachable_drafts(desk: Desk, member: Member) -> list[DraftCard]:
    """The campaigns that an organizer reaches and that were never published."""
    with desk.database.read() as connection:
        found = [draft for draft in drafts.unpublished(connection) if member.reaches(draft.slug)]
    return [DraftCard(draft.slug, str(draft.body.get("name") or draft.slug)) for draft in found]


def campaign_cards(desk: Desk, member: Member) -> list[Card]:
    """How each campaign stands that an organizer reaches; a demo's simulated calls count."""
    return [_card(desk, slug) for slug in reachable_campaigns(desk, member)]


def _card(desk: Desk, slug: str) -> Card:
    published, log = show_campaign(desk.database, slug), open_log(desk, slug)
    campaign = published.document.campaign
    today, week = (count_calls(desk, log, CallQuery.read({"when": when})).n for when in ("today", "week"))
    return Card(
        slug=slug,
        name=campaign.name,
        organization=campaign.organization,
        status=published.document.status or CampaignStatus.LIVE,
        number=campaign.number,
        today=today,
        week=week,
        failed=tuple(o.label(campaign.languages[0]) for o in campaign.offices if o.id in published.failed),
    )
