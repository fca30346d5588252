"""The table of callers whose calls are not put through; it holds no number, as no table does."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint

from app.store.columns import Outside, Utc
from app.store.metadata import metadata

caller_blocks = Table(
    "caller_blocks",
    metadata,
    Column("id", Integer, primary_key=True),
    # Where somebody pointed at a call of theirs.
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False),
    # Empty once what is kept of the supporter was erased.
    Column("pseudonym", String),
    # Their number under the key of the blocks, which no campaign has: known only once they have called again.
    Column("digest", String, index=True),
    Column("made_by", Outside, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    UniqueConstraint("campaign_id", "pseudonym"),
)
