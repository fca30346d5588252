"""When a campaign was ended, how far what was kept of its supporters is erased, and campaigns that are being erased."""

import sqlalchemy as sa
from alembic import op

revision = "0021_retention"
down_revision = "0020_heard_summaries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("ended_at", sa.DateTime(timezone=True)))
    op.add_column("campaigns", sa.Column("nobodys_through", sa.Integer(), nullable=False, server_default="0"))
    # It was not kept until now, so the time that supporters' data is kept begins now.
    op.execute("UPDATE campaigns SET ended_at = CURRENT_TIMESTAMP WHERE status = 'ended'")
    op.add_column("organization", sa.Column("kept_days", sa.Integer(), nullable=False, server_default="30"))
    op.create_table(
        "campaign_erasures",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_campaign_erasures_campaign_id_campaigns"),
        sa.PrimaryKeyConstraint("campaign_id", name="pk_campaign_erasures"),
    )


def downgrade() -> None:
    op.drop_table("campaign_erasures")
    op.drop_column("organization", "kept_days")
    op.drop_column("campaigns", "nobodys_through")
    op.drop_column("campaigns", "ended_at")
