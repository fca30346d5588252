"""Work that may take long or for ever, in a thread of its own, so that nobody waits longer than they want to."""

import time
from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Errand(Generic[T]):
    """Work that has begun; what it gives must be told by its result, so it raises nothing."""

    def __init__(self, name: str, work: Callable[[], T]) -> None:
        """Begin; the process may end before the work does."""
        self._work, self._found, self._began = work, list[T](), time.monotonic()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether the work has ended."""
        return not self._thread.is_alive()

    def wait(self, within_s: float) -> T | None:
        """What came of it, or None if it does not end within so many seconds of its beginning."""
        self._thread.join(max(0.0, self._began + within_s - time.monotonic()))
        return next(iter(self._found), None)

    def _run(self) -> None:
        self._found.append(self._work())
