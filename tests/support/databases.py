"""Fixtures: a real PostgreSQL server for a session, and an empty database in it."""

import os
from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind in turn that nothing else uses, and with nothing in it: for what breaks or changes it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'a.db'}"
        return
    with fresh_database(request.getfixturevalue("postgres"), f"patchline_empty_{os.getpid()}") as url:
        yield url
