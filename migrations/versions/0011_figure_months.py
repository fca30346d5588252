"""The figures are counted by month as well, so that those of years cost as little as those of weeks."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.figure_tallies import (
    CELL,
    COUNTS,
    FIRST,
    SECOND,
    Shape,
    count_again,
    drop_tally_triggers,
    tally_triggers,
)

revision = "0011_figure_months"
down_revision = "0010_verified_offices"
branch_labels = None
depends_on = None

_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "day": sa.Date,
    "is_test": sa.Boolean,
    **dict.fromkeys(("language", "direction", "chart", "part"), sa.String),
}


def upgrade() -> None:
    columns = [sa.Column(name, _TYPES.get(name, sa.Integer)(), nullable=False) for name in (*CELL, *COUNTS)]
    key = sa.PrimaryKeyConstraint(*CELL, name="pk_figure_month_tallies")
    op.create_table("figure_month_tallies", *columns, key)
    _count_by(SECOND)


def downgrade() -> None:
    _count_by(FIRST)
    op.drop_table("figure_month_tallies")


def _count_by(shape: Shape) -> None:
    for statement in (*drop_tally_triggers(), *count_again(shape), *tally_triggers(shape)):
        op.execute(statement)
