"""A clock that stands still until it is moved, so that a call of minutes takes no time."""

from datetime import UTC, datetime, timedelta
from threading import Lock


class MovableClock:
    """A clock for tests and simulated calls; safe to read and move from several threads."""

    def __init__(self, start: datetime) -> None:
        """Stand at an aware moment."""
        self._now = start.astimezone(UTC)
        self._lock = Lock()

    def now(self) -> datetime:
        """The moment, aware and in UTC."""
        return self._now

    def move(self, seconds: float) -> None:
        """Let time pass, in seconds."""
        with self._lock:
            self._now += timedelta(seconds=seconds)

    def move_to(self, moment: datetime) -> None:
        """Stand at another aware moment, before or after."""
        with self._lock:
            self._now = moment.astimezone(UTC)
