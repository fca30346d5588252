"""An index of the office calls whose end was concluded from the end of their call, so that the carrier is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0014_concluded_legs"
down_revision = "0013_organization"
branch_labels = None
depends_on = None


def upgrade() -> None:
    concluded = sa.text("status <> reported")
    op.create_index("ix_legs_concluded", "legs", ["planned_at"], sqlite_where=concluded, postgresql_where=concluded)


def downgrade() -> None:
    op.drop_index("ix_legs_concluded", "legs")
