"""The row of a call: made by its first turn, moved forward by every turn and by the carrier's reports."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from app.domain.results import END_STATUSES, EndReason, Status, is_legal_move
from app.store.database import Connection
from app.store.hot import Hot
from app.store.tables import calls
from app.store.writes import Write

KNOWN = (
    calls.c.call_sid,
    calls.c.campaign_id,
    calls.c.pseudonym,
    calls.c.status,
    calls.c.ended_at,
    calls.c.duration_s,
    calls.c.end_reason,
)
"""The columns that a KnownCall is read from."""

_CALL = Hot(select(*KNOWN).where(calls.c.call_sid == bindparam("call_sid")).with_for_update())
_STATE = select(calls.c.state).where(calls.c.call_sid == bindparam("call_sid"))


@dataclass(frozen=True, slots=True)
class KnownCall:
    """A call that has a row, which this transaction has locked; the pseudonym is empty for a withheld number."""

    call_sid: str
    campaign_id: int
    pseudonym: str
    status: Status
    ended_at: datetime | None
    duration_s: int | None
    end_reason: str | None

    def reported(self, status: Status, at: datetime, duration_s: int | None) -> "KnownCall":
        """After a status callback: moved where that is legal, and else with a missing duration filled in."""
        if not is_legal_move(self.status, status):
            is_missing = status is self.status and self.duration_s is None
            return replace(self, duration_s=duration_s) if is_missing else self
        if status not in END_STATUSES:
            return replace(self, status=status)
        reason = EndReason.SYSTEM_FAULT if status is Status.FAILED else EndReason.CALLER_HANGUP
        # If we were ending the call already, that is why it ended.
        why = self.end_reason or reason
        return replace(self, status=status, ended_at=at, duration_s=duration_s, end_reason=why)


def find_call(connection: Connection, call_sid: str) -> KnownCall | None:
    """The call, locked until the transaction ends, or None before its first turn."""
    row = _CALL.first(connection, {"call_sid": call_sid})
    return None if row is None else known_call(row)


def latest_state(connection: Connection, call_sid: str) -> str:
    """The sealed state that a call's latest answer carried, or empty for an unknown call."""
    return connection.scalar(_STATE, {"call_sid": call_sid}) or ""


def known_call(row: Any) -> KnownCall:
    """The call that a row with the columns KNOWN tells of."""
    return KnownCall(
        call_sid=row.call_sid,
        campaign_id=row.campaign_id,
        pseudonym=row.pseudonym or "",
        status=Status(row.status),
        ended_at=row.ended_at,
        duration_s=row.duration_s,
        end_reason=row.end_reason,
    )


def call_row(call: KnownCall) -> Write:
    """A call as the carrier reports it, for the record."""
    values = {"status": call.status, "ended_at": call.ended_at, "duration_s": call.duration_s}
    return Write("call", {"call_sid": call.call_sid, **values, "end_reason": call.end_reason})
