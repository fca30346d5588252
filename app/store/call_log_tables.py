"""The tables of the call log: what it filters and counts by, and what organizers add to a call.

`call_facts`, `leg_facts` and the tallies hold nothing of their own: triggers of the database derive them from the
record, in its own transactions, and a test derives them again.
"""

from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, false

from app.store.columns import Outside, Utc
from app.store.metadata import metadata


def _call_cell() -> list[Column[Any]]:
    names = ("is_test", "is_over", "is_returning", "is_short", "is_failed", "has_note", "needs_attention")
    flags = [Column(name, Boolean, primary_key=True) for name in names]
    came_from, left_out = Column("came_from", String, primary_key=True), _left_out()
    return [*_day_cell(), Column("language", Outside, primary_key=True), _whole("step"), *flags, came_from, left_out]


def _leg_cell() -> list[Column[Any]]:
    words = [Column(name, String, primary_key=True) for name in ("line", "outcome")]
    return [*_day_cell(), Column("is_test", Boolean, primary_key=True), _whole("office_id"), *words, _left_out()]


def _left_out() -> Column[Any]:
    return Column("is_left_out", Boolean, primary_key=True)


def _day_cell() -> list[Column[Any]]:
    return [_whole("campaign_id"), Column("day", Date, primary_key=True)]


def _whole(name: str) -> Column[Any]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _change(cell: list[Column[Any]]) -> list[Column[Any]]:
    plain = [Column(column.name, column.type, nullable=False) for column in cell]
    return [Column("id", Integer, primary_key=True), *plain]


def _counts(names: tuple[str, ...]) -> list[Column[Any]]:
    return [Column(name, Integer, nullable=False) for name in names]


BY = (
    "by_office",
    "by_line",
    "by_outcome",
    "by_office_line",
    "by_office_outcome",
    "by_line_outcome",
    "by_office_line_outcome",
)
"""1 in the first leg of its call with this office, line result and so on: their sum counts calls, not legs."""

call_facts = Table(
    "call_facts",
    metadata,
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    Column("campaign_id", Integer, nullable=False),
    # The day in the campaign's zone on which the call began.
    Column("day", Date, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("is_test", Boolean, nullable=False),
    Column("is_over", Boolean, nullable=False),
    Column("language", Outside, nullable=False),
    # The furthest step: see app/domain/furthest.py.
    Column("step", Integer, nullable=False),
    # Which call of this supporter to the campaign it is, as far as is remembered.
    Column("visit", Integer, nullable=False),
    Column("is_returning", Boolean, nullable=False),
    Column("is_short", Boolean, nullable=False),
    Column("is_failed", Boolean, nullable=False),
    Column("has_note", Boolean, nullable=False),
    Column("needs_attention", Boolean, nullable=False),
    # How the supporter came to call: see app/domain/came_from.py.
    Column("came_from", String, nullable=False, server_default="dialed-in"),
    # Marked as a test by hand, or turned away as blocked.
    Column("is_left_out", Boolean, nullable=False, server_default=false()),
    Index(None, "campaign_id", "day", "started_at", "call_id"),
)

leg_facts = Table(
    "leg_facts",
    metadata,
    Column("leg_id", ForeignKey("legs.id", ondelete="CASCADE"), primary_key=True),
    Column("call_id", Integer, nullable=False, index=True),
    Column("campaign_id", Integer, nullable=False),
    # Day and moment are those of the call.
    Column("day", Date, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("is_test", Boolean, nullable=False),
    Column("office_id", Integer, nullable=False),
    Column("line", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("is_left_out", Boolean, nullable=False, server_default=false()),
    *_counts(BY),
    Index(None, "campaign_id", "day", "started_at", "call_id", "leg_id"),
    Index("ix_leg_facts_office", "campaign_id", "office_id", "day", "started_at", "call_id", "leg_id"),
)

call_tallies = Table("call_tallies", metadata, *_call_cell(), *_counts(("n",)))
leg_tallies = Table("leg_tallies", metadata, *_leg_cell(), *_counts(("n", *BY)))

# What has not been added to the tallies yet. On PostgreSQL the record only inserts here, so that two calls never wait
# for each other's counters; on SQLite, which has one writer at a time, these stay empty.
call_tally_changes = Table("call_tally_changes", metadata, *_change(_call_cell()), *_counts(("n",)))
leg_tally_changes = Table("leg_tally_changes", metadata, *_change(_leg_cell()), *_counts(("n", *BY)))

call_notes = Table(
    "call_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    # As the organizer was called at the time.
    Column("who", Outside, nullable=False),
    Column("text", Text, nullable=False),
)

# Short labels, the same ones on many calls.
call_tags = Table(
    "call_tags",
    metadata,
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    Column("tag", Outside, primary_key=True),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False),
    Index(None, "campaign_id", "tag", "call_id"),
)

# The leg has the outcome as corrected; `was` of its first correction is what the caller told.
outcome_corrections = Table(
    "outcome_corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("leg_id", ForeignKey("legs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("who", Outside, nullable=False),
    Column("was", String),
    Column("became", String),
)

call_views = Table(
    "call_views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("organizer_id", ForeignKey("organizers.id"), nullable=False, index=True),
    Column("is_shared", Boolean, nullable=False),
    Column("name", Outside, nullable=False),
    Column("query", Text, nullable=False),
)
