"""The tables of the organizers and what they do. Passwords, tokens and codes are kept as hashes alone."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from app.store.columns import Outside, Utc
from app.store.metadata import metadata

organizers = Table(
    "organizers",
    metadata,
    Column("id", Integer, primary_key=True),
    # What addresses name a person by: it cannot be guessed.
    Column("public_id", String, nullable=False, unique=True),
    # In lower case.
    Column("email", String, nullable=False, unique=True),
    # Empty until the invitation is accepted.
    Column("password_hash", String),
    Column("role", String, nullable=False),
    Column("all_campaigns", Boolean, nullable=False),
    Column("may_search", Boolean, nullable=False),
    # Encrypted, and empty without a second factor.
    Column("factor_secret", String),
    # The time step of the last code that was taken: none is taken twice.
    Column("factor_step", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("disabled_at", Utc),
)

# What somebody likes the console to be like, by name.
organizer_preferences = Table(
    "organizer_preferences",
    metadata,
    Column("organizer_id", ForeignKey("organizers.id"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

organizer_campaigns = Table(
    "organizer_campaigns",
    metadata,
    Column("organizer_id", ForeignKey("organizers.id"), primary_key=True),
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("organizer_id", ForeignKey("organizers.id"), primary_key=True),
    Column("code_hash", String, primary_key=True),
)

sign_in_sessions = Table(
    "sign_in_sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("public_id", String, nullable=False, unique=True),
    Column("token_hash", String, nullable=False, unique=True),
    Column("organizer_id", ForeignKey("organizers.id"), nullable=False, index=True),
    # The password was right; the second factor is still to come.
    Column("needs_factor", Boolean, nullable=False),
    Column("place", Outside, nullable=False),
    Column("browser", Outside, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("last_seen_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)

single_use_links = Table(
    "single_use_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("organizer_id", ForeignKey("organizers.id"), nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
)

# How full each bucket of tries is, told by the moment at which it will be empty again.
sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("bucket", String, primary_key=True),
    Column("empty_at", Utc, nullable=False, index=True),
)

share_links = Table(
    "share_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("public_id", String, nullable=False, unique=True),
    Column("token_hash", String, nullable=False, unique=True),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("made_by", ForeignKey("organizers.id"), nullable=False),
    Column("purpose", Outside, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)

# Append-only: triggers of the database refuse every change and deletion, and each row's hash covers the one before.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    # As they were called at the time; empty where nobody had signed in.
    Column("who", Outside, nullable=False),
    Column("deed", String, nullable=False),
    # The slug, or empty.
    Column("campaign", String, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("place", Outside, nullable=False),
    Column("previous_hash", String, nullable=False, unique=True),
    Column("hash", String, nullable=False),
    Index(None, "deed", "id"),
    Index(None, "who", "id"),
    Index(None, "campaign", "id"),
)
