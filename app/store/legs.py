"""The rows of a call's legs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, select

from app.domain.record import TurnRecord
from app.domain.results import LINE_RESULTS, Outcome, Status
from app.store.calls import KNOWN, KnownCall, known_call
from app.store.database import Connection
from app.store.hot import Hot
from app.store.leg_changes import LegChange
from app.store.leg_moves import Leg
from app.store.live_legs import LONGEST_LEG
from app.store.tables import calls, legs, offices
from app.store.writes import Write


def find_leg(connection: Connection, call_sid: str, leg: int) -> tuple[KnownCall, LegChange] | None:
    """A leg with its call, both locked until the transaction ends, or None before both have a row."""
    row = _LEG.first(connection, {"call_sid": call_sid, "leg": leg})
    return None if row is None else (known_call(row), _change(row))


def open_legs(connection: Connection, call: KnownCall) -> Sequence[LegChange]:
    """The legs of a locked call whose end is not known."""
    return [_change(row) for row in _OPEN.rows(connection, {"call_sid": call.call_sid})]


def leg_row(leg: LegChange, call: KnownCall | TurnRecord, at: Any) -> Write:
    """A leg as it becomes at a moment, for the record."""
    values = {
        "call_sid": call.call_sid,
        "campaign_id": call.campaign_id,
        "pseudonym": call.pseudonym or None,
        "leg": leg.leg,
        "office": leg.office,
        "at": at,
        "day": leg.day,
        "number": leg.number,
        "reasons": None if leg.reasons is None else list(leg.reasons),
        "planned_at": leg.planned_at,
        "answered_at": leg.now.answered_at,
        "ended_at": leg.now.ended_at,
        "dial_call_sid": leg.now.dial_call_sid,
        "reported": leg.now.reported,
        "status": leg.now.status,
        "line_result": LINE_RESULTS.get(leg.now.status),
        "duration_s": leg.now.duration_s,
        "bridged": leg.now.bridged,
        "disposition": leg.outcome,
        "dials": leg.dials,
        "connects": leg.connects,
        "reached": leg.reached,
        "cool_until": leg.cool_until,
        "hides": leg.hides,
        "could_not": leg.could_not,
        "most_live": leg.most_live,
        "live_since": at - LONGEST_LEG,
    }
    return Write("leg", values)


def _legs_of_call() -> Select[Any]:
    columns = (
        *KNOWN,
        legs.c.leg,
        legs.c.day,
        legs.c.answered_at,
        legs.c.ended_at.label("leg_ended_at"),
        legs.c.dial_call_sid,
        legs.c.reported,
        legs.c.duration_s.label("leg_duration_s"),
        legs.c.bridged,
        legs.c.disposition,
        offices.c.slug,
    )
    joined = calls.join(legs, legs.c.call_id == calls.c.id).join(offices, offices.c.id == legs.c.office_id)
    return select(*columns).select_from(joined).where(calls.c.call_sid == bindparam("call_sid"))


# Made once: each webhook of an office call asks them.
_LEG = Hot(_legs_of_call().where(legs.c.leg == bindparam("leg")).with_for_update(of=[calls, legs]))
_OPEN = Hot(_legs_of_call().where(legs.c.ended_at.is_(None)))


def _change(row: Any) -> LegChange:
    now = Leg(
        reported=Status(row.reported),
        answered_at=row.answered_at,
        ended_at=row.leg_ended_at,
        dial_call_sid=row.dial_call_sid,
        duration_s=row.leg_duration_s,
        bridged=row.bridged,
    )
    outcome = None if row.disposition is None else Outcome(row.disposition)
    return LegChange(row.leg, row.slug, row.day, now, outcome)
