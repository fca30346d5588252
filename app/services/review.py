"""What somebody should have seen before they publish a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.documents import Fault, read_document
from app.domain.draft_changes import Changed, changes
from app.domain.draft_offices import moved_keys
from app.domain.drafts import Body
from app.services.campaign_names import names_in
from app.services.campaigns import others_on_shared_number
from app.services.desk import Desk
from app.services.draft_words import field_words, office_names
from app.services.drafts import Draft, open_draft
from app.services.publish_draft import Publisher, obstacles
from app.services.recordings import known, stale_recordings
from app.store import versions
from app.store.call_log_campaigns import campaign_id
from app.store.database import Connection
from app.store.live import count_on_line
from app.store.versions import KeptVersion

Told = Sequence[tuple[str, Changed]]
"""Changes, each with its field in words."""


@dataclass(frozen=True, slots=True)
class Review:
    """A draft against the version that is live.

    `overtaken` is what others have published since it was begun: publishing takes it back where both differ.
    """

    draft: Draft
    changed: Told
    overtaken: Told
    overtaken_by: Sequence[KeptVersion]
    obstacles: Sequence[Fault]
    warnings: Sequence[Fault]
    moved: Sequence[str]
    on_line: int
    silenced: Sequence[str]

    @property
    def can_be_published(self) -> bool:
        """Whether there is something to publish, and nothing in its way."""
        return bool(self.changed) and not self.obstacles


def review(desk: Desk, publisher: Publisher, slug: str) -> Review:
    """The draft of a campaign before it is published; raises UnknownCampaign."""
    draft = open_draft(desk, slug)
    with desk.database.read() as connection:
        live, base = (_body(connection, slug, version) for version in (draft.live_version, draft.base_version))
        stale = _stale(connection, draft)
        later = versions.versions_of(connection, slug, draft.live_version - draft.base_version)
        names = names_in(connection)
        on_line = count_on_line(connection, campaign_id(connection, slug), desk.clock.now(), tests=desk.is_demo)
    silenced = others_on_shared_number(desk.database, desk.clock, slug)
    return Review(
        draft=draft,
        changed=told_changes(live, draft.body),
        overtaken=told_changes(base, live) if draft.is_overtaken else (),
        overtaken_by=later if draft.is_overtaken else (),
        obstacles=obstacles(desk, publisher, slug),
        warnings=(*draft.warnings, *stale),
        moved=_moves(live, draft.body),
        on_line=on_line,
        silenced=[] if draft.body.get("number") or draft.is_published else [names[other] for other in silenced],
    )


def told_changes(before: Body, after: Body) -> Told:
    """What differs between two documents, with the fields in words."""
    names = office_names(after, before)
    return [(field_words(each.path, names), each) for each in changes(before, after)]


def _body(connection: Connection, slug: str, version: int) -> Body:
    found = versions.find_version(connection, slug, version)
    return found.body if found else {}


def _stale(connection: Connection, draft: Draft) -> tuple[Fault, ...]:
    if draft.faults:
        return ()
    campaign = read_document(draft.body).campaign
    return stale_recordings(campaign, known(connection, campaign))


def moves(desk: Desk, draft: Draft) -> list[str]:
    """The offices of a published campaign whose keys a draft changes, in words."""
    with desk.database.read() as connection:
        return _moves(_body(connection, draft.slug, draft.live_version), draft.body)


def _moves(before: Body, after: Body) -> list[str]:
    names, moved = office_names(after), moved_keys(before, after)
    return [f"{names.get(own, own)} moves from key {old} to {new}" for own, (old, new) in moved.items()]
