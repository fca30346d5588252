"""Publishing campaigns, and looking at what is published."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.audit import By, Deed
from app.domain.campaigns import Campaign, CampaignStatus
from app.domain.clock import Clock
from app.domain.documents import Document, DocumentError, read_published, write_campaign
from app.domain.documents.faults import guess
from app.domain.drafts import past_last_day
from app.services import audit
from app.services.caller_keys import CallerKeys
from app.services.campaign_names import name_in
from app.services.recordings import unknown_recordings
from app.store import drafts
from app.store.call_log_campaigns import office_ids
from app.store.campaigns import (
    Listed,
    NumberTaken,
    UnknownCampaign,
    import_version,
    listing,
    live,
    set_status,
    version_body,
)
from app.store.database import Connection, Database
from app.store.office_facts import failed_offices, trust_again


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to: `is_new` says whether it published a version, or the campaign was so already."""

    version_id: int
    status: CampaignStatus
    is_new: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A campaign as it is published now; `failed` are the offices that # avoids because a call to them failed."""

    document: Document
    version: int
    published_at: datetime
    failed: frozenset[str] = frozenset()


def import_campaign(
    database: Database,
    keys: CallerKeys,
    clock: Clock,
    document: Document,
    note: str = "",
    hotline_number: str = "",
    by: By | None = None,
) -> Imported:
    """Publish a campaign, with a key of its own for its supporters' pseudonyms; raises NumberTaken, and DocumentError.

    A document that names no status leaves a campaign as it is, and opens one that is new. `hotline_number` is the
    installation's own number, which no office may have. Without `by` it is a copy of what was published elsewhere: no
    entry of the audit is made, and its last day may have passed.
    """
    slug = document.campaign.slug
    with database.write() as connection:
        if by:
            _check_last_day(connection, clock, document)
        made = publish(connection, clock, document, note, hotline_number, by)
        if by:
            did = "published" if made.is_new else "imported the unchanged"
            told = f"{by.who} {did} {name_in(connection, slug)}; its status is {made.status}."
            audit.note(connection, clock.now(), by, Deed.PUBLISH, told, slug)
        # Within the transaction: a campaign whose key cannot be kept is not published.
        keys.create(slug)
    return made


def _check_last_day(connection: Connection, clock: Clock, document: Document) -> None:
    edited = drafts.find(connection, document.campaign.slug)
    status = document.status or (edited and edited.status)
    published = edited.live_ends_on if edited else ""
    past = past_last_day(write_campaign(document.campaign), published, clock.now())
    if past and status != CampaignStatus.ENDED:
        raise DocumentError(past)


def publish(
    connection: Connection, clock: Clock, document: Document, note: str, hotline_number: str, by: By | None
) -> Imported:
    """Publish a campaign within a transaction, whose caller sees to its key and to the audit.

    Raises NumberTaken, and DocumentError for a recording that is not there.
    """
    campaign = document.campaign
    check_offices(campaign, hotline_number)
    unknown_recordings(connection, campaign)
    line = live(connection, campaign.slug)
    status = document.status or (line.status if line else CampaignStatus.LIVE)
    _, version_id, is_new = import_version(
        connection,
        campaign.slug,
        campaign.number or None,
        status,
        write_campaign(campaign),
        {office.id: office.label(campaign.languages[0]) for office in campaign.offices},
        clock.now(),
        note,
        by.who if by else "",
    )
    return Imported(version_id, status, is_new)


def check_offices(campaign: Campaign, hotline_number: str) -> None:
    """Refuse an office that has the installation's own number; raises NumberTaken."""
    if hotline_number in {office.number for office in campaign.offices}:
        raise NumberTaken(f"An office of {campaign.slug!r} has the hotline's own number, {hotline_number}.")


def list_campaigns(database: Database) -> list[Listed]:
    """All campaigns by slug."""
    with database.read() as connection:
        return listing(connection)


def live_campaigns(database: Database, clock: Clock) -> list[Campaign]:
    """The campaigns that take calls now, by slug."""
    with database.read() as connection:
        live_ones = [listed for listed in listing(connection) if listed.status is CampaignStatus.LIVE]
        found = [_published(connection, listed).document.campaign for listed in live_ones]
    return [campaign for campaign in found if not campaign.is_over(clock.now())]


def show_campaign(database: Database, slug: str) -> Published:
    """A campaign as it is published now; raises UnknownCampaign."""
    with database.read() as connection:
        by_slug = {listed.slug: listed for listed in listing(connection)}
        if slug not in by_slug:
            raise UnknownCampaign(f"There is no campaign {slug!r}.{guess(slug, by_slug)}")
        return _published(connection, by_slug[slug])


def _published(connection: Connection, listed: Listed) -> Published:
    campaign = read_published(version_body(connection, listed.version_id))
    line = live(connection, listed.slug)
    failed = frozenset(failed_offices(connection, line.campaign_id)) if line else frozenset[str]()
    return Published(Document(campaign, listed.status), listed.version, listed.published_at, failed)


def mark_checked(database: Database, clock: Clock, by: By, slug: str) -> list[str]:
    """Let # lead to all offices again, after a person has called those that failed; gives their slugs."""
    with database.write() as connection:
        line = live(connection, slug)
        if line is None:
            raise UnknownCampaign(f"There is no campaign {slug!r}.")
        failed = failed_offices(connection, line.campaign_id)
        for office_id in failed.values():
            trust_again(connection, office_id)
        _, labels = office_ids(connection, line.campaign_id)
        named = ", ".join(sorted(labels[office] for office in failed)) or "no office"
        told = f"{by.who} checked {named} of {name_in(connection, slug)}."
        audit.note(connection, clock.now(), by, Deed.NUMBERS, told, slug)
    return sorted(failed)


_SAID = {
    CampaignStatus.LIVE: "opened",
    CampaignStatus.PAUSED: "paused",
    CampaignStatus.ENDED: "ended",
}


def change_status(database: Database, clock: Clock, by: By, slug: str, status: CampaignStatus) -> CampaignStatus:
    """Open, pause or end a campaign, and give its status before; raises UnknownCampaign.

    The status is read in each turn of each call and kept nowhere else, so the next webhook of any process hears it.
    """
    with database.write() as connection:
        return change_within(connection, clock, by, slug, status)


def change_within(connection: Connection, clock: Clock, by: By, slug: str, status: CampaignStatus) -> CampaignStatus:
    """The same within a transaction."""
    line = live(connection, slug)
    if line is None:
        raise UnknownCampaign(f"There is no campaign {slug!r}.")
    set_status(connection, slug, status, clock.now())
    told = f"{by.who} {_SAID[status]} {name_in(connection, slug)}."
    audit.note(connection, clock.now(), by, Deed.PAUSE, told, slug)
    return line.status


def export_campaign(database: Database, slug: str) -> Document:
    """The document that makes a campaign what it is now; raises UnknownCampaign."""
    return show_campaign(database, slug).document


def others_on_shared_number(database: Database, clock: Clock, slug: str) -> list[str]:
    """The campaigns beside this one that answer the installation's number: the one published last has it."""
    return [other.slug for other in live_campaigns(database, clock) if other.slug != slug and not other.number]
