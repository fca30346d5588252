"""Status callbacks: kept as they come, and applied once their call or leg is known, in whatever order that is.

A callback of a known call takes up to six statements, of a known leg up to five.
"""

from sqlalchemy import Connection, select, update

from app.domain.record import CallStatusRecord, LegStatusRecord
from app.domain.results import read_status
from app.store.calls import KnownCall, find_call, hold_call, report_call
from app.store.legs import close_legs, report_leg
from app.store.statements import insert_once
from app.store.tables import NO_LEG, NO_SEQUENCE, callbacks

_KEY = ("call_sid", "leg", "dial_call_sid", "status", "sequence")


def record_call_status(connection: Connection, record: CallStatusRecord) -> None:
    """Keep a status callback of a call; the call moves if that is legal, and its end closes its open legs."""
    call = find_call(connection, record.call_sid)
    if call is not None:
        _apply_to_call(connection, call, record)
    _keep(connection, record, applied=call is not None)
    if call is None:
        _look_again(connection, record.call_sid)


def record_leg_status(connection: Connection, record: LegStatusRecord) -> None:
    """Keep a status callback of an office leg; the leg moves if that is legal."""
    call = find_call(connection, record.call_sid)
    applied = call is not None and _apply_to_leg(connection, call, record)
    _keep(connection, record, applied=applied)
    if call is None:
        _look_again(connection, record.call_sid)


def apply_waiting(connection: Connection, call: KnownCall) -> None:
    """Apply what the carrier reported of a call or its legs before they had a row."""
    waiting = (callbacks.c.call_sid == call.call_sid, callbacks.c.applied.is_(False))
    for row in connection.execute(select(callbacks).where(*waiting).order_by(callbacks.c.id)).all():
        given = {"status": row.status, "at": row.at, "sequence": row.sequence, "duration_s": row.duration_s}
        applied = True
        if row.leg == NO_LEG:
            call = _apply_to_call(connection, call, CallStatusRecord(row.call_sid, **given))
        else:
            record = LegStatusRecord(row.call_sid, row.leg, row.dial_call_sid, **given)
            applied = _apply_to_leg(connection, call, record)
        if applied:
            connection.execute(update(callbacks).where(callbacks.c.id == row.id).values(applied=True))
    if call.ended_at is not None:
        close_legs(connection, call, call.ended_at)


def _apply_to_call(connection: Connection, call: KnownCall, record: CallStatusRecord) -> KnownCall:
    status = read_status(record.status)
    if status is None:
        return call
    call = report_call(connection, call, status, record.at, record.duration_s)
    if call.ended_at is not None:
        close_legs(connection, call, call.ended_at)
    return call


def _apply_to_leg(connection: Connection, call: KnownCall, record: LegStatusRecord) -> bool:
    status = read_status(record.status)
    return status is None or report_leg(connection, call, record, status)


def _keep(connection: Connection, record: CallStatusRecord | LegStatusRecord, *, applied: bool) -> None:
    of_leg = (record.leg, record.dial_call_sid) if isinstance(record, LegStatusRecord) else (NO_LEG, "")
    values = {
        "call_sid": record.call_sid,
        "leg": of_leg[0],
        "dial_call_sid": of_leg[1],
        "status": record.status,
        "sequence": NO_SEQUENCE if record.sequence is None else record.sequence,
        "at": record.at,
        "duration_s": record.duration_s,
        "applied": applied,
    }
    insert_once(connection, callbacks, _KEY, values)


def _look_again(connection: Connection, call_sid: str) -> None:
    # The first turn of the call may be under way and have looked for waiting callbacks before this one was kept.
    hold_call(connection, call_sid)
    call = find_call(connection, call_sid)
    if call is not None:
        apply_waiting(connection, call)
