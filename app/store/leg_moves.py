"""What a leg becomes by each report of it: pure, and the same whatever order the reports come in."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.record import LegEnded
from app.domain.results import END_STATUSES, STATUS_OF_RESULT, Status, is_legal_move


@dataclass(frozen=True, slots=True)
class Leg:
    """What is known of a leg. `reported` is the furthest that the carrier said of it; `bridged` is None until known."""

    reported: Status = Status.PLANNED
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    dial_call_sid: str = ""
    duration_s: int | None = None
    bridged: bool | None = None

    @property
    def status(self) -> Status:
        """What the carrier said, or what the end of the whole call means for a leg that was still open."""
        if self.ended_at is None or self.reported in END_STATUSES:
            return self.reported
        return Status.COMPLETED if self.reported is Status.IN_PROGRESS else Status.CANCELED


def leg_reported(leg: Leg, status: Status, at: datetime, dial_call_sid: str = "", duration_s: int | None = None) -> Leg:
    """The leg after a status callback; an illegal or late one changes nothing but fills in what was missing."""
    moved = replace(leg, reported=_move(leg, status), dial_call_sid=leg.dial_call_sid or dial_call_sid)
    if status is Status.IN_PROGRESS and moved.status in (Status.IN_PROGRESS, Status.COMPLETED):
        moved = replace(moved, answered_at=min(at, leg.answered_at or at))
    if status in END_STATUSES and status is moved.status:
        # The end of the call was only a guess at this leg's end.
        guessed = leg.reported not in END_STATUSES
        ended_at = at if guessed or leg.ended_at is None else min(at, leg.ended_at)
        moved = replace(moved, ended_at=ended_at, duration_s=duration_s if leg.duration_s is None else leg.duration_s)
    return _bridged_if_completed(moved)


def dial_ended(leg: Leg, note: LegEnded, at: datetime) -> Leg:
    """The leg after the dial's own report, which knows duration and bridging better than callbacks do."""
    status = STATUS_OF_RESULT[note.result]
    moved = leg_reported(leg, status, at, note.dial_call_sid)
    if moved.status is not status:
        return moved
    duration_s = moved.duration_s if note.duration_s is None else note.duration_s
    return replace(
        moved, duration_s=duration_s, bridged=note.bridged, dial_call_sid=note.dial_call_sid or moved.dial_call_sid
    )


def call_ended(leg: Leg, at: datetime) -> Leg:
    """The leg after the end of its call: one that was answered was completed, any other open one was canceled."""
    if leg.ended_at is not None:
        return leg
    return _bridged_if_completed(replace(leg, ended_at=at))


def _move(leg: Leg, status: Status) -> Status:
    # The carrier's word on a leg replaces 'canceled' where that was only concluded from the end of the call.
    standing = leg.reported if leg.status is Status.CANCELED else leg.status
    return status if status is standing or is_legal_move(standing, status) else leg.reported


def _bridged_if_completed(leg: Leg) -> Leg:
    return replace(leg, bridged=True) if leg.status is Status.COMPLETED and leg.bridged is None else leg
