"""All tables of the database, for migrations and tests."""

from app.store import (
    block_tables,
    call_log_tables,
    chores,
    draft_tables,
    erasure_tables,
    figure_tables,
    organization,
    organizer_tables,
    tables,
    verified_offices,
)
from app.store.metadata import metadata

__all__ = [
    "block_tables",
    "call_log_tables",
    "chores",
    "draft_tables",
    "erasure_tables",
    "figure_tables",
    "metadata",
    "organization",
    "organizer_tables",
    "tables",
    "verified_offices",
]
