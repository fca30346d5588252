"""Who has a campaign open in the editor, so that others are told."""

import sqlalchemy as sa
from alembic import op

revision = "0018_draft_editors"
down_revision = "0017_draft_before"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_editors",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_draft_editors_campaign_id_campaigns"),
        sa.ForeignKeyConstraint(["organizer_id"], ["organizers.id"], name="fk_draft_editors_organizer_id_organizers"),
        sa.PrimaryKeyConstraint("campaign_id", "organizer_id", name="pk_draft_editors"),
    )


def downgrade() -> None:
    op.drop_table("draft_editors")
