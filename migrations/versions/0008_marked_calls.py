"""Calls marked as tests, where calls came from, tags, and what an organizer prefers.

Facts and tallies get two columns more, so the tallies are made anew, from the facts.
"""

import sqlalchemy as sa
from alembic import op

from migrations.call_log_tallies import create_tallies, drop_tallies
from migrations.call_log_triggers import FIRST, SECOND, Shape, drop_triggers, fill_tallies, triggers
from migrations.figure_triggers import drop_mark_triggers, mark_triggers

revision = "0008_marked_calls"
down_revision = "0007_recordings"
branch_labels = None
depends_on = None

_NO = sa.false()


def upgrade() -> None:
    _without_triggers()
    op.add_column("calls", sa.Column("marked_test", sa.Boolean(), nullable=False, server_default=_NO))
    op.add_column("call_facts", sa.Column("came_from", sa.String(), nullable=False, server_default="dialed-in"))
    for table in ("call_facts", "leg_facts"):
        op.add_column(table, sa.Column("is_left_out", sa.Boolean(), nullable=False, server_default=_NO))
    for statement in mark_triggers():
        op.execute(statement)
    _set("call_facts", "came_from = 'call-me'", "c.direction = 'outbound'")
    for table in ("call_facts", "leg_facts"):
        _set(table, "is_left_out = true", "c.end_reason = 'blocked'")
    _with_triggers(SECOND)
    _create_tags()
    _create_preferences()


def downgrade() -> None:
    op.drop_table("organizer_preferences")
    op.drop_table("call_tags")
    _without_triggers()
    op.execute("UPDATE call_facts SET is_left_out = false WHERE is_left_out")
    for statement in drop_mark_triggers():
        op.execute(statement)
    for table in ("call_facts", "leg_facts"):
        op.drop_column(table, "is_left_out")
    op.drop_column("call_facts", "came_from")
    op.drop_column("calls", "marked_test")
    _with_triggers(FIRST)


def _set(table: str, change: str, of_calls: str) -> None:
    these = f"SELECT 1 FROM calls c WHERE c.id = {table}.call_id AND {of_calls}"  # noqa: S608 - our own words alone
    op.execute(f"UPDATE {table} SET {change} WHERE EXISTS ({these})")  # noqa: S608 - the same


def _without_triggers() -> None:
    for statement in drop_triggers():
        op.execute(statement)
    drop_tallies()


def _with_triggers(shape: Shape) -> None:
    create_tallies(shape)
    for statement in (*fill_tallies(shape), *triggers(shape)):
        op.execute(statement)


def _create_tags() -> None:
    op.create_table(
        "call_tags",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_call_tags_call_id_calls", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_call_tags_campaign_id_campaigns"),
        sa.PrimaryKeyConstraint("call_id", "tag", name="pk_call_tags"),
    )
    op.create_index("ix_call_tags_campaign_id_tag_call_id", "call_tags", ["campaign_id", "tag", "call_id"])


def _create_preferences() -> None:
    organizer = sa.ForeignKeyConstraint(
        ["organizer_id"], ["organizers.id"], name="fk_organizer_preferences_organizer_id_organizers"
    )
    op.create_table(
        "organizer_preferences",
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        organizer,
        sa.PrimaryKeyConstraint("organizer_id", "name", name="pk_organizer_preferences"),
    )
