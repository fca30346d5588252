"""The rows of a call's legs, and what their ends mean for the supporter's memory."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from app.domain.record import LegEnded, LegPlanned, LegStatusRecord, OutcomeReported
from app.domain.results import LINE_RESULTS, Status
from app.store.calls import KnownCall
from app.store.leg_moves import Leg, call_ended, dial_ended, leg_reported
from app.store.office_facts import trust_again
from app.store.statements import insert_once, upsert
from app.store.supporters import note_bridge, note_reached
from app.store.tables import legs

_KEY = ("call_id", "leg")


@dataclass(frozen=True, slots=True)
class KnownLeg:
    """A leg that has a row; `day` is the day in the campaign's zone on which it was dialed."""

    id: int
    office_id: int
    day: date
    disposition: str | None
    leg: Leg


def plan_leg(
    connection: Connection, call: KnownCall, note: LegPlanned, office_id: int, at: datetime, day: date
) -> None:
    """Keep a leg that is about to be dialed; if it was reported before, say what it was for."""
    planned = {"number": note.number, "reasons": list(note.reasons), "planned_at": at, "day": day}
    upsert(connection, legs, _KEY, {**_new(call, note.leg, office_id, at, day), **planned}, planned)


def end_leg(connection: Connection, call: KnownCall, note: LegEnded, office_id: int, at: datetime, day: date) -> None:
    """Keep how a dial ended, also if its announcement was never recorded."""
    known = _find_or_insert(connection, call, note.leg, office_id, at, day)
    _move(connection, call, known, dial_ended(known.leg, note, at))


def keep_outcome(
    connection: Connection, call: KnownCall, note: OutcomeReported, office_id: int, at: datetime, day: date
) -> None:
    """Keep what the caller told of a leg, for the log and for the supporter's next call."""
    known = _find_or_insert(connection, call, note.leg, office_id, at, day)
    connection.execute(update(legs).where(legs.c.id == known.id).values(disposition=note.outcome))
    note_reached(connection, call.supporter, office_id, note.reached)


def report_leg(connection: Connection, call: KnownCall, record: LegStatusRecord, status: Status) -> bool:
    """Move a leg by a status callback, and say whether there is such a leg."""
    known = _find(connection, call, record.leg)
    if known is None:
        return False
    moved = leg_reported(known.leg, status, record.at, record.dial_call_sid, record.duration_s)
    _move(connection, call, known, moved)
    return True


def close_legs(connection: Connection, call: KnownCall, at: datetime) -> None:
    """End the legs that are still open when their call ends."""
    for row in connection.execute(_legs_of(call).where(legs.c.ended_at.is_(None))).all():
        known = _known(row)
        _move(connection, call, known, call_ended(known.leg, at))


def _find(connection: Connection, call: KnownCall, leg: int) -> KnownLeg | None:
    row = connection.execute(_legs_of(call).where(legs.c.leg == leg)).first()
    return None if row is None else _known(row)


def _find_or_insert(
    connection: Connection, call: KnownCall, leg: int, office_id: int, at: datetime, day: date
) -> KnownLeg:
    known = _find(connection, call, leg)
    if known is None:
        insert_once(connection, legs, _KEY, _new(call, leg, office_id, at, day))
        known = _find(connection, call, leg)
    assert known is not None
    return known


def _legs_of(call: KnownCall) -> Select[Any]:
    return select(legs).where(legs.c.call_id == call.id)


def _known(row: Row[Any]) -> KnownLeg:
    leg = Leg(
        reported=Status(row.reported),
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        dial_call_sid=row.dial_call_sid,
        duration_s=row.duration_s,
        bridged=row.bridged,
    )
    return KnownLeg(row.id, row.office_id, row.day, row.disposition, leg)


def _new(call: KnownCall, leg: int, office_id: int, at: datetime, day: date) -> dict[str, Any]:
    return {
        "call_id": call.id,
        "leg": leg,
        "campaign_id": call.campaign_id,
        "office_id": office_id,
        "number": "",
        "reasons": [],
        "day": day,
        "planned_at": at,
        "dial_call_sid": "",
        "reported": Status.PLANNED,
        "status": Status.PLANNED,
    }


def _move(connection: Connection, call: KnownCall, known: KnownLeg, moved: Leg) -> None:
    if moved == known.leg:
        return
    values = {
        "reported": moved.reported,
        "status": moved.status,
        "answered_at": moved.answered_at,
        "ended_at": moved.ended_at,
        "dial_call_sid": moved.dial_call_sid,
        "line_result": LINE_RESULTS.get(moved.status),
        "duration_s": moved.duration_s,
        "bridged": moved.bridged,
    }
    connection.execute(update(legs).where(legs.c.id == known.id).values(**values))
    if moved.status is Status.COMPLETED and known.leg.status is not Status.COMPLETED:
        told = known.disposition is not None
        note_bridge(connection, call.supporter, known.office_id, known.day, told)
        trust_again(connection, known.office_id)
