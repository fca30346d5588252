"""Column types that keep their meaning on both databases, whatever the carrier sends."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator

_INT32_MAX = 2**31 - 1
LONGEST = 128
"""How many characters are kept of a text that came from outside."""


def storable(text: str) -> str:
    """A text without what a database cannot hold: NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


class Utc(TypeDecorator[datetime]):
    """A moment in UTC; SQLite drops zones, so the zone is taken off going in and put back coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment in UTC, without its zone on SQLite; a time without a zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Outside(TypeDecorator[str]):
    """Text that came from outside: 128 characters of it, without what a database cannot hold (NUL, lone surrogates)."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Give the part of the text that every database and every index can hold."""
        if value is None:
            return None
        return storable(value[:LONGEST])


class Count(TypeDecorator[int]):
    """A number from outside, of seconds or of events, held within 32 bits."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Give the number, or the nearest one that fits."""
        return None if value is None else max(-1, min(value, _INT32_MAX))
