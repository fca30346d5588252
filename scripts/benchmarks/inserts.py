"""The table of the second yardstick, and its one INSERT."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, String, Table, Text

from app.store.database import Database

_WEBHOOKS = Table(
    "bench_webhooks",
    MetaData(),
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    Column("call_sid", String(64), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("answer", Text, nullable=False),
)


def make_table(database: Database) -> None:
    """Make the table that the second yardstick inserts into."""
    with database.write() as connection:
        _WEBHOOKS.create(connection)


def insert(database: Database, call_sid: str, answer: str) -> None:
    """Keep one webhook, committed on return."""
    with database.write() as connection:
        connection.execute(_WEBHOOKS.insert().values(call_sid=call_sid, at=datetime.now(UTC), answer=answer))
