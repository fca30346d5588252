"""On PostgreSQL the writes of webhooks are planned once a connection, and by indexes alone."""

from alembic import op

from migrations.call_log_triggers import on_sqlite
from migrations.record_writes import PLANNED, VIEW

revision = "0015_planned_writes"
down_revision = "0014_concluded_legs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if not on_sqlite():
        op.execute(PLANNED)


def downgrade() -> None:
    if not on_sqlite():
        op.execute(f"ALTER FUNCTION keep_{VIEW}() RESET ALL")
