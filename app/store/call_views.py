"""Saved views of the call log: a name for a query, one's own or shared."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, or_, select, update

from app.store.call_log_tables import call_views
from app.store.organizer_tables import organizers


@dataclass(frozen=True, slots=True)
class View:
    """A saved view; `query` is the query part of an address."""

    id: int
    name: str
    query: str
    is_shared: bool
    is_mine: bool


def views_of(connection: Connection, campaign_id: int, organizer_id: int) -> list[View]:
    """The views of a campaign that an organizer sees, by name."""
    seen = or_(call_views.c.organizer_id == organizer_id, call_views.c.is_shared)
    query = select(call_views).where(call_views.c.campaign_id == campaign_id, seen)
    rows = connection.execute(query.order_by(call_views.c.name, call_views.c.id))
    return [View(row.id, row.name, row.query, row.is_shared, row.organizer_id == organizer_id) for row in rows]


def save_view(
    connection: Connection, campaign_id: int, organizer_id: int, name: str, query: str, *, is_shared: bool
) -> None:
    """Save a view; one's own view of the same name is replaced."""
    mine = (call_views.c.campaign_id == campaign_id, call_views.c.organizer_id == organizer_id)
    # Locked, so that the same view saved twice at once is there once.
    connection.execute(select(organizers.c.id).where(organizers.c.id == organizer_id).with_for_update())
    connection.execute(delete(call_views).where(*mine, call_views.c.name == name))
    values = {"campaign_id": campaign_id, "organizer_id": organizer_id, "name": name, "query": query}
    connection.execute(insert(call_views).values(**values, is_shared=is_shared))


def rename_view(connection: Connection, campaign_id: int, organizer_id: int, view_id: int, name: str) -> str | None:
    """Rename one's own view, and say what it was called; None if there is no such one, or another of this name."""
    mine = (call_views.c.campaign_id == campaign_id, call_views.c.organizer_id == organizer_id)
    names: dict[int, str] = {
        row.id: row.name for row in connection.execute(select(call_views.c.id, call_views.c.name).where(*mine))
    }
    if view_id not in names or name in names.values():
        return None
    connection.execute(update(call_views).where(call_views.c.id == view_id).values(name=name))
    return names[view_id]


def delete_view(connection: Connection, campaign_id: int, organizer_id: int, view_id: int) -> View | None:
    """Delete one's own view; None if there is no such one."""
    mine = (call_views.c.campaign_id == campaign_id, call_views.c.organizer_id == organizer_id)
    gone = delete(call_views).where(*mine, call_views.c.id == view_id).returning(*call_views.c)
    row = connection.execute(gone).first()
    return View(row.id, row.name, row.query, row.is_shared, is_mine=True) if row else None
