"""SQLite has one writer at a time: those of a process wait for each other here, and webhooks share their commits.

A commit waits for the disk. While one webhook writes, others of the process may come: they go on in its transaction,
each as a savepoint, and the last commits for all. Nobody is told that something is kept before it is on the disk.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

from sqlalchemy import Connection, RootTransaction
from sqlalchemy.exc import SQLAlchemyError

MOST_WAIT_S = 1.5
"""How long a writer waits for those of its process, and then for those of others."""

_MOST_SHARERS = 16
_ORPHANED_S = 0.05
"""Whoever was to go on in a transaction may have given up just then; after this long another one ends it."""

# An extended result code's lower byte tells the kind of fault (SQLite: result codes).
_PRIMARY_CODE = 0xFF

# SQLite's own waiting soon sleeps for tens of milliseconds, in which nobody of the process writes.
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.0005, 0.01


class TooManyWriters(Exception):
    """All writers of this process wait for one."""


class CommitFailed(Exception):
    """Others were to commit what this one has written, and could not; the message is the database's."""


@dataclass(slots=True)
class _Shared:
    """A transaction, how many have written in it, and how it ended."""

    connection: Connection
    transaction: RootTransaction
    size: int = 0
    is_over: Event = field(default_factory=Event)
    failure: Exception | None = None

    @property
    def driver(self) -> Any:
        return self.connection.connection.driver_connection

    @property
    def is_open(self) -> bool:
        """Whether it can go on: some faults take back the whole transaction, or lose the connection."""
        try:
            return bool(self.driver.in_transaction)
        except (SQLAlchemyError, sqlite3.Error):
            return False


class Writers:
    """The writers of one process to one SQLite file."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        """Take what gives a connection whose transactions begin as a writer's."""
        self._connect = connect
        self._turn, self._mutex = Lock(), Lock()
        self.waiting = 0
        """How many wait to go on in the shared transaction."""
        self._shared: _Shared | None = None

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Give a transaction of one's own, which may take its time; raises TooManyWriters."""
        with self._in_turn():
            self._finish()
            with self._connect() as connection, connection.begin():
                yield connection

    @contextmanager
    def together(self) -> Iterator[Connection]:
        """Give a transaction that others may go on in, committed on return; raises TooManyWriters, CommitFailed."""
        with self._in_turn(shares=True):
            shared = self._shared or self._begin()
            try:
                with _part(shared):
                    yield shared.connection
            finally:
                if not self.waiting or shared.size >= _MOST_SHARERS or not shared.is_open:
                    self._finish()
        self._wait_for(shared)

    @contextmanager
    def _in_turn(self, *, shares: bool = False) -> Iterator[None]:
        with self._mutex:
            self.waiting += shares
        is_mine = self._turn.acquire(timeout=MOST_WAIT_S)
        with self._mutex:
            self.waiting -= shares
        if not is_mine:
            raise TooManyWriters
        try:
            yield
        finally:
            self._turn.release()

    def _begin(self) -> _Shared:
        connection = self._connect()
        try:
            self._shared = _Shared(connection, connection.begin())
        except BaseException:
            connection.close()
            raise
        return self._shared

    def _finish(self) -> None:
        """Commit the shared transaction if there is one; those who wrote in it are told how that went."""
        shared, self._shared = self._shared, None
        if shared is None:
            return
        try:
            if not shared.is_open:
                raise CommitFailed("The database took back a transaction because of what one of its writers met.")
            shared.transaction.commit()
        except (SQLAlchemyError, sqlite3.Error, CommitFailed) as error:
            shared.failure = error
            with suppress(SQLAlchemyError):
                shared.transaction.rollback()
        finally:
            shared.connection.close()
            shared.is_over.set()

    def _wait_for(self, shared: _Shared) -> None:
        while not shared.is_over.wait(_ORPHANED_S):
            if self._turn.acquire(blocking=False):
                try:
                    if self._shared is shared:
                        self._finish()
                finally:
                    self._turn.release()
        if shared.failure is not None:
            raise CommitFailed(str(shared.failure)) from shared.failure


@contextmanager
def _part(shared: _Shared) -> Iterator[None]:
    """What one of those who share a transaction does in it; if it fails, it alone is taken back."""
    shared.driver.execute("SAVEPOINT part").close()
    try:
        yield
    except BaseException:
        if shared.is_open:
            shared.driver.execute("ROLLBACK TO part").close()
            shared.driver.execute("RELEASE part").close()
        raise
    shared.driver.execute("RELEASE part").close()
    shared.size += 1


def begin_as_writer(driver: Any) -> None:
    """Begin a transaction that writes, once no other process does, within the connection's own busy_timeout.

    Raises sqlite3.OperationalError if it is not free by then.
    """
    (patience_ms,) = driver.execute("PRAGMA busy_timeout").fetchone()
    until_s, pause_s = time.monotonic() + patience_ms / 1000, _FIRST_PAUSE_S
    driver.execute("PRAGMA busy_timeout=0").close()
    try:
        while not _begins(driver, until_s):
            time.sleep(pause_s)
            pause_s = min(pause_s * 1.1, _LONGEST_PAUSE_S)
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience_ms}").close()


def _begins(driver: Any, until_s: float) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE").close()
    except sqlite3.OperationalError as error:
        is_busy = error.sqlite_errorcode & _PRIMARY_CODE == sqlite3.SQLITE_BUSY
        if not is_busy or time.monotonic() > until_s:
            raise
        return False
    return True
