"""The databases to measure on, empty and of this run alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

from scripts.benchmarks.processes import cpu_s, parent
from tests.support.postgres import fresh_database, postgres_server

_numbers = count()


@dataclass(frozen=True, slots=True)
class Place:
    """A database; `pid` is its own server's, where it has one on this machine."""

    url: str
    pid: int | None = None

    @property
    def cpu_s(self) -> float:
        """Seconds of processor time that the database's own processes have used; SQLite has none."""
        return 0.0 if self.pid is None else cpu_s(self.pid)


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[Place]:
    """Gives a new database: a SQLite file in the folder, or one on the PostgreSQL server that tests use."""
    if kind == "sqlite":
        yield Place(f"sqlite:///{folder / 'bench.db'}")
        return
    with postgres_server() as server, fresh_database(server, f"patchline_bench_{os.getpid()}_{next(_numbers)}") as url:
        is_ours = "TEST_DATABASE_URL" not in os.environ
        yield Place(url, _server_pid(url) if is_ours else None)


def _server_pid(url: str) -> int:
    # Each connection has a process, whose parent is the server (PostgreSQL: pg_backend_pid).
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT pg_backend_pid()").fetchone()
        assert found is not None
        return parent(found[0])
