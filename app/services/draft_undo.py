"""Taking back the last change of a draft: an office moved or removed, a draft discarded."""

from app.domain.audit import By, Deed
from app.domain.roles import Member
from app.services.audit import note
from app.services.campaign_names import name_in
from app.services.desk import Desk
from app.services.drafts import Draft, DraftConflict, draft_of, lock_draft
from app.store import drafts
from app.store.campaigns import UnknownCampaign
from app.store.organizers import give_campaign


def take_back(desk: Desk, by: By, slug: str, revision: int) -> Draft:
    """Show the draft again as it was before the change that made this revision.

    Taking this back in turn brings the change again. Raises DraftConflict if anything has changed since, and
    UnknownCampaign.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = lock_draft(connection, slug)
        before = drafts.before_last_change(connection, found.campaign_id)
        # What was never published would be gone without a draft.
        if found.revision != revision or not (before.body or found.live_version):
            raise DraftConflict(draft_of(slug, found, now))
        drafts.keep(connection, found, before.body, by.who, now, before.base_version)
        told = f"{by.who} took back the last change of the draft of {name_in(connection, slug)}."
        note(connection, now, by, Deed.DRAFT, told, slug)
        return draft_of(slug, drafts.find(connection, slug), now)


def bring_back(desk: Desk, by: By, member: Member, slug: str, revision: int) -> None:
    """Bring a campaign back that was never published and that this organizer discarded.

    It is given to them, and to nobody else to whom it was given before. Raises UnknownCampaign if there is none.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = drafts.discarded(connection, slug)
        before = drafts.before_last_change(connection, found.campaign_id) if found else None
        if not (found and before and before.body) or (found.revision, found.changed_by) != (revision, by.who):
            raise UnknownCampaign(f"There is no discarded campaign {slug!r} that you could bring back.")
        drafts.keep(connection, found, before.body, by.who, now, before.base_version)
        if not member.reaches(slug):
            give_campaign(connection, member.id, found.campaign_id)
        note(connection, now, by, Deed.DRAFT, f"{by.who} brought back the draft of {name_in(connection, slug)}.", slug)
