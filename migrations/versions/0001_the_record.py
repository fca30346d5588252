"""The record: campaigns and their versions, offices, calls, legs, turns, supporters, callbacks."""

import sqlalchemy as sa
from alembic import op

revision = "0001_the_record"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)

_REFUSE_ON_SQLITE = (
    """
    CREATE TRIGGER campaign_versions_keep_on_update BEFORE UPDATE ON campaign_versions
    BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END
    """,
    """
    CREATE TRIGGER campaign_versions_keep_on_delete BEFORE DELETE ON campaign_versions
    BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END
    """,
)

_REFUSE_ON_POSTGRESQL = (
    """
    CREATE FUNCTION keep_campaign_versions() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a published version never changes'; END $$
    """,
    """
    CREATE TRIGGER campaign_versions_keep BEFORE UPDATE OR DELETE ON campaign_versions
    FOR EACH ROW EXECUTE FUNCTION keep_campaign_versions()
    """,
)


def upgrade() -> None:
    _create_campaigns()
    _create_offices()
    _create_calls()
    _create_legs()
    _create_turns()
    _create_supporters()
    _create_supporter_offices()
    _create_callbacks()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _REFUSE_ON_SQLITE if on_sqlite else _REFUSE_ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    for table in ("callbacks", "supporter_offices", "supporters", "turns", "legs", "calls", "offices"):
        op.drop_table(table)
    with op.batch_alter_table("campaigns") as batch:
        batch.drop_constraint("fk_campaigns_live_version_id_campaign_versions", type_="foreignkey")
    # The triggers go with their table.
    op.drop_table("campaign_versions")
    op.drop_table("campaigns")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_campaign_versions()")


def _create_campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("live_version_id", sa.Integer(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
        sa.UniqueConstraint("number", name="uq_campaigns_number"),
        sa.UniqueConstraint("slug", name="uq_campaigns_slug"),
    )
    op.create_table(
        "campaign_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_at", _MOMENT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        _key("campaign_versions", "campaign_id", "campaigns"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_versions"),
        sa.UniqueConstraint("campaign_id", "version", name="uq_campaign_versions_campaign_id_version"),
    )
    with op.batch_alter_table("campaigns") as batch:
        batch.create_foreign_key(
            "fk_campaigns_live_version_id_campaign_versions", "campaign_versions", ["live_version_id"], ["id"]
        )


def _create_offices() -> None:
    op.create_table(
        "offices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("cooled_until", _MOMENT, nullable=True),
        sa.Column("hidden_at", _MOMENT, nullable=True),
        sa.Column("could_not_1_at", _MOMENT, nullable=True),
        sa.Column("could_not_2_at", _MOMENT, nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("dials_on_day", sa.Integer(), nullable=False),
        _key("offices", "campaign_id", "campaigns"),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
        sa.UniqueConstraint("campaign_id", "slug", name="uq_offices_campaign_id_slug"),
    )


def _create_calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_sid", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=True),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("duration_s", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("last_step", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("last_turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        _key("calls", "campaign_id", "campaigns"),
        _key("calls", "version_id", "campaign_versions"),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        sa.UniqueConstraint("call_sid", name="uq_calls_call_sid"),
    )
    op.create_index("ix_calls_started_at_id", "calls", ["started_at", "id"])
    op.create_index("ix_calls_campaign_id_started_at_id", "calls", ["campaign_id", "started_at", "id"])


def _create_legs() -> None:
    op.create_table(
        "legs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("planned_at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("dial_call_sid", sa.String(), nullable=False),
        sa.Column("reported", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("line_result", sa.String(), nullable=True),
        sa.Column("duration_s", sa.Integer(), nullable=True),
        sa.Column("bridged", sa.Boolean(), nullable=True),
        sa.Column("disposition", sa.String(), nullable=True),
        _key("legs", "call_id", "calls"),
        _key("legs", "campaign_id", "campaigns"),
        _key("legs", "office_id", "offices"),
        sa.PrimaryKeyConstraint("id", name="pk_legs"),
        sa.UniqueConstraint("call_id", "leg", name="uq_legs_call_id_leg"),
    )
    live = sa.text("ended_at IS NULL")
    op.create_index("ix_legs_live", "legs", ["office_id", "planned_at"], sqlite_where=live, postgresql_where=live)


def _create_turns() -> None:
    op.create_table(
        "turns",
        sa.Column("call_sid", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("call_sid", "turn", name="pk_turns"),
    )


def _create_supporters() -> None:
    op.create_table(
        "supporters",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("patient", sa.Boolean(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("last_call_at", _MOMENT, nullable=False),
        _key("supporters", "campaign_id", "campaigns"),
        sa.PrimaryKeyConstraint("campaign_id", "pseudonym", name="pk_supporters"),
    )


def _create_supporter_offices() -> None:
    op.create_table(
        "supporter_offices",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("tried_at", _MOMENT, nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("bridges_on_day", sa.Integer(), nullable=False),
        _key("supporter_offices", "campaign_id", "campaigns"),
        _key("supporter_offices", "office_id", "offices"),
        sa.PrimaryKeyConstraint("campaign_id", "pseudonym", "office_id", name="pk_supporter_offices"),
    )


def _create_callbacks() -> None:
    op.create_table(
        "callbacks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_sid", sa.String(), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("dial_call_sid", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("duration_s", sa.Integer(), nullable=True),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_callbacks"),
        sa.UniqueConstraint(
            "call_sid",
            "leg",
            "dial_call_sid",
            "status",
            "sequence",
            name="uq_callbacks_call_sid_leg_dial_call_sid_status_sequence",
        ),
    )


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")
