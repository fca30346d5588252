"""The figures: what each call comes to, counted by day; how long each turn speaks; the hour at which a call began."""

from datetime import UTC, datetime, time, timedelta
from json import loads
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from migrations.call_log_triggers import on_sqlite
from migrations.figure_tallies import CELL, COUNTS, FIRST, drop_tally_triggers, tally_triggers
from migrations.figure_triggers import AT_THE_END, OF_CALL, fill, triggers

revision = "0005_figures"
down_revision = "0004_campaign_drafts"
branch_labels = None
depends_on = None

_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "day": sa.Date,
    "is_test": sa.Boolean,
    **dict.fromkeys(("language", "direction", "chart", "part", "left_step"), sa.String),
}
_CALLS = sa.table(
    "calls",
    sa.column("campaign_id", sa.Integer),
    sa.column("started_at", sa.DateTime(timezone=True)),
    sa.column("day", sa.Date),
    sa.column("hour", sa.Integer),
)


def upgrade() -> None:
    op.add_column("turns", sa.Column("speech_s", sa.Integer(), nullable=True))
    op.add_column("calls", sa.Column("hour", sa.Integer(), nullable=True))
    op.create_table(
        "figure_facts",
        *_columns("call_id", *OF_CALL, "hour", "gap_days"),
        *(_column(name, is_nullable=True) for name in AT_THE_END),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call_facts.call_id"], name="fk_figure_facts_call_id_call_facts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", name="pk_figure_facts"),
    )
    columns = (*CELL, *COUNTS)
    op.create_table("figure_tallies", *_columns(*columns), sa.PrimaryKeyConstraint(*CELL, name="pk_figure_tallies"))
    key = sa.PrimaryKeyConstraint("id", name="pk_figure_tally_changes")
    op.create_table("figure_tally_changes", *_columns("id", *columns), key)
    _fill_hours()
    for statement in (*triggers(), *tally_triggers(FIRST), *fill()):
        op.execute(statement)


def downgrade() -> None:
    if on_sqlite():
        for name in ("insert", "update", "gaps", "late"):
            op.execute(f"DROP TRIGGER keep_figures_{name}")
    else:
        for name in ("keep_figures", "keep_figure_gaps", "keep_late_figures"):
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    for statement in drop_tally_triggers():
        op.execute(statement)
    for table in ("figure_facts", "figure_tally_changes", "figure_tallies"):
        op.drop_table(table)
    op.drop_column("calls", "hour")
    op.drop_column("turns", "speech_s")


def _columns(*names: str) -> list[sa.Column[Any]]:
    return [_column(name) for name in names]


def _column(name: str, *, is_nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _TYPES.get(name, sa.Integer)(), nullable=is_nullable)


def _fill_hours() -> None:
    """The hours of the calls that there are, in their campaigns' zones, a day at a time."""
    connection = op.get_bind()
    live = sa.text("SELECT c.id, v.body FROM campaigns c JOIN campaign_versions v ON v.id = c.live_version_id")
    zones = {row.id: ZoneInfo(loads(row.body).get("time_zone", "UTC")) for row in connection.execute(live)}
    days = sa.select(_CALLS.c.campaign_id, _CALLS.c.day).where(_CALLS.c.day.is_not(None)).distinct()
    for campaign, day in connection.execute(days).all():
        start = datetime.combine(day, time(), tzinfo=zones.get(campaign, ZoneInfo("UTC"))).astimezone(UTC)
        # 25 hours, for the day on which clocks are put back.
        for hour in (start + timedelta(hours=passed) for passed in range(25)):
            local = hour.astimezone(zones.get(campaign, ZoneInfo("UTC"))).hour
            bounds = (_CALLS.c.started_at >= _plain(hour), _CALLS.c.started_at < _plain(hour + timedelta(hours=1)))
            this = (_CALLS.c.campaign_id == campaign, _CALLS.c.day == day, *bounds)
            op.execute(_CALLS.update().where(*this).values(hour=local))


def _plain(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None) if on_sqlite() else moment
