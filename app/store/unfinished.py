"""Calls and legs whose end the carrier never told, found by partial indexes that hold only such."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, union

from app.domain.results import Status
from app.store.tables import calls, legs, turns

_ASKED_WITHIN = timedelta(days=1)
"""An office call that is over, but not as the carrier told it, is asked about for this long."""


@dataclass(frozen=True, slots=True)
class UnfinishedLeg:
    """An office leg as the record has it; `is_told` is whether the carrier told how and when it ended.

    One that `is_concluded` has its end from the end of the call alone.
    """

    leg: int
    number: str
    dial_call_sid: str
    status: Status
    ended_at: datetime | None
    is_told: bool
    is_concluded: bool


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A call whose own end, or that of a leg of it, was never reported, with all its legs in the order of dialing."""

    id: int
    call_sid: str
    last_turn_at: datetime
    has_ended: bool
    legs: tuple[UnfinishedLeg, ...]


_UNMEASURED = and_(legs.c.status == Status.COMPLETED, legs.c.duration_s.is_(None))
_CONCLUDED = legs.c.status != legs.c.reported


def unfinished_calls(connection: Connection, before: datetime, after_id: int, most: int) -> Sequence[Unfinished]:
    """Such calls that began before a moment, by row number, from the one after `after_id` on."""
    open_calls = select(calls.c.id).where(calls.c.ended_at.is_(None), calls.c.started_at < before)
    wanted = union(open_calls, *(_with_legs(what, before) for what in (_UNMEASURED, _CONCLUDED))).subquery()
    last_turn = select(func.max(turns.c.at)).where(turns.c.call_sid == calls.c.call_sid).scalar_subquery()
    query = select(calls.c.id, calls.c.call_sid, calls.c.started_at, calls.c.ended_at, last_turn.label("last_turn_at"))
    found = connection.execute(
        query.where(calls.c.id.in_(select(wanted.c.id)), calls.c.id > after_id).order_by(calls.c.id).limit(most)
    ).all()
    of_call = _legs(connection, [row.id for row in found])
    return [
        Unfinished(
            id=row.id,
            call_sid=row.call_sid,
            last_turn_at=row.last_turn_at or row.started_at,
            has_ended=row.ended_at is not None,
            legs=tuple(of_call[row.id]),
        )
        for row in found
    ]


def _with_legs(what: ColumnElement[bool], before: datetime) -> Select[tuple[int]]:
    """The calls with such a leg; a query for each, as each has its own partial index."""
    return select(legs.c.call_id).where(what, legs.c.planned_at.between(before - _ASKED_WITHIN, before))


def _legs(connection: Connection, call_ids: Sequence[int]) -> dict[int, list[UnfinishedLeg]]:
    columns = (legs.c.call_id, legs.c.leg, legs.c.number, legs.c.dial_call_sid, legs.c.ended_at, legs.c.duration_s)
    rows = connection.execute(
        select(*columns, legs.c.status, legs.c.reported)
        .where(legs.c.call_id.in_(call_ids))
        .order_by(legs.c.call_id, legs.c.leg)
    )
    found: dict[int, list[UnfinishedLeg]] = defaultdict(list)
    for row in rows:
        is_concluded = row.status != row.reported
        lacks = row.ended_at is None or is_concluded or (row.status == Status.COMPLETED and row.duration_s is None)
        known = (row.leg, row.number, row.dial_call_sid, Status(row.status), row.ended_at)
        found[row.call_id].append(UnfinishedLeg(*known, not lacks, is_concluded))
    return found
