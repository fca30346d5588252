"""What of the summary a caller has heard; calls that were over within three seconds are told apart.

Of calls that are there already nothing is known of it, so their facts stay as they are and no row is touched: what a
later change of one of them derives anew goes by the old rule.
"""

import sqlalchemy as sa
from alembic import op

from migrations import record_writes
from migrations.call_log_triggers import SECOND, THIRD, Shape, drop_triggers, triggers
from migrations.figure_triggers import hear

revision = "0020_heard_summaries"
down_revision = "0019_left_calls"
branch_labels = None
depends_on = None

_COLUMNS = ("summary_s", "heard_s")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("calls", sa.Column(name, sa.Integer(), nullable=True))
    _make_again(THIRD)


def downgrade() -> None:
    # An earlier release knows no such step.
    op.execute("UPDATE calls SET summary_s = NULL, heard_s = NULL WHERE summary_s IS NOT NULL")
    for statement in (*record_writes.drop(), *drop_triggers(), *hear(hears=False)):
        op.execute(statement)
    for name in _COLUMNS:
        op.drop_column("calls", name)
    for statement in (*triggers(SECOND), *record_writes.create()):
        op.execute(statement)


def _make_again(shape: Shape) -> None:
    made = (*record_writes.drop(), *drop_triggers(), *triggers(shape))
    for statement in (*made, *hear(hears=True), *record_writes.create(hears=True)):
        op.execute(statement)
