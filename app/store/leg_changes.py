"""What turns and callbacks make of a leg, and what that means for its office and its supporter: pure."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self

from app.domain.record import LegEnded, LegPlanned, LegStatusRecord, OutcomeReported
from app.domain.results import Outcome, Status
from app.store.leg_moves import Leg, call_ended, dial_ended, leg_reported


@dataclass(frozen=True, slots=True)
class LegChange:
    """A leg as it becomes. `day` is the day in the campaign's zone on which it was dialed.

    What is None stays as it is. `dials` counts a dial of the office, `connects` that somebody got through to it,
    `reached` is what the supporter's memory learns of it; the office takes no more than `most_live` callers, unless 0.
    """

    leg: int
    office: str
    day: date
    now: Leg = field(default_factory=Leg)
    outcome: Outcome | None = None
    number: str | None = None
    reasons: tuple[str, ...] | None = None
    planned_at: datetime | None = None
    dials: bool = False
    connects: bool = False
    reached: bool | None = None
    cool_until: datetime | None = None
    hides: bool = False
    could_not: bool = False
    most_live: int = 0

    def planned(self, note: LegPlanned, at: datetime, day: date) -> Self:
        """About to be dialed; if it was reported before, this says what it was for."""
        told = replace(self, number=note.number, reasons=note.reasons, planned_at=at, day=day)
        return replace(told, dials=True, most_live=note.most_live)

    def ended(self, note: LegEnded, at: datetime) -> Self:
        """Over, as the dial reports it."""
        moved = self._moved(dial_ended(self.now, note, at))
        return replace(moved, cool_until=note.cool_until, hides=note.hide)

    def told(self, note: OutcomeReported) -> Self:
        """As the caller tells that it went."""
        could_not = note.outcome is Outcome.UNREACHED
        return replace(self, outcome=note.outcome, reached=note.reached, could_not=could_not)

    def reported(self, record: LegStatusRecord, status: Status) -> Self:
        """As a status callback tells it."""
        return self._moved(leg_reported(self.now, status, record.at, record.dial_call_sid, record.duration_s))

    def closed(self, at: datetime) -> Self:
        """As the end of its call leaves it."""
        return self._moved(call_ended(self.now, at))

    def _moved(self, now: Leg) -> Self:
        if now.status is not Status.COMPLETED or self.now.status is Status.COMPLETED:
            return replace(self, now=now)
        # Reached, unless the caller has told otherwise.
        reached = True if self.outcome is None else self.reached
        return replace(self, now=now, connects=True, reached=reached)
