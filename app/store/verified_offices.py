"""Which offices a person has verified: who, when, and the line that they reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, Connection, ForeignKey, String, Table, delete, select

from app.store.columns import Outside, Utc
from app.store.metadata import metadata
from app.store.statements import upsert
from app.store.tables import campaigns

table = Table(
    "verified_offices",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    # The slug of the office, which may be in no version any more.
    Column("office", String, primary_key=True),
    # Number and extension as they were: another line is not verified by this.
    Column("line", Outside, nullable=False),
    Column("with_hours", Boolean, nullable=False),
    Column("verified_by", Outside, nullable=False),
    Column("verified_at", Utc, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Verified:
    """A person reached an office by a line, and `with_hours` asked for its hours as well."""

    line: str
    with_hours: bool
    by: str
    at: datetime


def verified_offices(connection: Connection, slug: str) -> Mapping[str, Verified]:
    """The last verification of each office of a campaign, by the office's slug."""
    of_campaign = select(table).join(campaigns, campaigns.c.id == table.c.campaign_id).where(campaigns.c.slug == slug)
    rows = connection.execute(of_campaign)
    return {row.office: Verified(row.line, row.with_hours, row.verified_by, row.verified_at) for row in rows}


def keep_verified(connection: Connection, campaign_id: int, office: str, verified: Verified) -> None:
    """Keep a verification in the place of an earlier one."""
    values = {
        "line": verified.line,
        "with_hours": verified.with_hours,
        "verified_by": verified.by,
        "verified_at": verified.at,
    }
    key = {"campaign_id": campaign_id, "office": office}
    upsert(connection, table, tuple(key), {**key, **values}, values)


def forget_verified(connection: Connection, campaign_id: int, office: str, who: str) -> bool:
    """Forget the verification of an office if somebody made it, and say whether they had."""
    own = (table.c.campaign_id == campaign_id, table.c.office == office, table.c.verified_by == who)
    return connection.execute(delete(table).where(*own)).rowcount == 1
