"""A long log in minutes: copies of a small one, of other callers and other weeks, made by the database itself.

Keeping a million calls one by one would take hours. The record's triggers rest meanwhile: what they would have made of
each call is copied with it, and the tallies are counted in the end, by the SQL of the migrations. A test lets the
triggers make all of it again.
"""

# ruff: noqa: S608 - these statements are made of our own names alone

import hashlib
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, insert

from app.store.database import Database
from app.store.tables import calls
from migrations import call_log_triggers, figure_tallies
from scripts.benchmarks.copies import Copy, copying
from scripts.benchmarks.progress import tell
from scripts.benchmarks.seed import DERIVED, KEPT, Seed

_AT_ONCE = 10
_TELL_EVERY_S = 5.0
_TABLES = (*KEPT, *DERIVED)
_TALLIES = [f"{kind}_tallies" for kind in ("call", "leg", "figure", "figure_month")]
_CHANGES = [f"{kind}_tally_changes" for kind in ("call", "leg", "figure")]


def fill_log(url: str, seed: Seed, least: int) -> int:
    """Fill an empty log with at least so many calls, in whole copies of the seed; gives how many there are then."""
    size = len(seed[calls])
    copies = -(-least // size)
    with closing(Database(url, is_patient=True)) as database, database.engine.connect() as connection:
        _make_quick(connection)
        with connection.begin(), _without_triggers(connection):
            _plant(connection, seed)
        _make_copies(connection, seed, copies)
        with connection.begin():
            _count_again(connection)
        _settle(connection)
    return size * copies


def _make_quick(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.create_function("md5", 1, _md5, deterministic=True)
        # If the machine fails now, there is no log to measure: nothing has to be durable.
        for pragma in ("synchronous = OFF", "cache_size = -400000"):
            driver.execute(f"PRAGMA {pragma}").close()
        return
    for setting in ("statement_timeout = 0", "synchronous_commit = off"):
        driver.execute(f"SET {setting}")
    driver.commit()


def _md5(name: str | None) -> str | None:
    # It makes names that are spread as evenly as those of real calls, nothing else.
    return name and hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def _plant(connection: Connection, seed: Seed) -> None:
    for table in _TABLES:
        connection.execute(insert(table), seed[table])
        connection.exec_driver_sql(f"CREATE TEMP TABLE seed_{table.name} AS SELECT * FROM {table.name}")


def _make_copies(connection: Connection, seed: Seed, copies: int) -> None:
    size = len(seed[calls])
    largest = {table.name: max(row["id"] for row in rows) for table, rows in seed.items() if "id" in table.c and rows}
    began = told = time.monotonic()
    for first in range(1, copies, _AT_ONCE):
        with connection.begin(), _without_triggers(connection):
            for number in range(first, min(first + _AT_ONCE, copies)):
                for statement in copying(_TABLES, Copy(number, largest), connection):
                    connection.exec_driver_sql(statement)
        if time.monotonic() - told > _TELL_EVERY_S:
            told, done = time.monotonic(), min(first + _AT_ONCE, copies) * size
            tell(f"{done:,} of {copies * size:,} calls in the log, {done / (told - began):,.0f} a second")


@contextmanager
def _without_triggers(connection: Connection) -> Iterator[None]:
    """Let the triggers of the record rest in this transaction."""
    if connection.dialect.name != "sqlite":
        # Neither triggers nor foreign keys are looked after, until the transaction ends.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield
        return
    triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for trigger in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger.name}")
    yield
    for trigger in triggers:
        connection.exec_driver_sql(trigger.sql)


def _count_again(connection: Connection) -> None:
    with Operations.context(MigrationContext.configure(connection)):
        counting = call_log_triggers.fill_tallies(call_log_triggers.THIRD)
        counting += figure_tallies.count_again(figure_tallies.SECOND)
    tell("counting the calls")
    for statement in (*(f"DELETE FROM {name}" for name in (*_TALLIES, *_CHANGES)), *counting):
        connection.exec_driver_sql(statement)


def _settle(connection: Connection) -> None:
    """What a database does by itself in the months that such a log takes to grow."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        return
    for name in (table.name for table in _TABLES if "id" in table.c):
        driver.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT MAX(id) FROM {name}))")
    driver.commit()
    driver.autocommit = True
    driver.execute("VACUUM ANALYZE")
