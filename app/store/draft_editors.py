"""Who has a campaign open in the editor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.store.draft_tables import draft_editors as table
from app.store.organizer_tables import organizers
from app.store.statements import upsert
from app.store.tables import campaigns


@dataclass(frozen=True, slots=True)
class Editor:
    """An organizer, and when their editor was last heard of."""

    organizer_id: int
    email: str
    seen_at: datetime


def editors_of(connection: Connection, slug: str, since: datetime) -> list[Editor]:
    """Whose editor of a campaign was heard of since a moment."""
    joined = table.join(campaigns, campaigns.c.id == table.c.campaign_id)
    joined = joined.join(organizers, organizers.c.id == table.c.organizer_id)
    query = select(table.c.organizer_id, organizers.c.email, table.c.seen_at).select_from(joined)
    rows = connection.execute(
        query.where(campaigns.c.slug == slug, table.c.seen_at > since).order_by(organizers.c.email)
    )
    return [Editor(*row) for row in rows]


def see_editor(connection: Connection, slug: str, organizer_id: int, now: datetime) -> None:
    """Keep that somebody has the editor of a campaign open."""
    campaign_id = connection.execute(select(campaigns.c.id).where(campaigns.c.slug == slug)).scalar_one()
    key = {"campaign_id": campaign_id, "organizer_id": organizer_id}
    upsert(connection, table, tuple(key), {**key, "seen_at": now}, {"seen_at": now})
