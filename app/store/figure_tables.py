"""The tables of the figures: a row of facts for each call, and how many calls a day have which.

They hold nothing of their own: triggers of the database derive them from the record (migrations/figure_triggers.py),
and a test derives them again.
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, text
from sqlalchemy.types import TypeEngine

from app.store.columns import Outside
from app.store.metadata import metadata

NEVER_DAYS = 99_999
"""In `gap_days`: the supporter had not called before, or is not known."""


_LARGE = BigInteger().with_variant(Integer(), "sqlite")
"""Of 22,000 first calls a sum is larger than what an integer of PostgreSQL holds."""


def _cell() -> list[Column[Any]]:
    return [
        Column("campaign_id", Integer, primary_key=True, autoincrement=False),
        # What is counted, and the part of it: a step of the flow, or the furthest step that was reached. Where calls
        # of all kinds are counted together, language, version and direction are empty.
        Column("chart", String, primary_key=True),
        Column("day", Date, primary_key=True),
        Column("is_test", Boolean, primary_key=True),
        Column("language", Outside, primary_key=True),
        Column("version_id", Integer, primary_key=True, autoincrement=False),
        Column("direction", String, primary_key=True),
        Column("part", String, primary_key=True),
        # The value; of a length in seconds, where its bucket begins; of an hour, that of the week.
        Column("bucket", Integer, primary_key=True, autoincrement=False),
    ]


def _counts(total: TypeEngine[int]) -> list[Column[Any]]:
    # How many calls, and the sum of their values.
    return [Column("n", Integer, nullable=False), Column("total", total, nullable=False)]


figure_facts = Table(
    "figure_facts",
    metadata,
    Column("call_id", ForeignKey("call_facts.call_id", ondelete="CASCADE"), primary_key=True),
    Column("campaign_id", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("is_test", Boolean, nullable=False),
    Column("language", Outside, nullable=False),
    Column("version_id", Integer, nullable=False),
    Column("direction", String, nullable=False),
    # The hour in the campaign's zone at which the call began.
    Column("hour", Integer, nullable=False),
    # Days since the supporter's call before.
    Column("gap_days", Integer, nullable=False),
    # The rest is known once the call is over. `attempts` is how many office calls it took to reach somebody.
    Column("step", Integer),
    Column("attempts", Integer),
    # What was being spoken when the caller hung up, and for how long it had been.
    Column("left_step", String),
    Column("talk_s", Integer),
    Column("left_s", Integer),
    # Seconds from the start of the call until it got so far.
    *(Column(f"{step}_s", Integer) for step in ("heard", "chose", "connected", "talked", "again")),
    Index(
        "ix_figure_facts_left",
        "campaign_id",
        "left_step",
        "day",
        "call_id",
        sqlite_where=text("left_step IS NOT NULL"),
        postgresql_where=text("left_step IS NOT NULL"),
    ),
)

figure_tallies = Table("figure_tallies", metadata, *_cell(), *_counts(_LARGE))

# The same once more by month, whose first day is `day`: years of figures are few rows.
figure_month_tallies = Table("figure_month_tallies", metadata, *_cell(), *_counts(_LARGE))

# What has not been added to the tallies yet: see app/store/call_log_tables.py.
figure_tally_changes = Table(
    "figure_tally_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    *(Column(column.name, column.type, nullable=False) for column in _cell()),
    *_counts(Integer()),
)
