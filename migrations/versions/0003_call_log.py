"""The call log: facts and tallies that triggers keep, notes, corrections, saved views.

A later revision that rebuilds `calls` or `legs` on SQLite (batch mode) must make these triggers again.
"""

from datetime import UTC, datetime, time, timedelta
from json import loads
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from migrations.call_log_tallies import create_tallies, drop_tallies
from migrations.call_log_triggers import BY_NAMES, FIRST, drop_triggers, fill, on_sqlite, triggers

revision = "0003_call_log"
down_revision = "0002_organizers"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("calls", sa.Column("day", sa.Date(), nullable=True))
    of_supporters = sa.text("pseudonym IS NOT NULL")
    columns = ["campaign_id", "pseudonym", "started_at", "id"]
    op.create_index("ix_calls_pseudonym", "calls", columns, sqlite_where=of_supporters, postgresql_where=of_supporters)
    _create_facts()
    create_tallies(FIRST)
    _create_additions()
    _fill_days()
    # The facts' own triggers come first, so that the tallies fill themselves.
    for statement in (*triggers(FIRST), *fill(FIRST)):
        op.execute(statement)


def downgrade() -> None:
    for statement in drop_triggers():
        op.execute(statement)
    for table in ("call_views", "outcome_corrections", "call_notes", "leg_facts", "call_facts"):
        op.drop_table(table)
    drop_tallies()
    op.drop_index("ix_calls_pseudonym", "calls")
    op.drop_column("calls", "day")


def _create_facts() -> None:
    flags = ("is_test", "is_over", "is_returning", "is_short", "is_failed", "has_note", "needs_attention")
    op.create_table(
        "call_facts",
        *_columns(sa.Integer, "call_id", "campaign_id", "step", "visit"),
        *_columns(sa.Date, "day"),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        *_columns(sa.Boolean, *flags),
        _key("call_facts", "call_id", "calls", "CASCADE"),
        sa.PrimaryKeyConstraint("call_id", name="pk_call_facts"),
    )
    _index("call_facts", "campaign_id", "day", "started_at", "call_id")
    op.create_table(
        "leg_facts",
        *_columns(sa.Integer, "leg_id", "call_id", "campaign_id", "office_id", *BY_NAMES),
        *_columns(sa.Date, "day"),
        sa.Column("started_at", _MOMENT, nullable=False),
        *_columns(sa.Boolean, "is_test"),
        *_columns(sa.String, "line", "outcome"),
        _key("leg_facts", "leg_id", "legs", "CASCADE"),
        sa.PrimaryKeyConstraint("leg_id", name="pk_leg_facts"),
    )
    _index("leg_facts", "call_id")
    _index("leg_facts", "campaign_id", "day", "started_at", "call_id", "leg_id")
    order = ["campaign_id", "office_id", "day", "started_at", "call_id", "leg_id"]
    op.create_index("ix_leg_facts_office", "leg_facts", order)


def _create_additions() -> None:
    _create_addition(
        "call_notes",
        _key("call_notes", "call_id", "calls", "CASCADE"),
        _key("call_notes", "campaign_id", "campaigns"),
        *_columns(sa.Integer, "call_id", "campaign_id"),
        sa.Column("at", _MOMENT, nullable=False),
        *_columns(sa.String, "who"),
        *_columns(sa.Text, "text"),
    )
    _create_addition(
        "outcome_corrections",
        _key("outcome_corrections", "leg_id", "legs", "CASCADE"),
        *_columns(sa.Integer, "leg_id"),
        sa.Column("at", _MOMENT, nullable=False),
        *_columns(sa.String, "who"),
        sa.Column("was", sa.String(), nullable=True),
        sa.Column("became", sa.String(), nullable=True),
    )
    _create_addition(
        "call_views",
        _key("call_views", "campaign_id", "campaigns"),
        _key("call_views", "organizer_id", "organizers"),
        *_columns(sa.Integer, "campaign_id", "organizer_id"),
        *_columns(sa.Boolean, "is_shared"),
        *_columns(sa.String, "name"),
        *_columns(sa.Text, "query"),
    )


def _create_addition(table: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(table, *_columns(sa.Integer, "id"), *parts, sa.PrimaryKeyConstraint("id", name=f"pk_{table}"))
    for part in parts:
        if isinstance(part, sa.ForeignKeyConstraint):
            _index(table, *part.column_keys)


def _columns(kind: type[sa.types.TypeEngine[Any]], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind(), nullable=False) for name in names]


def _key(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _fill_days() -> None:
    for campaign, zone, first, last in _spans():
        day = first.astimezone(zone).date()
        while (start := datetime.combine(day, time(), tzinfo=zone)) <= last:
            end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
            bounds = (_CALLS.c.started_at >= _utc(start), _CALLS.c.started_at < _utc(end))
            op.execute(_CALLS.update().where(_CALLS.c.campaign_id == campaign, *bounds).values(day=day))
            day += timedelta(days=1)


_CALLS = sa.table(
    "calls", sa.column("campaign_id", sa.Integer), sa.column("started_at", _MOMENT), sa.column("day", sa.Date)
)


def _spans() -> list[tuple[int, ZoneInfo, datetime, datetime]]:
    live = sa.text("SELECT c.id, v.body FROM campaigns c JOIN campaign_versions v ON v.id = c.live_version_id")
    zones = {row.id: ZoneInfo(loads(row.body).get("time_zone", "UTC")) for row in op.get_bind().execute(live)}
    moments = (sa.func.min(_CALLS.c.started_at), sa.func.max(_CALLS.c.started_at))
    found = op.get_bind().execute(sa.select(_CALLS.c.campaign_id, *moments).group_by(_CALLS.c.campaign_id)).all()
    aware = [(row[0], *(at if at.tzinfo else at.replace(tzinfo=UTC) for at in row[1:])) for row in found]
    return [(campaign, zones.get(campaign, ZoneInfo("UTC")), *span) for campaign, *span in aware]


def _utc(at: datetime) -> datetime:
    moment = at.astimezone(UTC)
    return moment.replace(tzinfo=None) if on_sqlite() else moment
