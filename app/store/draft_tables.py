"""The tables of campaigns that are being edited, and of who is at it."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from app.store.columns import Outside, Utc
from app.store.metadata import metadata

campaign_drafts = Table(
    "campaign_drafts",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    # Counts whatever changes what an editor is shown, and never goes back: each number stands for one text alone.
    Column("revision", Integer, nullable=False),
    # Empty while nothing is edited: an editor is shown the live version then.
    Column("body", Text),
    # The live version when this draft was begun; 0 if there was none.
    Column("base_version", Integer, nullable=False),
    Column("changed_by", Outside, nullable=False),
    Column("changed_at", Utc),
    # The same before the change that made this revision, to take it back; no text if there was no draft.
    Column("body_before", Text),
    Column("base_before", Integer),
)

# Who has a campaign open in the editor; processes share what they know by it.
draft_editors = Table(
    "draft_editors",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    Column("organizer_id", ForeignKey("organizers.id"), primary_key=True),
    Column("seen_at", Utc, nullable=False),
)
