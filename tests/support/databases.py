"""Fixtures: a real PostgreSQL server for a session, and an empty database in it."""

import os
from collections.abc import Iterator

import pytest

from tests.support.postgres import fresh_database, postgres_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A running PostgreSQL server, started by the first test that asks for it."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url(postgres: str, worker_id: str) -> Iterator[str]:
    """A database of this process alone, empty at the start of the session."""
    with fresh_database(postgres, f"patchline_{worker_id}_{os.getpid()}") as url:
        yield url
