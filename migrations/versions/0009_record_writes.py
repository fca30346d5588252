"""The view through which a webhook leaves all it has to leave in one statement."""

from alembic import op

from migrations.record_writes import create, drop

revision = "0009_record_writes"
down_revision = "0008_marked_calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in create():
        op.execute(statement)


def downgrade() -> None:
    for statement in drop():
        op.execute(statement)
