"""A circuit breaker before the database: while that is known to be down, no caller waits to find it out again."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from app.store.database import StoreUnavailable

FAILURES = 3
"""Failures in a row after which the database counts as down."""

RETRY_S = 2.0
"""How long nobody asks it then; after that one asks at a time, until it answers."""


class Breaker:
    """Whether the database is worth asking; shared by the threads of a process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Begin closed: the database is asked. `now` gives seconds."""
        self._now, self._mutex = now, Lock()
        self._failures, self._ask_again_at = 0, 0.0

    @property
    def is_open(self) -> bool:
        """Whether the database counts as down."""
        return self._failures >= FAILURES

    @contextmanager
    def guarding(self) -> Iterator[None]:
        """Ask the database within the block; raises StoreUnavailable at once while it is known to be down."""
        self._enter()
        try:
            yield
        except StoreUnavailable:
            self._failed()
            raise
        except BaseException:
            # What is not the database's fault shows that it answers.
            self._answered()
            raise
        self._answered()

    def _enter(self) -> None:
        with self._mutex:
            if not self.is_open:
                return
            if self._now() < self._ask_again_at:
                raise StoreUnavailable("The database did not answer just now, and is asked again in a moment.")
            # This one asks; the others do not wait with it.
            self._ask_again_at = self._now() + RETRY_S

    def _failed(self) -> None:
        with self._mutex:
            self._failures += 1
            self._ask_again_at = self._now() + RETRY_S

    def _answered(self) -> None:
        if self._failures:
            with self._mutex:
                self._failures = 0
