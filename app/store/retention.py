"""Taking what leads to supporters from the calls of campaigns that are over, a few at a time."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, select, update

from app.domain.campaigns import CampaignStatus
from app.store.erasure import empty_calls, forget_some
from app.store.tables import calls, campaign_versions, campaigns


@dataclass(frozen=True, slots=True)
class KeptCampaign:
    """A published campaign; `ended_at` is when somebody ended it, if somebody did.

    All its calls up to the row number `nobodys_through` lead to nobody any more.
    """

    id: int
    slug: str
    status: CampaignStatus
    ended_at: datetime | None
    nobodys_through: int
    body: Mapping[str, Any]


def kept_campaigns(connection: Connection) -> list[KeptCampaign]:
    """All published campaigns by slug."""
    joined = campaigns.join(campaign_versions, campaigns.c.live_version_id == campaign_versions.c.id)
    columns = (
        *(campaigns.c[n] for n in ("id", "slug", "status", "ended_at", "nobodys_through")),
        campaign_versions.c.body,
    )
    rows = connection.execute(select(*columns).select_from(joined).order_by(campaigns.c.slug))
    return [
        KeptCampaign(r.id, r.slug, CampaignStatus(r.status), r.ended_at, r.nobodys_through, json.loads(r.body))
        for r in rows
    ]


def anonymize_some(
    connection: Connection, campaign_id: int, before: datetime, new_id: Callable[[], str], most: int
) -> tuple[int, int]:
    """Take from calls that began before a moment what leads to anybody: how many calls, and how many are forgotten."""
    of_campaign = campaigns.c.id == campaign_id
    through = connection.scalar(select(campaigns.c.nobodys_through).where(of_campaign).with_for_update())
    columns = (calls.c.id, calls.c.call_sid, calls.c.started_at)
    later = select(*columns).where(calls.c.campaign_id == campaign_id, calls.c.id > (through or 0))
    found = connection.execute(later.order_by(calls.c.id).limit(most)).all()
    # Up to the first that is too young: its own turn comes, and none is passed over.
    rows = list(takewhile(lambda row: row.started_at < before, found))
    if rows:
        empty_calls(connection, {row.id: row.call_sid for row in rows}, new_id)
        connection.execute(update(campaigns).where(of_campaign).values(nobodys_through=rows[-1].id))
    return len(rows), forget_some(connection, campaign_id, before, most)
