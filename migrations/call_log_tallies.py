"""The tables of the call log's tallies, for whichever shape."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.call_log_triggers import Shape

_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "day": sa.Date,
    **dict.fromkeys(("language", "line", "outcome", "came_from"), sa.String),
    **dict.fromkeys(("campaign_id", "office_id", "step"), sa.Integer),
}
"""Of a cell; whatever is not named here is a flag."""


def create_tallies(shape: Shape) -> None:
    """Make the tallies and, beside each, the changes that are not added to it yet."""
    for kind, (cell, counts) in shape.tallies.items():
        table = f"{kind}_tallies"
        op.create_table(table, *_columns(cell, counts), sa.PrimaryKeyConstraint(*cell, name=f"pk_{table}"))
        table = f"{kind}_tally_changes"
        number = sa.Column("id", sa.Integer(), nullable=False)
        op.create_table(table, number, *_columns(cell, counts), sa.PrimaryKeyConstraint("id", name=f"pk_{table}"))


def drop_tallies() -> None:
    """Take them away."""
    for kind in ("call", "leg"):
        op.drop_table(f"{kind}_tally_changes")
        op.drop_table(f"{kind}_tallies")


def _columns(cell: list[str], counts: list[str]) -> list[sa.Column[Any]]:
    types = {**{name: _TYPES.get(name, sa.Boolean) for name in cell}, **dict.fromkeys(counts, sa.Integer)}
    return [sa.Column(name, kind(), nullable=False) for name, kind in types.items()]
