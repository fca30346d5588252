"""Campaigns that are being edited, and who published a version."""

import sqlalchemy as sa
from alembic import op

revision = "0004_campaign_drafts"
down_revision = "0003_call_log"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_drafts",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_campaign_drafts_campaign_id_campaigns"),
        sa.PrimaryKeyConstraint("campaign_id", name="pk_campaign_drafts"),
    )
    # Nobody is known to have published what is there already.
    op.add_column("campaign_versions", sa.Column("published_by", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("campaign_versions", "published_by")
    op.drop_table("campaign_drafts")
    # What was never published has no place in an earlier release.
    op.execute(
        "DELETE FROM organizer_campaigns WHERE campaign_id IN (SELECT id FROM campaigns WHERE live_version_id IS NULL)"
    )
    op.execute("DELETE FROM campaigns WHERE live_version_id IS NULL")
