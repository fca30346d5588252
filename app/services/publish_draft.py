"""Publishing a draft as a new version, and going back to an old one, which is a new version as well."""

from dataclasses import dataclass

from app.domain.audit import By, Deed
from app.domain.campaigns import Campaign
from app.domain.documents import Document, DocumentError, Fault, read_document, read_published, write_campaign
from app.domain.draft_changes import changes
from app.services import audit
from app.services.caller_keys import CallerKeys
from app.services.campaign_names import name_in
from app.services.campaigns import check_offices, publish
from app.services.desk import Desk
from app.services.draft_words import office_names, summary_of
from app.services.drafts import DraftConflict, draft_of, faults_at, lock_draft, open_draft
from app.services.recordings import unknown_recordings
from app.store import drafts, versions
from app.store.campaigns import NumberTaken, check_number
from app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Publisher:
    """What publishing needs beside the desk: the supporters' keys, and the installation's own number."""

    keys: CallerKeys
    hotline_number: str


@dataclass(frozen=True, slots=True)
class Done:
    """A version that was published; `before` is the one that was live until then, 0 if there was none."""

    version: int
    before: int
    is_new: bool


FIRST = "the first version"


class UnknownVersion(LookupError):
    """A campaign has no such version."""


def obstacles(desk: Desk, publisher: Publisher, slug: str) -> tuple[Fault, ...]:
    """All that stands in the way of publishing a draft; raises UnknownCampaign."""
    draft = open_draft(desk, slug)
    if draft.faults:
        return draft.faults
    campaign = read_document(draft.body).campaign
    try:
        check_offices(campaign, publisher.hotline_number)
    except NumberTaken as error:
        return (Fault(("offices",), str(error)),)
    try:
        with desk.database.read() as connection:
            unknown_recordings(connection, campaign)
            check_number(connection, slug, campaign.number)
    except DocumentError as error:
        return error.faults
    except NumberTaken as error:
        return (Fault(("number",), str(error)),)
    return ()


def publish_draft(desk: Desk, publisher: Publisher, by: By, slug: str, revision: int, live_version: int) -> Done:
    """Publish the draft that was reviewed against the version that was live then.

    Raises DraftConflict if either has changed since, DocumentError for a draft with faults, NumberTaken, and
    UnknownCampaign.
    """
    with desk.database.write() as connection:
        before = lock_draft(connection, slug)
        if (before.revision, before.live_version) != (revision, live_version):
            raise DraftConflict(draft_of(slug, before, desk.clock.now()))
        campaign = read_document(before.body).campaign
        if past := faults_at(before, before.body, desk.clock.now()):
            raise DocumentError(past)
        done = publish_within(connection, desk, publisher, by, campaign, "published version")
        if before.is_draft:
            drafts.keep(connection, before, None, by.who, desk.clock.now())
        return done


def go_back(desk: Desk, publisher: Publisher, by: By, slug: str, version: int, live_version: int) -> Done:
    """Publish the text of an old version again; a draft stays as it is.

    Raises DraftConflict if another version is live than was seen, UnknownVersion, NumberTaken, and UnknownCampaign.
    """
    with desk.database.write() as connection:
        before = lock_draft(connection, slug)
        if before.live_version != live_version:
            raise DraftConflict(draft_of(slug, before, desk.clock.now()))
        found = versions.find_version(connection, slug, version)
        if found is None:
            raise UnknownVersion(f"This campaign has no version {version}.")
        campaign = read_published(found.body)
        did = f"went back to version {version}, which is version"
        return publish_within(connection, desk, publisher, by, campaign, did, " now,")


def publish_within(
    connection: Connection, desk: Desk, publisher: Publisher, by: By, campaign: Campaign, did: str, then: str = ""
) -> Done:
    """Publish a campaign within a transaction.

    `did` and `then` say in the audit what was done, around the version's number. Raises DocumentError and NumberTaken.
    """
    slug, body = campaign.slug, write_campaign(campaign)
    latest = versions.versions_of(connection, slug, 1)
    told = summary_of(changes(latest[0].body, body), office_names(body, latest[0].body)) if latest else FIRST
    made = publish(connection, desk.clock, Document(campaign), told, publisher.hotline_number, by)
    done = Done(versions.versions_of(connection, slug, 1)[0].version, latest[0].version if latest else 0, made.is_new)
    if made.is_new:
        sentence = f"{by.who} {did} {done.version}{then} of {name_in(connection, slug)}: {told}."
        audit.note(connection, desk.clock.now(), by, Deed.PUBLISH, sentence, slug)
    # Within the transaction: a campaign whose key cannot be kept is not published.
    publisher.keys.create(slug)
    return done
