"""Status callbacks: kept as they come, and applied once their call or leg is known, in whatever order that is.

A callback of a leg takes two statements, of a call three; one that comes before its call or leg takes three.
"""

from sqlalchemy import bindparam, select, update

from app.domain.record import CallStatusRecord, LegStatusRecord
from app.domain.results import read_status
from app.store.calls import KnownCall, call_row, find_call
from app.store.database import Connection
from app.store.legs import find_leg, leg_row, open_legs
from app.store.tables import NO_LEG, NO_SEQUENCE, callbacks
from app.store.writes import Write, write

_WAITING = (
    select(callbacks)
    .where(callbacks.c.call_sid == bindparam("call_sid"), callbacks.c.applied.is_(False))
    .order_by(callbacks.c.id)
)


def record_call_status(connection: Connection, record: CallStatusRecord) -> None:
    """Keep a status callback of a call; the call moves if that is legal, and its end closes its open legs."""
    call = find_call(connection, record.call_sid)
    if call is not None:
        write(connection, [_kept(record, applied=True), *_moves_of_call(connection, call, record)])
        return
    write(connection, [_kept(record, applied=False)])
    # The call's first turn may have been under way; what was kept just now has waited for its end.
    if find_call(connection, record.call_sid) is not None:
        apply_waiting(connection, record.call_sid)


def record_leg_status(connection: Connection, record: LegStatusRecord) -> None:
    """Keep a status callback of an office leg; the leg moves if that is legal."""
    moves = _moves_of_leg(connection, record)
    if moves is not None:
        write(connection, [_kept(record, applied=True), *moves])
        return
    write(connection, [_kept(record, applied=False)])
    # As above, of the turn that announces the leg.
    if find_leg(connection, record.call_sid, record.leg) is not None:
        apply_waiting(connection, record.call_sid)


def apply_waiting(connection: Connection, call_sid: str) -> None:
    """Apply what the carrier reported of a call or its legs before they had a row."""
    for row in connection.execute(_WAITING, {"call_sid": call_sid}).all():
        given = {"status": row.status, "at": row.at, "sequence": row.sequence, "duration_s": row.duration_s}
        if row.leg == NO_LEG:
            call = find_call(connection, call_sid)
            moves = None if call is None else _moves_of_call(connection, call, CallStatusRecord(call_sid, **given))
        else:
            moves = _moves_of_leg(connection, LegStatusRecord(call_sid, row.leg, row.dial_call_sid, **given))
        if moves:
            write(connection, moves)
        if moves is not None:
            connection.execute(update(callbacks).where(callbacks.c.id == row.id).values(applied=True))


def _moves_of_call(connection: Connection, call: KnownCall, record: CallStatusRecord) -> list[Write]:
    status = read_status(record.status)
    if status is None:
        return []
    moved = call.reported(status, record.at, record.duration_s)
    rows = [] if moved == call else [call_row(moved)]
    if moved.ended_at is None:
        return rows
    ended = [leg.closed(moved.ended_at) for leg in open_legs(connection, moved)]
    return rows + [leg_row(leg, moved, record.at) for leg in sorted(ended, key=lambda leg: leg.office)]


def _moves_of_leg(connection: Connection, record: LegStatusRecord) -> list[Write] | None:
    """What a callback makes of its leg; None if there is no such leg yet."""
    status = read_status(record.status)
    if status is None:
        return []
    found = find_leg(connection, record.call_sid, record.leg)
    if found is None:
        return None
    call, leg = found
    moved = leg.reported(record, status)
    return [] if moved == leg else [leg_row(moved, call, record.at)]


def _kept(record: CallStatusRecord | LegStatusRecord, *, applied: bool) -> Write:
    leg, dial_call_sid = (record.leg, record.dial_call_sid) if isinstance(record, LegStatusRecord) else (NO_LEG, "")
    values = {
        "call_sid": record.call_sid,
        "leg": leg,
        "dial_call_sid": dial_call_sid,
        "status": record.status,
        "sequence": NO_SEQUENCE if record.sequence is None else record.sequence,
        "at": record.at,
        "duration_s": record.duration_s,
        "applied": applied,
    }
    return Write("callback", values)
