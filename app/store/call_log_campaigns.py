"""The row numbers behind a campaign's slug and those of its offices."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from app.store.tables import campaigns, offices


def campaign_id(connection: Connection, slug: str) -> int:
    """A campaign's row number."""
    return int(connection.execute(select(campaigns.c.id).where(campaigns.c.slug == slug)).scalar_one())


def office_ids(connection: Connection, campaign: int) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """The row numbers and the labels of a campaign's offices by slug, those included that no version names any more."""
    of_campaign = select(offices).where(offices.c.campaign_id == campaign).order_by(offices.c.label)
    rows = connection.execute(of_campaign).all()
    return {row.slug: row.id for row in rows}, {row.slug: row.label for row in rows}
