"""Saved views of the call log, and the four that every campaign has."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from app.domain.roles import Member
from app.services.call_query import CallQuery
from app.services.desk import Desk
from app.store import call_views
from app.store.call_views import View

LONGEST_NAME = 60
_BY_OFFICE = {"by": "office"}

BUILT_IN: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("Needs attention", {"attention": "yes"}),
    ("Today", {"when": "today"}),
    ("Reached", {"step": "from-talked"}),
    ("Dropped in menu", {"step": "dropped"}),
)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view with what it wishes for, and whether its rows are office calls."""

    view: View
    wishes: Mapping[str, str]
    by_office: bool


def list_views(desk: Desk, campaign_id: int, member: Member) -> list[SavedView]:
    """The saved views of a campaign that an organizer sees."""
    with desk.database.read() as connection:
        found = call_views.views_of(connection, campaign_id, member.id)
    return [_read(view) for view in found]


def save_view(
    desk: Desk, campaign_id: int, member: Member, name: str, query: CallQuery, *, by_office: bool, is_shared: bool
) -> None:
    """Save what is wished for under a name that `read_name` gave."""
    with desk.database.write() as connection:
        # Who an address shows the calls of belongs in no saved view.
        wishes = urlencode({**query.without("same"), **(_BY_OFFICE if by_office else {})})
        call_views.save_view(connection, campaign_id, member.id, name, wishes, is_shared=is_shared)


def rename_view(desk: Desk, campaign_id: int, member: Member, view_id: int, name: str) -> str:
    """Rename a view of one's own, and say what it was called; raises ValueError for a name that it cannot have."""
    name = read_name(name)
    with desk.database.write() as connection:
        was = call_views.rename_view(connection, campaign_id, member.id, view_id, name)
    if was is None:
        raise ValueError("There is no such view of yours, or another one has this name.")
    return was


def read_name(text: str) -> str:
    """The name of a view as it is kept; raises ValueError for what is none."""
    name = " ".join(text.split())
    if not name:
        raise ValueError("Give the view a name.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"The name has {len(name)} characters; {LONGEST_NAME} are the most.")
    return name


def delete_view(desk: Desk, campaign_id: int, member: Member, view_id: int) -> SavedView | None:
    """Delete a view of one's own; None if there is no such one."""
    with desk.database.write() as connection:
        gone = call_views.delete_view(connection, campaign_id, member.id, view_id)
    return _read(gone) if gone else None


def _read(view: View) -> SavedView:
    kept = dict(parse_qsl(view.query))
    return SavedView(view, CallQuery.read(kept).wishes, _BY_OFFICE.items() <= kept.items())
