"""How campaigns are named: by their live version, or by their draft where they have none."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, case, or_, select

from app.domain.campaigns import CampaignStatus
from app.store.draft_tables import campaign_drafts as drafts
from app.store.statements import text_in
from app.store.tables import campaign_versions as versions
from app.store.tables import campaigns


@dataclass(frozen=True, slots=True)
class Named:
    """A campaign, its name, which is empty where a draft has none yet, and whether it takes calls."""

    slug: str
    name: str
    is_published: bool
    status: CampaignStatus


def named_campaigns(connection: Connection) -> list[Named]:
    """All campaigns by slug; one that was discarded before it was ever published is none."""
    joined = campaigns.outerjoin(versions, campaigns.c.live_version_id == versions.c.id).outerjoin(
        drafts, drafts.c.campaign_id == campaigns.c.id
    )
    is_alone = campaigns.c.live_version_id.is_(None)
    wanted = (
        campaigns.c.slug,
        campaigns.c.status,
        campaigns.c.live_version_id,
        text_in(connection, versions.c.body, "name").label("name"),
        # What a draft holds may be anything, so no database is asked to understand it.
        case((is_alone, drafts.c.body)).label("draft"),
    )
    is_known = or_(campaigns.c.live_version_id.is_not(None), drafts.c.body.is_not(None))
    rows = connection.execute(select(*wanted).select_from(joined).where(is_known).order_by(campaigns.c.slug))
    return [
        Named(
            slug=row.slug,
            name=str(row.name or "") if row.live_version_id else _name(row.draft),
            is_published=bool(row.live_version_id),
            status=CampaignStatus(row.status),
        )
        for row in rows
    ]


def _name(body: str) -> str:
    name = json.loads(body).get("name")
    return name if isinstance(name, str) else ""
