"""Migrations: up and down with rows in the tables, the same tables as the code says, one process at a time."""

import logging
import multiprocessing
import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app.store.database import Database, StoreUnavailable
from app.store.migrate import current, downgrade, upgrade
from app.store.schema import metadata
from app.store.tables import calls
from tests.store.making import end, plan, publish, row, save, turn
from tests.support.postgres import fresh_database

MIGRATIONS = Path(__file__).parents[2] / "migrations"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind in turn that nothing was ever done with."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'with%20per%cent.sqlite'}"
        return
    with fresh_database(request.getfixturevalue("postgres"), f"patchline_migrations_{os.getpid()}") as url:
        yield url


def tables_of(url: str) -> set[str]:
    database = Database(url)
    try:
        return set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    finally:
        database.close()


def fill(url: str) -> None:
    database = Database(url)
    publish(database)
    save(database, turn(1, plan(1)), turn(2, end(1)))
    assert row(database, calls).last_turn == 2
    database.close()


def revisions() -> list[str]:
    """The names of all revisions, oldest first."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def test_up_and_down_with_rows(empty_url: str) -> None:
    assert current(empty_url) is None
    upgrade(empty_url)
    fill(empty_url)
    assert tables_of(empty_url) == set(metadata.tables)
    downgrade(empty_url, "base")
    assert tables_of(empty_url) == set()
    assert current(empty_url) is None
    upgrade(empty_url)
    fill(empty_url)
    assert current(empty_url) == revisions()[-1]


def test_a_second_upgrade_keeps_all_rows(empty_url: str) -> None:
    upgrade(empty_url)
    fill(empty_url)
    upgrade(empty_url)
    database = Database(empty_url)
    assert row(database, calls).last_turn == 2
    database.close()


def test_the_migrations_make_the_tables_that_the_code_knows(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
        assert compare_metadata(context, metadata) == []


def test_every_revision_is_named_and_tells_its_way_back() -> None:
    assert sorted(path.stem for path in (MIGRATIONS / "versions").glob("*.py")) == revisions()
    assert [int(revision[:4]) for revision in revisions()] == list(range(1, len(revisions()) + 1))


def test_it_works_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    upgrade("sqlite:///here.sqlite")
    assert (tmp_path / "here.sqlite").exists()


def test_a_start_waits_for_no_writer_where_nothing_is_to_be_migrated(sqlite_url: str) -> None:
    """A restart while something holds the file would wait, and give up."""
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        upgrade(sqlite_url)


def test_processes_that_start_at_once_migrate_once(empty_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=upgrade, args=(empty_url,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(100)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert current(empty_url) == revisions()[-1]


def test_a_migration_that_fails_half_way_leaves_nothing_of_itself(
    empty_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(empty_url)
    with database.write() as connection:
        # The last table that the first revision makes is in its way.
        connection.exec_driver_sql("CREATE TABLE callbacks (id INTEGER)")
    with caplog.at_level(logging.CRITICAL), pytest.raises(Exception, match="callbacks"):
        upgrade(empty_url)
    assert tables_of(empty_url) == {"callbacks"}
    database.close()


def test_f29_a_migration_that_waits_for_a_call_gives_up_before_callers_behind_it_do(postgres: str) -> None:
    """A turn waits 1.5 s for a lock at most, and a migration 1 s: so whoever queues behind it is served."""
    take_row = f"LOCK TABLE {calls.name} IN ROW EXCLUSIVE MODE"
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'calls'::regclass"
    with fresh_database(postgres, f"patchline_busy_{os.getpid()}") as url, ThreadPoolExecutor(1) as pool:
        upgrade(url, "0007_recordings")
        with closing(Database(url)) as database, database.write() as in_a_turn:
            in_a_turn.exec_driver_sql(take_row)
            migration = pool.submit(upgrade, url)
            with database.read() as looking:
                while not looking.exec_driver_sql(waiting).scalar_one() and not migration.done():
                    pass
            with database.write() as behind_it:
                behind_it.exec_driver_sql(take_row)
            with pytest.raises(StoreUnavailable, match="lock"):
                migration.result()
        assert current(url) == "0007_recordings"
        upgrade(url)
        assert current(url) == revisions()[-1]


def test_a_migration_that_leaves_a_row_that_points_nowhere_is_undone(sqlite_url: str) -> None:
    fill(sqlite_url)
    # Where there is nothing to migrate, nothing is looked at.
    downgrade(sqlite_url, revisions()[-2])
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as plain:
        plain.execute("DELETE FROM calls")
        plain.commit()
    with pytest.raises(RuntimeError, match=r"'(legs|call_facts)'"):
        upgrade(sqlite_url)


def test_a_database_that_does_not_answer_is_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="folder"):
        upgrade(f"sqlite:///{tmp_path / 'none' / 'x.sqlite'}")
