"""The organizers: their accounts, sessions and links, tries to sign in, share links, and the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0002_organizers"
down_revision = "0001_the_record"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)

_REFUSE_ON_SQLITE = (
    """
    CREATE TRIGGER audit_keep_on_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit never changes'); END
    """,
    """
    CREATE TRIGGER audit_keep_on_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit never changes'); END
    """,
)

_REFUSE_ON_POSTGRESQL = (
    """
    CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit never changes'; END $$
    """,
    "CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION keep_audit()",
    "CREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION keep_audit()",
)


def upgrade() -> None:
    _create_organizers()
    _create_sign_in_sessions()
    _create_single_use_links()
    _create_sign_in_attempts()
    _create_share_links()
    _create_audit()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _REFUSE_ON_SQLITE if on_sqlite else _REFUSE_ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    # The triggers go with their table.
    for table in (
        "audit",
        "share_links",
        "sign_in_attempts",
        "single_use_links",
        "sign_in_sessions",
        "recovery_codes",
        "organizer_campaigns",
        "organizers",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_audit()")


def _create_organizers() -> None:
    op.create_table(
        "organizers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("all_campaigns", sa.Boolean(), nullable=False),
        sa.Column("may_search", sa.Boolean(), nullable=False),
        sa.Column("factor_secret", sa.String(), nullable=True),
        sa.Column("factor_step", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("disabled_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_organizers"),
        sa.UniqueConstraint("public_id", name="uq_organizers_public_id"),
        sa.UniqueConstraint("email", name="uq_organizers_email"),
    )
    op.create_table(
        "organizer_campaigns",
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        _key("organizer_campaigns", "organizer_id", "organizers"),
        _key("organizer_campaigns", "campaign_id", "campaigns"),
        sa.PrimaryKeyConstraint("organizer_id", "campaign_id", name="pk_organizer_campaigns"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        _key("recovery_codes", "organizer_id", "organizers"),
        sa.PrimaryKeyConstraint("organizer_id", "code_hash", name="pk_recovery_codes"),
    )


def _create_sign_in_sessions() -> None:
    op.create_table(
        "sign_in_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column("needs_factor", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("last_seen_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        _key("sign_in_sessions", "organizer_id", "organizers"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_sessions"),
        sa.UniqueConstraint("public_id", name="uq_sign_in_sessions_public_id"),
        sa.UniqueConstraint("token_hash", name="uq_sign_in_sessions_token_hash"),
    )
    op.create_index("ix_sign_in_sessions_organizer_id", "sign_in_sessions", ["organizer_id"])


def _create_single_use_links() -> None:
    op.create_table(
        "single_use_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        _key("single_use_links", "organizer_id", "organizers"),
        sa.PrimaryKeyConstraint("id", name="pk_single_use_links"),
        sa.UniqueConstraint("token_hash", name="uq_single_use_links_token_hash"),
    )
    op.create_index("ix_single_use_links_organizer_id", "single_use_links", ["organizer_id"])


def _create_sign_in_attempts() -> None:
    op.create_table(
        "sign_in_attempts",
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("empty_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_sign_in_attempts"),
    )
    op.create_index("ix_sign_in_attempts_empty_at", "sign_in_attempts", ["empty_at"])


def _create_share_links() -> None:
    op.create_table(
        "share_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        _key("share_links", "campaign_id", "campaigns"),
        _key("share_links", "made_by", "organizers"),
        sa.PrimaryKeyConstraint("id", name="pk_share_links"),
        sa.UniqueConstraint("public_id", name="uq_share_links_public_id"),
        sa.UniqueConstraint("token_hash", name="uq_share_links_token_hash"),
    )
    op.create_index("ix_share_links_campaign_id", "share_links", ["campaign_id"])


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("previous_hash", name="uq_audit_previous_hash"),
    )
    for column in ("deed", "who", "campaign"):
        op.create_index(f"ix_audit_{column}_id", "audit", [column, "id"])


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")
