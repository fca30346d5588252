"""Whatever is wrong with the database is one exception, whose message says what to do; what was kept stays kept."""

import socket
import sqlite3
import time
from contextlib import ExitStack, closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import delete, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.store.columns import Utc
from app.store.database import Database, StoreUnavailable
from app.store.health import problem
from app.store.tables import calls, offices, turns
from tests.store.hanging import hanging_proxy
from tests.store.making import after, publish, row, rows, save, turn


def limit(database: Database, pragma: str, value: int) -> None:
    """Sets a pragma in all connections of an SQLite database from now on."""
    database.close()

    def set_it(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}={value}").close()

    event.listen(database.engine, "connect", set_it)


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_f5_a_refused_connection() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        database = Database(f"postgresql://nobody@127.0.0.1:{unused.getsockname()[1]}/none")
        with pytest.raises(StoreUnavailable, match="Check that it runs") as raised, database.read():
            pass
    assert isinstance(raised.value.__cause__, Exception)


def test_f5_a_connection_that_is_cut_is_followed_by_a_new_one(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    publish(database)
    with psycopg.connect(postgresql_url, autocommit=True) as other:
        # It waits until they have gone.
        others = "pg_stat_activity WHERE datname = current_database() AND pid <> %s"
        cut = f"SELECT pg_terminate_backend(pid, 5000) FROM {others}"

        def be_cut() -> None:
            with database.write() as connection:
                other.execute(cut, (other.info.backend_pid,))
                connection.execute(text("SELECT 1"))

        with pytest.raises(StoreUnavailable):
            be_cut()
        # One that was cut while it was idle is not even noticed.
        save(database, turn(1))
        other.execute(cut, (other.info.backend_pid,))
    save(database, turn(2))
    database.close()


def test_f8_a_locked_sqlite_file(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    publish(database)
    limit(database, "busy_timeout", 100)
    other = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreUnavailable, match="holds a lock"):
        save(database, turn(1))
    # Readers go on meanwhile.
    assert rows(database, turns) == []
    other.close()
    save(database, turn(1))
    database.close()


def test_f8_a_locked_postgresql_table(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    publish(database)
    with psycopg.connect(postgresql_url) as other:
        other.execute("LOCK TABLE calls IN ACCESS EXCLUSIVE MODE")
        started = time.monotonic()
        with pytest.raises(StoreUnavailable, match="holds a lock"):
            save(database, turn(1))
        assert time.monotonic() - started < 4
        other.rollback()
    save(database, turn(1))
    database.close()


def test_f9_a_full_disk_loses_nothing_that_was_kept(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    publish(database)
    with database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit(database, "max_page_count", pages + 4)
    with pytest.raises(StoreUnavailable, match="make room") as raised:
        save(database, *(turn(number, answer="x" * 3000) for number in range(1, 1000)))
    assert "full" in str(raised.value.__cause__)
    kept = len(rows(database, turns))
    assert row(database, calls).last_turn == kept > 0
    database.close()
    with closing(sqlite3.connect(file_of(sqlite_url))) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    roomy = Database(sqlite_url)
    save(roomy, turn(kept + 1))
    roomy.close()


def test_f6_a_database_that_hangs_in_the_middle_of_a_transaction(postgresql_url: str) -> None:
    with hanging_proxy(postgresql_url) as proxy:
        database = Database(proxy.url)
        publish(database)

        def hang() -> None:
            with database.write() as connection:
                connection.execute(text("SELECT 1"))
                proxy.hangs.set()
                connection.execute(text("SELECT 2"))

        started = time.monotonic()
        with pytest.raises(StoreUnavailable, match="hangs"):
            hang()
        assert time.monotonic() - started < 5
        proxy.hangs.clear()
        save(database, turn(1))
        database.close()


def test_f7_a_database_that_is_too_slow_for_all_who_want_it(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with ExitStack() as held:
        for _ in range(32):
            held.enter_context(database.read()).execute(text("SELECT 1"))
        with pytest.raises(StoreUnavailable, match="too slow"):
            save(database, turn(1))
    database.close()


def test_a_database_that_was_never_migrated(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert "not set up" in str(problem(database))
    database.close()


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    assert "folder" in str(problem(Database(f"sqlite:///{tmp_path / 'none' / 'new.sqlite'}")))


def test_f12_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "bad.sqlite"
    path.write_bytes(b"not a database at all" * 300)
    assert "backup" in str(problem(Database(f"sqlite:///{path}")))


def test_a_healthy_database_has_no_problem(database: Database) -> None:
    assert problem(database) is None


def test_what_is_wrong_with_the_question_is_not_called_unavailable(database: Database) -> None:
    publish(database)
    with pytest.raises(IntegrityError):
        save(database, turn(1, version_id=99))


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    publish(database)

    def fail() -> None:
        with database.write() as connection:
            connection.execute(delete(offices))
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        fail()
    assert len(rows(database, offices)) == 3


def test_a_reader_cannot_write_on_postgresql(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with pytest.raises(DBAPIError, match="read-only"), database.read() as connection:
        connection.execute(delete(turns))
    database.close()


def test_a_power_cut_after_the_commit_loses_nothing(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    database.close()


def test_times_are_kept_in_utc_and_refused_without_a_zone(database: Database) -> None:
    publish(database)
    abroad = after(0).astimezone(timezone(timedelta(hours=-6)))
    save(database, turn(1, at=abroad))
    assert row(database, calls).started_at == after(0)
    assert row(database, calls).started_at.tzinfo is not None
    with pytest.raises(ValueError, match="zone"):
        Utc().process_bind_param(datetime(2026, 1, 1), database.engine.dialect)  # noqa: DTZ001  # what is refused
