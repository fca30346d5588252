"""All that is kept of one call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.domain.came_from import CameFrom
from app.domain.furthest import Furthest
from app.domain.phone_numbers import caller_tag
from app.store.call_log_tables import call_facts
from app.store.call_notes import Correction, Note, corrections_of, notes_of
from app.store.call_tags import tags_of
from app.store.tables import callbacks, calls, campaign_versions, campaigns, legs, offices, turns

_MOST_OTHERS = 20


@dataclass(frozen=True, slots=True)
class DetailTurn:
    """A turn with what was answered, as the carrier got it, and how long that speaks."""

    turn: int
    step: str
    event: str
    at: datetime
    answer: str
    notes: Sequence[Mapping[str, Any]]
    speech_s: int | None


@dataclass(frozen=True, slots=True)
class DetailLeg:
    """An office call with all that is known of it; `leg` is the turn that announced it."""

    leg: int
    office: str
    office_slug: str
    reasons: Sequence[str]
    planned_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    line: str
    talk_s: int | None
    outcome: str | None
    corrections: Sequence[Correction]
    dial_call_sid: str


@dataclass(frozen=True, slots=True)
class OtherCall:
    """Another call of the same supporter."""

    call_sid: str
    started_at: datetime
    step: Furthest


@dataclass(frozen=True, slots=True)
class Callback:
    """A status callback as it came."""

    at: datetime
    leg: int
    status: str
    sequence: int
    duration_s: int | None


@dataclass(frozen=True, slots=True)
class CallDetail:
    """A call, its turns, legs, notes and callbacks, and the supporter's other calls, the latest first."""

    call_sid: str
    campaign: str
    version: int
    caller: str
    visit: int
    language: str
    called: str
    direction: str
    started_at: datetime
    ended_at: datetime | None
    duration_s: int | None
    status: str
    end_reason: str | None
    step: Furthest
    is_test: bool
    is_failed: bool
    marked_test: bool
    came_from: CameFrom
    turns: Sequence[DetailTurn]
    legs: Sequence[DetailLeg]
    notes: Sequence[Note]
    tags: Sequence[str]
    others: Sequence[OtherCall]
    other_count: int
    callbacks: Sequence[Callback]


def campaign_of_call(connection: Connection, call_sid: str) -> str | None:
    """The slug of a call's campaign, or None if there is no such call."""
    joined = calls.join(campaigns, campaigns.c.id == calls.c.campaign_id)
    return connection.scalar(select(campaigns.c.slug).select_from(joined).where(calls.c.call_sid == call_sid))


def read_call(connection: Connection, call_sid: str) -> CallDetail | None:
    """All that is kept of a call, or None if there is no such call."""
    joined = calls.join(call_facts, call_facts.c.call_id == calls.c.id)
    joined = joined.join(campaigns, campaigns.c.id == calls.c.campaign_id)
    joined = joined.join(campaign_versions, campaign_versions.c.id == calls.c.version_id)
    facts = (call_facts.c.step, call_facts.c.visit, call_facts.c.is_failed, call_facts.c.came_from)
    query = select(calls, *facts, campaigns.c.slug, campaign_versions.c.version).select_from(joined)
    row = connection.execute(query.where(calls.c.call_sid == call_sid)).first()
    if row is None:
        return None
    others, count = _others(connection, row)
    same = ("call_sid", "visit", "language", "called", "direction", "started_at", "ended_at", "duration_s", "status")
    return CallDetail(
        **{
            name: getattr(row, name) for name in (*same, "version", "end_reason", "is_test", "is_failed", "marked_test")
        },
        campaign=row.slug,
        caller=caller_tag(row.pseudonym or ""),
        step=Furthest(row.step),
        came_from=CameFrom(row.came_from),
        turns=_turns(connection, call_sid),
        legs=_legs(connection, row.id),
        notes=notes_of(connection, row.id),
        tags=tags_of(connection, [row.id]).get(row.id, []),
        others=others,
        other_count=count,
        callbacks=_callbacks(connection, call_sid),
    )


def _turns(connection: Connection, call_sid: str) -> list[DetailTurn]:
    rows = connection.execute(select(turns).where(turns.c.call_sid == call_sid).order_by(turns.c.turn))
    return [DetailTurn(row.turn, row.step, row.event, row.at, row.answer, row.notes, row.speech_s) for row in rows]


def _legs(connection: Connection, call_id: int) -> list[DetailLeg]:
    joined = legs.join(offices, offices.c.id == legs.c.office_id)
    query = select(legs, offices.c.label, offices.c.slug).select_from(joined).where(legs.c.call_id == call_id)
    rows = connection.execute(query.order_by(legs.c.leg)).all()
    corrections = corrections_of(connection, [row.id for row in rows])
    return [_leg(row, corrections.get(row.id, [])) for row in rows]


def _leg(row: Row[Any], corrections: Sequence[Correction]) -> DetailLeg:
    same = ("leg", "reasons", "planned_at", "answered_at", "ended_at", "dial_call_sid")
    line = row.line_result or "open"
    return DetailLeg(
        **{name: getattr(row, name) for name in same},
        office=row.label,
        office_slug=row.slug,
        line=line,
        talk_s=row.duration_s if line == "answered" else None,
        outcome=row.disposition,
        corrections=corrections,
    )


def _others(connection: Connection, row: Row[Any]) -> tuple[list[OtherCall], int]:
    if not row.pseudonym:
        return [], 0
    same = (calls.c.campaign_id == row.campaign_id, calls.c.pseudonym == row.pseudonym, calls.c.id != row.id)
    joined = calls.join(call_facts, call_facts.c.call_id == calls.c.id)
    query = select(calls.c.call_sid, calls.c.started_at, call_facts.c.step).select_from(joined).where(*same)
    latest = connection.execute(query.order_by(calls.c.started_at.desc(), calls.c.id.desc()).limit(_MOST_OTHERS))
    others = [OtherCall(other.call_sid, other.started_at, Furthest(other.step)) for other in latest]
    return others, int(connection.scalar(select(func.count()).select_from(calls).where(*same)) or 0)


def _callbacks(connection: Connection, call_sid: str) -> list[Callback]:
    query = select(callbacks).where(callbacks.c.call_sid == call_sid).order_by(callbacks.c.at, callbacks.c.id)
    rows = connection.execute(query)
    return [Callback(row.at, row.leg, row.status, row.sequence, row.duration_s) for row in rows]
