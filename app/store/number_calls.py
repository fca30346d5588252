"""When a number that a campaign answers was called last."""

from datetime import datetime

from sqlalchemy import Connection, false, func, select, true

from app.store.tables import calls, campaigns

LOOKS_BACK = 500
"""Calls of a campaign that are looked through: it may have had another number before."""


def last_calls(connection: Connection, default_number: str, *, with_simulated: bool) -> dict[str, datetime]:
    """The start of each campaign's last call that came to its present number, by slug; one index and one statement."""
    columns = (calls.c.started_at, calls.c.called, calls.c.is_test)
    of_campaign = select(*columns).where(calls.c.campaign_id == campaigns.c.id).correlate(campaigns)
    latest = of_campaign.order_by(calls.c.started_at.desc(), calls.c.id.desc()).limit(LOOKS_BACK).subquery()
    is_real = true() if with_simulated else latest.c.is_test == false()
    number = func.coalesce(campaigns.c.number, default_number)
    last = select(func.max(latest.c.started_at)).where(latest.c.called == number, is_real).correlate(campaigns)
    at = last.scalar_subquery().label("at")
    rows = connection.execute(select(campaigns.c.slug, at))
    return {row.slug: row.at for row in rows if row.at}
