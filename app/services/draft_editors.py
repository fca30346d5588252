"""Who else has a campaign open in the editor: told before anybody saves, on every process."""

from datetime import timedelta

from app.domain.roles import Member
from app.services.desk import Desk
from app.store.draft_editors import Editor, editors_of, see_editor

_OPEN = timedelta(minutes=5)
"""An editor that was not heard of for so long counts as closed; an open page tells of itself every two minutes."""

_FRESH = timedelta(seconds=30)
"""So long nothing is written anew, however often somebody pauses in typing."""


def others_editing(desk: Desk, member: Member, slug: str) -> list[str]:
    """The addresses of the others who have a campaign open in the editor."""
    return [each.email for each in _editors(desk, slug) if each.organizer_id != member.id]


def edit_here(desk: Desk, member: Member, slug: str) -> list[str]:
    """Keep that somebody has a campaign open in the editor, and give the others who have."""
    now, found = desk.clock.now(), _editors(desk, slug)
    if not any(each.organizer_id == member.id and each.seen_at > now - _FRESH for each in found):
        with desk.database.write() as connection:
            see_editor(connection, slug, member.id, now)
    return [each.email for each in found if each.organizer_id != member.id]


def _editors(desk: Desk, slug: str) -> list[Editor]:
    with desk.database.read() as connection:
        return editors_of(connection, slug, desk.clock.now() - _OPEN)
