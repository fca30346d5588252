"""Chores that one process does for all; calls and legs whose end was never told, each in an index of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0006_chores"
down_revision = "0005_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chores",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    is_open = sa.text("ended_at IS NULL")
    op.create_index("ix_calls_open", "calls", ["started_at"], sqlite_where=is_open, postgresql_where=is_open)
    lacks = sa.text("status = 'completed' AND duration_s IS NULL")
    op.create_index("ix_legs_unmeasured", "legs", ["planned_at"], sqlite_where=lacks, postgresql_where=lacks)


def downgrade() -> None:
    op.drop_index("ix_legs_unmeasured", "legs")
    op.drop_index("ix_calls_open", "calls")
    op.drop_table("chores")
