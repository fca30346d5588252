"""Buckets of tries: each try fills its buckets a little, and they empty with time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from app.store.organizer_tables import sign_in_attempts
from app.store.statements import insert_once

_table = sign_in_attempts


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket that takes `tries` at once, and one more each `pause`."""

    name: str
    tries: int
    pause: timedelta


def look(connection: Connection, buckets: Iterable[Bucket], now: datetime) -> timedelta | None:
    """How long one of the buckets will be full, or None; nothing is written, so that a flood costs no writes."""
    wanted = {bucket.name: bucket for bucket in buckets}
    rows = connection.execute(select(_table.c.bucket, _table.c.empty_at).where(_table.c.bucket.in_(sorted(wanted))))
    full = [row.empty_at + (1 - wanted[row.bucket].tries) * wanted[row.bucket].pause - now for row in rows]
    longest = max(full, default=timedelta())
    return longest if longest > timedelta() else None


def take(connection: Connection, buckets: Iterable[Bucket], now: datetime) -> timedelta | None:
    """Put a try into all buckets; where one is full, into none, and say how long it will be so."""
    connection.execute(delete(_table).where(_table.c.empty_at <= now))  # what is empty need not be kept
    # Always in the same order, so that two at once do not wait for each other.
    wanted = sorted(buckets, key=lambda bucket: bucket.name)
    filled = {bucket: _empty_at(connection, bucket, now) + bucket.pause for bucket in wanted}
    waits = [empty_at - now - bucket.tries * bucket.pause for bucket, empty_at in filled.items()]
    if max(waits) > timedelta():
        return max(waits)
    for bucket, empty_at in filled.items():
        connection.execute(_table.update().where(_table.c.bucket == bucket.name).values(empty_at=empty_at))
    return None


def clear(connection: Connection, names: Iterable[str]) -> None:
    """Empty buckets: who was asked has shown who they are."""
    connection.execute(delete(_table).where(_table.c.bucket.in_(sorted(names))))


def _empty_at(connection: Connection, bucket: Bucket, now: datetime) -> datetime:
    insert_once(connection, _table, ("bucket",), {"bucket": bucket.name, "empty_at": now})
    found = select(_table.c.empty_at).where(_table.c.bucket == bucket.name).with_for_update()
    empty_at: datetime = connection.execute(found).scalar_one()
    return max(empty_at, now)
