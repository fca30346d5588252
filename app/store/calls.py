"""The row of a call: made by its first turn, moved forward by every turn and by the carrier's reports."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zlib import crc32

from sqlalchemy import Connection, Row, case, func, select, update

from app.domain.record import Ending, TurnRecord
from app.domain.results import END_STATUSES, EndReason, Status, is_legal_move
from app.store.statements import insert_into
from app.store.supporters import Supporter
from app.store.tables import calls

_KNOWN = (calls.c.id, calls.c.call_sid, calls.c.campaign_id, calls.c.pseudonym, calls.c.status, calls.c.ended_at)

# Advisory locks of calls are numbered from here, clear of the one of the migrations.
_HELD_CALLS = 2**32


@dataclass(frozen=True, slots=True)
class KnownCall:
    """A call that has a row, which this transaction has locked."""

    id: int
    call_sid: str
    campaign_id: int
    supporter: Supporter
    status: Status
    ended_at: datetime | None


def find_call(connection: Connection, call_sid: str) -> KnownCall | None:
    """The call, locked until the transaction ends, or None before its first turn."""
    row = connection.execute(select(*_KNOWN).where(calls.c.call_sid == call_sid).with_for_update()).first()
    return None if row is None else _known(row)


def move_call(connection: Connection, record: TurnRecord) -> tuple[KnownCall, bool]:
    """The call after a turn, and whether this turn made its row; an earlier turn that comes late takes nothing back."""
    row = _advance(connection, record)
    if row is not None:
        return _known(row), False
    row = _insert(connection, record)
    if row is not None:
        return _known(row), True
    # Another turn of the call has made the row since.
    row = _advance(connection, record)
    assert row is not None
    return _known(row), False


def report_call(
    connection: Connection, call: KnownCall, status: Status, at: datetime, duration_s: int | None
) -> KnownCall:
    """The call after a status callback: moved where that is legal, and else with a missing duration filled in."""
    this = calls.c.id == call.id
    if not is_legal_move(call.status, status):
        if status is call.status and duration_s is not None:
            lacks = calls.c.duration_s.is_(None)
            connection.execute(update(calls).where(this, lacks).values(duration_s=duration_s))
        return call
    changes: dict[str, Any] = {"status": status}
    if status in END_STATUSES:
        reason = EndReason.SYSTEM_FAULT if status is Status.FAILED else EndReason.CALLER_HANGUP
        # If we were ending the call already, that is why it ended.
        why = func.coalesce(calls.c.end_reason, reason)
        changes |= {"ended_at": at, "duration_s": duration_s, "end_reason": why}
    connection.execute(update(calls).where(this).values(**changes))
    return replace(call, status=status, ended_at=changes.get("ended_at"))


def hold_call(connection: Connection, call_sid: str) -> None:
    """Wait for the other transactions that hold a call which has no row to lock; SQLite has one writer at a time."""
    if connection.dialect.name == "postgresql":
        number = _HELD_CALLS + crc32(call_sid.encode(errors="replace"))
        connection.execute(select(func.pg_advisory_xact_lock(number)))


def _known(row: Any) -> KnownCall:
    supporter = Supporter(row.campaign_id, row.pseudonym or "")
    return KnownCall(row.id, row.call_sid, row.campaign_id, supporter, Status(row.status), row.ended_at)


def _advance(connection: Connection, record: TurnRecord) -> Row[Any] | None:
    is_newer = calls.c.last_turn < record.turn
    latest = {"last_turn": record.turn, "last_step": record.step, "language": record.language, "state": record.state}
    changes: dict[str, Any] = {name: case((is_newer, value), else_=calls.c[name]) for name, value in latest.items()}
    changes["started_at"] = case((calls.c.started_at > record.at, record.at), else_=calls.c.started_at)
    changes["day"] = case((calls.c.started_at > record.at, date.fromisoformat(record.day)), else_=calls.c.day)
    changes["hour"] = case((calls.c.started_at > record.at, record.hour), else_=calls.c.hour)
    if reason := _end_reason(record):
        changes["end_reason"] = reason
    moved = update(calls).where(calls.c.call_sid == record.call_sid).values(**changes)
    return connection.execute(moved.returning(*_KNOWN)).first()


def _insert(connection: Connection, record: TurnRecord) -> Row[Any] | None:
    values = {
        "call_sid": record.call_sid,
        "campaign_id": record.campaign_id,
        "version_id": record.version_id,
        "pseudonym": record.pseudonym or None,
        "called": record.called,
        "direction": record.direction,
        "language": record.language,
        "started_at": record.at,
        "day": date.fromisoformat(record.day),
        "hour": record.hour,
        "status": Status.IN_PROGRESS,
        "last_step": record.step,
        "end_reason": _end_reason(record),
        "last_turn": record.turn,
        "state": record.state,
        "is_test": record.is_test,
    }
    made = insert_into(connection, calls).values(values).on_conflict_do_nothing(index_elements=("call_sid",))
    return connection.execute(made.returning(*_KNOWN)).first()


def _end_reason(record: TurnRecord) -> str | None:
    return next((note.reason for note in record.notes if isinstance(note, Ending)), None)
