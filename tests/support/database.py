"""Fixtures: the store on SQLite and on PostgreSQL, migrated once and empty for each test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.store.database import Database
from app.store.migrate import upgrade
from app.store.schema import metadata
from tests.support.postgres import fresh_database

_TABLES = [table.name for table in reversed(metadata.sorted_tables)]
# Truncating takes some milliseconds a table, and deleting few rows almost nothing.
_SMALL_BYTES = 65536
_EMPTY = f"""
DO $$
DECLARE
    one text;
    size bigint;
BEGIN
    -- The audit's trigger refuses to empty it.
    SET LOCAL session_replication_role = replica;
    FOREACH one IN ARRAY ARRAY{_TABLES} LOOP
        size := pg_relation_size(one::regclass);
        IF size > {_SMALL_BYTES} THEN
            EXECUTE format('TRUNCATE %I CASCADE', one);
        ELSIF size > 0 THEN
            EXECUTE format('DELETE FROM %I', one);
        END IF;
    END LOOP;
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        PERFORM setval(format('%I', one), 1, false);
    END LOOP;
END
$$
"""


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("migrated") / "empty.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres: str, worker_id: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this process alone, to be emptied before each use."""
    with fresh_database(postgres, f"patchline_store_{worker_id}_{os.getpid()}") as url:
        upgrade(url)
        yield url


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database."""
    path = tmp_path / "patchline.sqlite"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(migrated_postgres_url: str) -> str:
    """A migrated, empty PostgreSQL database."""
    with psycopg.connect(migrated_postgres_url) as connection:
        connection.execute(_EMPTY.encode())
    return migrated_postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The store on a migrated, empty database of each kind in turn."""
    made = Database(database_url)
    yield made
    made.close()
