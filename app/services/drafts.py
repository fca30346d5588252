"""Editing campaigns as drafts: nothing is ever overwritten silently, and nothing that was typed is refused.

What stands in the way of publishing is told with the draft; only publishing needs it to be right.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.audit import By, Deed
from app.domain.campaigns import CampaignStatus
from app.domain.documents.faults import Fault
from app.domain.drafts import Body, faults_of, mark_of, past_last_day, warnings_of, with_fields
from app.domain.roles import Member
from app.services.audit import note
from app.services.campaign_names import name_in
from app.services.desk import Desk
from app.store import drafts
from app.store.campaigns import UnknownCampaign
from app.store.database import Connection
from app.store.drafts import Edited
from app.store.organizers import give_campaign

Change = Callable[[Body], Body]
"""Gives another draft for one, without looking at anything else."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A campaign as an editor is shown it, and what is wrong with it.

    While nothing is edited, `body` is the live version's. `revision` stands for this very text: saving needs it.
    `base_version` is the version from which the draft was begun, and `live_version` the one that is live now; both
    are 0 for a campaign that was never published. `live_ends_on` is the last day of the one that is live, or empty.
    """

    slug: str
    status: CampaignStatus
    body: Body
    is_edited: bool
    revision: int
    base_version: int
    live_version: int
    live_ends_on: str
    changed_by: str
    changed_at: datetime | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    @property
    def is_published(self) -> bool:
        """Whether there is a version that callers hear."""
        return self.live_version > 0

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody has published another version since the draft was begun."""
        return self.is_edited and self.base_version != self.live_version


class DraftConflict(Exception):
    """Somebody else has changed the draft in between; `theirs` is how it is now, with who changed it and when."""

    def __init__(self, theirs: Draft) -> None:
        """Take the draft as it is now."""
        super().__init__(f"{theirs.changed_by or 'Somebody'} has changed {theirs.slug} in between.")
        self.theirs = theirs


class SlugTaken(ValueError):
    """There is a campaign of this short name already."""


def open_draft(desk: Desk, slug: str) -> Draft:
    """The draft of a campaign, or its live version if nothing was edited yet; raises UnknownCampaign."""
    with desk.database.read() as connection:
        return draft_of(slug, drafts.find(connection, slug), desk.clock.now())


def save_draft(desk: Desk, by: By, slug: str, body: Body, revision: int) -> Draft:
    """Keep a text in the place of the one that `revision` stands for; raises DraftConflict and UnknownCampaign.

    Saving what is there already changes nothing, whoever does it.
    """
    text = with_fields(body, {"slug": slug})
    with desk.database.write() as connection:
        before = lock_draft(connection, slug)
        if text == before.body:
            return draft_of(slug, before, desk.clock.now())
        if before.revision != revision:
            raise DraftConflict(draft_of(slug, before, desk.clock.now()))
        return _keep(connection, desk, by, slug, before, text)


def change_draft(desk: Desk, by: By, slug: str, names: Iterable[str], seen: str, change: Change) -> Draft:
    """Change some fields of a draft, whatever else of it others have changed meanwhile.

    `seen` is the `mark_of` these fields when they were shown. Raises DraftConflict if somebody has changed them since,
    and UnknownCampaign.
    """
    return change_part(desk, by, slug, lambda body: mark_of(body, names), seen, change)


def change_part(desk: Desk, by: By, slug: str, mark: Callable[[Body], str], seen: str, change: Change) -> Draft:
    """Change a part of a draft for which a mark stands; `seen` is the mark when it was shown.

    Raises DraftConflict if somebody has changed the part since, and UnknownCampaign.
    """
    with desk.database.write() as connection:
        before = lock_draft(connection, slug)
        text = with_fields(change(before.body), {"slug": slug})
        if text == before.body:
            return draft_of(slug, before, desk.clock.now())
        if mark(before.body) != seen:
            raise DraftConflict(draft_of(slug, before, desk.clock.now()))
        return _keep(connection, desk, by, slug, before, text)


def discard_draft(desk: Desk, by: By, slug: str, revision: int) -> None:
    """Go back to the live version, or drop a campaign that has none; raises DraftConflict and UnknownCampaign."""
    with desk.database.write() as connection:
        before = lock_draft(connection, slug)
        if before.revision != revision:
            raise DraftConflict(draft_of(slug, before, desk.clock.now()))
        if not before.is_draft:
            return
        now, name = desk.clock.now(), name_in(connection, slug)
        drafts.keep(connection, before, None, by.who, now)
        if not before.live_version:
            drafts.forget_readers(connection, before.campaign_id)
        note(connection, now, by, Deed.DRAFT, f"{by.who} discarded the draft of {name}.", slug)


def create_campaign(desk: Desk, by: By, member: Member, body: Body, told: str = "began") -> str:
    """Begin a campaign as a draft that takes no calls, and give it to who made it: its slug. Raises SlugTaken."""
    slug = str(body["slug"])
    with desk.database.write() as connection:
        now = desk.clock.now()
        campaign_id = drafts.add(connection, slug, CampaignStatus.PAUSED, body, by.who, now)
        if campaign_id is None:
            raise SlugTaken(f"There is a campaign {slug!r} already.")
        if not member.reaches(slug):
            give_campaign(connection, member.id, campaign_id)
        note(connection, now, by, Deed.DRAFT, f"{by.who} {told} the campaign {name_in(connection, slug)}.", slug)
    return slug


def _keep(connection: Connection, desk: Desk, by: By, slug: str, before: Edited, text: Body) -> Draft:
    drafts.keep(connection, before, text, by.who, desk.clock.now())
    return draft_of(slug, drafts.find(connection, slug), desk.clock.now())


def is_taken(desk: Desk, slug: str) -> bool:
    """Whether there is a campaign of this short name."""
    with desk.database.read() as connection:
        return drafts.find(connection, slug) is not None


def lock_draft(connection: Connection, slug: str) -> Edited:
    """What an editor is shown, for a transaction that changes it; raises UnknownCampaign."""
    found = drafts.lock(connection, slug)
    if found is None:
        raise UnknownCampaign(f"There is no campaign {slug!r}.")
    return found


def faults_at(shown: Draft | Edited, body: Body, now: datetime) -> tuple[Fault, ...]:
    """All that stands in the way of publishing a text at a moment, in the place of the one that is shown."""
    past = () if shown.status == CampaignStatus.ENDED else past_last_day(body, shown.live_ends_on, now)
    return (*faults_of(body), *past)


def draft_of(slug: str, found: Edited | None, now: datetime) -> Draft:
    """The draft with what is wrong with it at a moment; raises UnknownCampaign for none."""
    if found is None:
        raise UnknownCampaign(f"There is no campaign {slug!r}.")
    return Draft(
        slug=slug,
        status=CampaignStatus(found.status),
        body=found.body,
        is_edited=found.is_draft,
        revision=found.revision,
        base_version=found.base_version,
        live_version=found.live_version,
        live_ends_on=found.live_ends_on,
        changed_by=found.changed_by,
        changed_at=found.changed_at,
        faults=faults_at(found, found.body, now),
        warnings=warnings_of(found.body),
    )
