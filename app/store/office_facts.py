"""Offices that # does not lead to, because a call to them failed; the record's triggers tell of them."""

from sqlalchemy import Connection, select, update

from app.store.tables import offices


def trust_again(connection: Connection, office_id: int) -> None:
    """Let # lead to an office again: somebody got through, or a person has checked it."""
    failed = (offices.c.id == office_id, offices.c.hidden_at.is_not(None))
    connection.execute(update(offices).where(*failed).values(hidden_at=None))


def failed_offices(connection: Connection, campaign_id: int) -> dict[str, int]:
    """The row numbers by slug of the offices that # does not lead to, because a call to them failed."""
    failed = (offices.c.campaign_id == campaign_id, offices.c.hidden_at.is_not(None))
    return {row.slug: row.id for row in connection.execute(select(offices.c.slug, offices.c.id).where(*failed))}
