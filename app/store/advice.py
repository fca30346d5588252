"""What the database alone knows, read at the start of a turn: one statement, and one more at the start of a call."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, select

from app.domain.campaigns import CampaignStatus
from app.domain.picking import Advice, Memory, OfficeFacts
from app.store.columns import Utc
from app.store.live_legs import LONGEST_LEG, is_live
from app.store.tables import campaigns, legs, offices, supporter_offices, supporters


def read_advice(
    connection: Connection, campaign_id: int, pseudonym: str, now: datetime, with_memory: bool = False
) -> Advice:
    """What is known of a campaign's offices and of a supporter's calls to them; `with_memory` also how they like it."""
    of_now = {"campaign": campaign_id, "supporter": pseudonym, "since": now - LONGEST_LEG}
    rows = connection.execute(FACTS, of_now).all()
    if not rows:
        return Advice()
    return Advice(
        status=CampaignStatus(rows[0].status),
        offices={row.slug: _facts(row) for row in rows if row.slug is not None},
        memory=_memory(connection, campaign_id, pseudonym) if with_memory and pseudonym else None,
    )


def _facts_query() -> Select[Any]:
    """One row an office, each with the campaign's status; live legs and the supporter's rows are read by index."""
    live = and_(legs.c.office_id == offices.c.id, is_live(bindparam("since", type_=Utc)))
    mine = and_(
        supporter_offices.c.campaign_id == bindparam("campaign"),
        supporter_offices.c.pseudonym == bindparam("supporter"),
        supporter_offices.c.office_id == offices.c.id,
    )
    columns = (
        campaigns.c.status,
        offices.c.slug,
        offices.c.cooled_until,
        offices.c.hidden_at,
        offices.c.could_not_1_at,
        offices.c.could_not_2_at,
        offices.c.day,
        offices.c.dials_on_day,
        select(func.count()).select_from(legs).where(live).scalar_subquery().label("live_legs"),
        supporter_offices.c.tried_at,
        supporter_offices.c.reached,
        supporter_offices.c.day.label("my_day"),
        supporter_offices.c.bridges_on_day,
    )
    joined = campaigns.outerjoin(offices, offices.c.campaign_id == campaigns.c.id).outerjoin(supporter_offices, mine)
    return select(*columns).select_from(joined).where(campaigns.c.id == bindparam("campaign"))


# Made once: every webhook asks it, and making it takes longer than asking.
FACTS = _facts_query()


def _facts(row: Row[Any]) -> OfficeFacts:
    return OfficeFacts(
        live_legs=row.live_legs,
        cooled_until=row.cooled_until,
        hidden=row.hidden_at is not None,
        could_not_at=tuple(at for at in (row.could_not_1_at, row.could_not_2_at) if at is not None),
        day=row.day,
        dials_on_day=row.dials_on_day,
        my_tried_at=row.tried_at,
        my_reached=bool(row.reached),
        my_day=row.my_day,
        my_bridges_on_day=row.bridges_on_day or 0,
    )


def _memory(connection: Connection, campaign_id: int, pseudonym: str) -> Memory | None:
    mine = (supporters.c.campaign_id == campaign_id, supporters.c.pseudonym == pseudonym)
    row = connection.execute(select(supporters.c.language, supporters.c.patient).where(*mine)).first()
    return None if row is None else Memory(row.language, row.patient)
