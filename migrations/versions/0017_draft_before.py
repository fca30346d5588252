"""A draft remembers the text before its last change, so that the change can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0017_draft_before"
down_revision = "0016_large_sums"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign_drafts", sa.Column("body_before", sa.Text(), nullable=True))
    op.add_column("campaign_drafts", sa.Column("base_before", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("campaign_drafts", "base_before")
    op.drop_column("campaign_drafts", "body_before")
