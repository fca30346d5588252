"""The organization that runs the installation: its name, and the zone of the console's own times."""

import sqlalchemy as sa
from alembic import op

revision = "0013_organization"
down_revision = "0012_caller_blocks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organization"),
    )


def downgrade() -> None:
    op.drop_table("organization")
