"""The sums of the figures have room for a surge: a first call counts 99,999 days since the one before."""

import sqlalchemy as sa
from alembic import op

revision = "0016_large_sums"
down_revision = "0015_planned_writes"
branch_labels = None
depends_on = None

_TABLES = ("figure_tallies", "figure_month_tallies")


def upgrade() -> None:
    # SQLite's integers have room as they are.
    if op.get_bind().dialect.name == "postgresql":
        for table in _TABLES:
            op.alter_column(table, "total", type_=sa.BigInteger())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _TABLES:
            op.alter_column(table, "total", type_=sa.Integer(), postgresql_using="LEAST(total, 2147483647)")
