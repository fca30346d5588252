"""Callers whose calls are not put through."""

import sqlalchemy as sa
from alembic import op

revision = "0012_caller_blocks"
down_revision = "0011_figure_months"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "caller_blocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_caller_blocks_campaign_id_campaigns"),
        sa.PrimaryKeyConstraint("id", name="pk_caller_blocks"),
        sa.UniqueConstraint("campaign_id", "pseudonym", name="uq_caller_blocks_campaign_id_pseudonym"),
    )
    op.create_index("ix_caller_blocks_digest", "caller_blocks", ["digest"])


def downgrade() -> None:
    op.drop_table("caller_blocks")
