"""The tables. No phone number of a supporter is in any of them: `pseudonym` is all that is kept, and may be empty."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from app.store.columns import Count, Outside, Utc
from app.store.metadata import metadata

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String, nullable=False, unique=True),
    # Empty for a campaign that answers the installation's own number.
    Column("number", String, unique=True),
    Column("status", String, nullable=False),
    # The two tables point at each other, so this key is added once both exist.
    Column("live_version_id", ForeignKey("campaign_versions.id", use_alter=True)),
    Column("created_at", Utc, nullable=False),
    # When somebody ended it; empty while its status is another one.
    Column("ended_at", Utc),
    # The last call of which nothing is kept any more that leads to anybody.
    Column("nobodys_through", Integer, nullable=False, server_default="0"),
)

# Immutable: triggers of the database refuse every change and deletion.
campaign_versions = Table(
    "campaign_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("published_at", Utc, nullable=False),
    Column("note", Text, nullable=False),
    # Empty where it is not known.
    Column("published_by", Outside, nullable=False, server_default=""),
    UniqueConstraint("campaign_id", "version"),
)

# Sound for the telephone. A row is never changed: a version that plays it sounds as it did when it was published.
recordings = Table(
    "recordings",
    metadata,
    # 128 random bits in hexadecimal digits, which whoever asks for the sound must know.
    Column("id", String, primary_key=True),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False),
    Column("language", String, nullable=False),
    # The text that it was made for.
    Column("says", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("level_db", Float, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("made_by", String, nullable=False),
    # A hash of sound, language and text: the same recording is kept once.
    Column("fingerprint", String, nullable=False),
    Column("wav", LargeBinary, nullable=False),
    UniqueConstraint("campaign_id", "fingerprint"),
)

# What changes from call to call; how an office is named and reached stands in the campaign's versions.
offices = Table(
    "offices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False),
    Column("slug", String, nullable=False),
    Column("label", String, nullable=False),
    Column("cooled_until", Utc),
    Column("hidden_at", Utc),
    # The last two reports of callers who could not get through, the later one first.
    Column("could_not_1_at", Utc),
    Column("could_not_2_at", Utc),
    # Days are days in the campaign's time zone.
    Column("day", Date),
    Column("dials_on_day", Integer, nullable=False),
    UniqueConstraint("campaign_id", "slug"),
)

calls = Table(
    "calls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_sid", Outside, nullable=False, unique=True),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False),
    Column("version_id", ForeignKey("campaign_versions.id"), nullable=False),
    Column("pseudonym", String),
    Column("called", Outside, nullable=False),
    Column("direction", String, nullable=False),
    Column("language", String, nullable=False),
    Column("started_at", Utc, nullable=False),
    # The day and the hour in the campaign's zone in which it began; UTC's where they were never told.
    Column("day", Date),
    Column("hour", Integer),
    Column("ended_at", Utc),
    Column("duration_s", Count),
    Column("status", String, nullable=False),
    Column("last_step", String, nullable=False),
    Column("end_reason", String),
    Column("last_turn", Integer, nullable=False),
    Column("state", Text, nullable=False),
    # The second by which the summary that its latest turn speaks will have been heard, 0 if that speaks none, and the
    # one by which it has been, 0 if in a call before. Both are empty of calls that an earlier release began.
    Column("summary_s", Integer),
    Column("heard_s", Integer),
    # Simulated: left out of every figure, unless all of the installation is a demo.
    Column("is_test", Boolean, nullable=False),
    # An organizer said that it was a test: left out of every figure.
    Column("marked_test", Boolean, nullable=False, server_default=false()),
    Index(None, "started_at", "id"),
    Index(None, "campaign_id", "started_at", "id"),
    # The calls whose end was not told yet.
    Index(
        "ix_calls_open",
        "started_at",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    # The calls of one supporter.
    Index(
        "ix_calls_pseudonym",
        "campaign_id",
        "pseudonym",
        "started_at",
        "id",
        sqlite_where=text("pseudonym IS NOT NULL"),
        postgresql_where=text("pseudonym IS NOT NULL"),
    ),
)

legs = Table(
    "legs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", ForeignKey("calls.id"), nullable=False),
    # The turn that announced the office.
    Column("leg", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id"), nullable=False),
    Column("office_id", ForeignKey("offices.id"), nullable=False),
    Column("number", Outside, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("day", Date, nullable=False),
    Column("planned_at", Utc, nullable=False),
    Column("answered_at", Utc),
    Column("ended_at", Utc),
    Column("dial_call_sid", Outside, nullable=False),
    # `reported` is what the carrier said last of this leg; `status` adds what the end of its call means for it.
    Column("reported", String, nullable=False),
    Column("status", String, nullable=False),
    Column("line_result", String),
    Column("duration_s", Count),
    Column("bridged", Boolean),
    Column("disposition", String),
    UniqueConstraint("call_id", "leg"),
    # A call's legs are found by the constraint above, an office's live ones by this.
    Index(
        "ix_legs_live",
        "office_id",
        "planned_at",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    # Finished office calls of which the carrier never told how long they were.
    Index(
        "ix_legs_unmeasured",
        "planned_at",
        sqlite_where=text("status = 'completed' AND duration_s IS NULL"),
        postgresql_where=text("status = 'completed' AND duration_s IS NULL"),
    ),
    # Those whose end the carrier never told: it was concluded from the end of their call.
    Index(
        "ix_legs_concluded",
        "planned_at",
        sqlite_where=text("status <> reported"),
        postgresql_where=text("status <> reported"),
    ),
)

turns = Table(
    "turns",
    metadata,
    Column("call_sid", Outside, primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("step", String, nullable=False),
    Column("event", Outside, nullable=False),
    Column("at", Utc, nullable=False),
    # What was answered, so that a repeat gets the same bytes.
    Column("answer", Text, nullable=False),
    # How long it speaks, unless a release before kept it.
    Column("speech_s", Integer),
    Column("notes", JSON, nullable=False),
)

supporters = Table(
    "supporters",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    Column("pseudonym", String, primary_key=True),
    Column("language", String, nullable=False),
    Column("patient", Boolean, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("last_call_at", Utc, nullable=False),
)

supporter_offices = Table(
    "supporter_offices",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id"), primary_key=True),
    Column("pseudonym", String, primary_key=True),
    Column("office_id", ForeignKey("offices.id"), primary_key=True),
    Column("tried_at", Utc),
    Column("reached", Boolean, nullable=False),
    Column("day", Date),
    Column("bridges_on_day", Integer, nullable=False),
)

NO_LEG = -1
"""In `callbacks.leg`: the callback is of the call itself. A null would let the same callback in twice."""

NO_SEQUENCE = -1
"""In `callbacks.sequence`: the carrier gave no sequence number."""

# Every status callback as it came; `applied` once its call or leg was known.
callbacks = Table(
    "callbacks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_sid", Outside, nullable=False),
    Column("leg", Integer, nullable=False),
    Column("dial_call_sid", Outside, nullable=False),
    Column("status", Outside, nullable=False),
    Column("sequence", Count, nullable=False),
    Column("at", Utc, nullable=False),
    Column("duration_s", Count),
    Column("applied", Boolean, nullable=False),
    UniqueConstraint("call_sid", "leg", "dial_call_sid", "status", "sequence"),
)
