"""The campaigns that an organizer may turn to, and how each of them stands."""

from dataclasses import dataclass

from app.domain.audit import By, Deed
from app.domain.campaigns import CampaignStatus
from app.domain.roles import Member
from app.services.audit import note
from app.services.call_log import count_calls, open_log
from app.services.call_query import CallQuery
from app.services.campaigns import list_campaigns, show_campaign
from app.services.desk import Desk
from app.store.campaigns import UnknownCampaign, is_known, live, set_status
from app.store.office_facts import failed_offices, trust_again


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


def is_campaign(desk: Desk, slug: str) -> bool:
    """Whether there is such a campaign."""
    with desk.database.read() as connection:
        return is_known(connection, slug)


def reachable_campaigns(desk: Desk, member: Member) -> list[str]:
    """The slugs of the campaigns that an organizer reaches."""
    return [listed.slug for listed in list_campaigns(desk.database) if member.reaches(listed.slug)]


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


_SAID = {
    CampaignStatus.LIVE: "opened",
    CampaignStatus.PAUSED: "paused",
    CampaignStatus.ENDED: "ended",
}


def set_campaign_status(desk: Desk, by: By, slug: str, status: CampaignStatus) -> None:
    """Open, pause or end a campaign: the next webhook of any process hears it; raises UnknownCampaign."""
    with desk.database.write() as connection:
        if not set_status(connection, slug, status):
            raise UnknownCampaign(f"There is no campaign {slug!r}.")
        note(connection, desk.clock.now(), by, Deed.PAUSE, f"{by.who} {_SAID[status]} {slug}.", slug)


def mark_offices_checked(desk: Desk, by: By, slug: str) -> None:
    """Let # lead again to offices to which a call has failed; raises UnknownCampaign."""
    with desk.database.write() as connection:
        line = live(connection, slug)
        if line is None:
            raise UnknownCampaign(f"There is no campaign {slug!r}.")
        failed = failed_offices(connection, line.campaign_id)
        for office_id in failed.values():
            trust_again(connection, office_id)
        named = ", ".join(sorted(failed)) or "no office"
        note(connection, desk.clock.now(), by, Deed.NUMBERS, f"{by.who} checked {named} of {slug}.", slug)
