"""Whether the carrier gets through to this server, and what to check where it does not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from app.domain.clock import Clock
from app.services.doctor.finding import Finding, Verdict
from app.services.figures_words import counted
from app.store.database import Database
from app.store.lost_turns import LostLately, lost_lately

KNOCK_EVERY = timedelta(minutes=2)
"""How often a process asks its own public address."""

_FRESH = timedelta(seconds=10)
_BACK, _RECENT = timedelta(hours=1), timedelta(minutes=15)
# One may be a moment's trouble on the way, and the carrier asks again.
_FEW = 2
_SOME_MISSED = "Some calls are being answered by the safety message"
_DOCTOR = "Run 'patchline doctor' on the server: it says what is wrong, and what to do about it."
_LOG = "If it finds nothing, the server's log has an entry 'carrier_fault' for each, with the carrier's code."


@dataclass(frozen=True, slots=True)
class Trouble:
    """What callers meet, since when, what is known of it, and what to check."""

    said: str
    since: datetime
    known: str
    check: str


class CarrierWatch:
    """What a process knows of the carrier's way to it; the record is read every ten seconds, however many ask."""

    def __init__(self) -> None:
        """Begin knowing nothing."""
        self._mutex = Lock()
        self._lost = LostLately()
        self._read_at: datetime | None = None
        self._knocked_at: datetime | None = None
        # The first and the last of the knocks in a row that went wrong.
        self._wrong: tuple[datetime, Finding] | None = None
        self._in_a_row = 0

    def is_knocking_due(self, now: datetime) -> bool:
        """Whether our own address should be asked again."""
        return _is_over(self._knocked_at, KNOCK_EVERY, now)

    def knocked(self, found: Finding, now: datetime) -> None:
        """Keep what our own address answered."""
        self._knocked_at = now
        if found.verdict is not Verdict.WRONG:
            self._wrong, self._in_a_row = None, 0
            return
        since = self._wrong[0] if self._wrong else now
        self._wrong, self._in_a_row = (since, found), self._in_a_row + 1

    def trouble(self, database: Database, clock: Clock, *, has_message: bool) -> Trouble | None:
        """What is the matter, if anything; `has_message` says whether a safety message is hosted elsewhere."""
        now = clock.now()
        if self._wrong and self._in_a_row >= _FEW:
            return _unreachable(*self._wrong, has_message=has_message)
        return _losing(self._lately(database, now), now)

    def _lately(self, database: Database, now: datetime) -> LostLately:
        with self._mutex:
            if _is_over(self._read_at, _FRESH, now):
                with database.read() as connection:
                    self._lost, self._read_at = lost_lately(connection, now - _BACK, now), now
            return self._lost


def _is_over(at: datetime | None, length: timedelta, now: datetime) -> bool:
    """Whether a moment is so long ago, or lies ahead because the clock was put back."""
    return at is None or not timedelta() <= now - at < length


def _unreachable(since: datetime, found: Finding, *, has_message: bool) -> Trouble:
    message = "the safety message" if has_message else "the carrier's own error message"
    return Trouble(f"Calls are being answered by {message}", since, found.what, f"{found.remedy} {_DOCTOR}")


def _losing(lost: LostLately, now: datetime) -> Trouble | None:
    if lost.since is None or lost.latest is None or now - lost.latest > _RECENT or lost.answers + lost.calls < _FEW:
        return None
    said = _SOME_MISSED if lost.calls else "Callers hear an apology in mid-call"
    known = []
    if lost.answers:
        known.append(f"The carrier could not use {counted(lost.answers, 'answer')} of this server.")
    if lost.calls:
        known.append(f"It told of the end of {counted(lost.calls, 'call')} that never reached this server.")
    return Trouble(said, lost.since, " ".join(known), f"{_DOCTOR} {_LOG}")
