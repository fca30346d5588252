"""The table of campaigns whose record is being erased: a row is there until all of it is gone."""

from sqlalchemy import Column, ForeignKey, Integer, Table

from app.store.columns import Outside, Utc
from app.store.metadata import metadata

campaign_erasures = Table(
    "campaign_erasures",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    # How many there were when somebody asked for it.
    Column("calls", Integer, nullable=False),
    Column("asked_by", Outside, nullable=False),
    # Who calls later stays.
    Column("asked_at", Utc, nullable=False),
)
