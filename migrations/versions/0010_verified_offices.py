"""Who has verified an office, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0010_verified_offices"
down_revision = "0009_record_writes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "verified_offices",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("with_hours", sa.Boolean(), nullable=False),
        sa.Column("verified_by", sa.String(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_verified_offices_campaign_id_campaigns"),
        sa.PrimaryKeyConstraint("campaign_id", "office", name="pk_verified_offices"),
    )


def downgrade() -> None:
    op.drop_table("verified_offices")
