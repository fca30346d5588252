"""An index of the calls whose callers hung up while the hotline spoke, so that they are listed by what was spoken."""

import sqlalchemy as sa
from alembic import op

revision = "0019_left_calls"
down_revision = "0018_draft_editors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns, left = ["campaign_id", "left_step", "day", "call_id"], sa.text("left_step IS NOT NULL")
    op.create_index("ix_figure_facts_left", "figure_facts", columns, sqlite_where=left, postgresql_where=left)


def downgrade() -> None:
    op.drop_index("ix_figure_facts_left", "figure_facts")
