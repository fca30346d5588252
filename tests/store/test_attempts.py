"""Buckets of tries: so many at once, one more each pause, and all of them or none."""

import threading
from datetime import timedelta

import pytest

from app.services.throttle import UNKNOWN_PLACE, place_of
from app.store.attempts import Bucket, clear, take
from app.store.database import Database
from tests.store.making import after

SMALL = Bucket("small", 2, timedelta(seconds=60))
LARGE = Bucket("large", 4, timedelta(seconds=10))


def tried(database: Database, seconds: float, *buckets: Bucket) -> float:
    """How long to wait, in seconds; 0 if the try may go on."""
    with database.write() as connection:
        wait = take(connection, buckets, after(seconds))
    return 0 if wait is None else wait.total_seconds()


def test_a_bucket_takes_its_tries_and_then_one_each_pause(database: Database) -> None:
    assert [tried(database, 0, SMALL) for _ in range(3)] == [0, 0, 60]
    assert tried(database, 59, SMALL) == 1
    assert [tried(database, 60, SMALL) for _ in range(2)] == [0, 60]
    assert [tried(database, 1000, SMALL) for _ in range(3)] == [0, 0, 60]


def test_a_try_fills_all_of_its_buckets_or_none(database: Database) -> None:
    for _ in range(2):
        tried(database, 0, SMALL, LARGE)
    assert [tried(database, 0, SMALL, LARGE) for _ in range(5)] == [60] * 5
    assert [tried(database, 0, LARGE) for _ in range(3)] == [0, 0, 10]


def test_a_bucket_can_be_emptied(database: Database) -> None:
    for _ in range(2):
        tried(database, 0, SMALL)
    with database.write() as connection:
        clear(connection, ["small"])
    assert tried(database, 0, SMALL) == 0


def test_tries_at_the_same_instant_are_all_counted(database: Database) -> None:
    waits: list[float] = []

    def keep(*order: Bucket) -> None:
        waits.append(tried(database, 0, *order))

    threads = [threading.Thread(target=keep, args=order) for order in [(SMALL, LARGE), (LARGE, SMALL)] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [0, 0] + [60] * 6


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", UNKNOWN_PLACE),
        ("evil, 1.2.3.4", UNKNOWN_PLACE),
    ],
)
def test_the_network_of_an_address(address: str, place: str) -> None:
    assert place_of(address) == place
