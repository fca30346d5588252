"""The rows of the call log as a page shows them, and as the export writes them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.call_filters import NOT_TOLD
from app.domain.came_from import CameFrom
from app.domain.furthest import Furthest
from app.domain.phone_numbers import caller_tag
from app.domain.results import EndReason
from app.store.call_log_pages import Place
from app.store.call_log_tables import call_facts
from app.store.call_tags import tags_of
from app.store.tables import calls, campaign_versions, legs, offices, turns

_PRESSED = "pressed "


@dataclass(frozen=True, slots=True)
class LegLine:
    """An office call in a row of the log; `result` is what the caller told, else what the line did, else 'open'."""

    leg_id: int
    office: str
    office_slug: str
    result: str
    talk_s: int | None
    started_at: datetime


@dataclass(frozen=True, slots=True)
class CallLine:
    """A row of the log; `visit` says which call of its supporter it is."""

    call_sid: str
    started_at: datetime
    caller: str
    visit: int
    language: str
    step: Furthest
    total_s: int | None
    is_over: bool
    is_test: bool
    is_left_out: bool
    came_from: CameFrom
    version: int
    end_reason: str | None
    is_short: bool
    is_failed: bool
    has_note: bool
    tags: Sequence[str]
    keys: str
    legs: tuple[LegLine, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether the caller was turned away."""
        return self.end_reason == EndReason.BLOCKED

    @property
    def talk_s(self) -> int:
        """Seconds with offices."""
        return sum(leg.talk_s or 0 for leg in self.legs)


def call_lines(connection: Connection, places: Sequence[Place], *, with_keys: bool = False) -> list[CallLine]:
    """The rows at the places, `with_keys` pressed; where rows are office calls, each has that one alone."""
    ids = {place.call_id for place in places}
    joined = calls.join(call_facts, call_facts.c.call_id == calls.c.id)
    joined = joined.join(campaign_versions, campaign_versions.c.id == calls.c.version_id)
    names = ("visit", "step", "is_over", "is_short", "is_failed", "has_note", "is_left_out", "came_from")
    query = (
        select(calls, campaign_versions.c.version, *(call_facts.c[name] for name in names))
        .select_from(joined)
        .where(calls.c.id.in_(ids), call_facts.c.call_id.in_(ids))
    )
    rows = {row.id: row for row in connection.execute(query)}
    attempts, tags = _legs(connection, ids), tags_of(connection, ids)
    keys = _keys(connection, [row.call_sid for row in rows.values()]) if with_keys else {}

    def line(row: Row[Any], place: Place) -> CallLine:
        return _line(row, _of_place(attempts[row.id], place), tags.get(row.id, ()), keys.get(row.call_sid, ""))

    return [line(rows[place.call_id], place) for place in places]


def _keys(connection: Connection, call_sids: Sequence[str]) -> dict[str, str]:
    pressed = turns.c.event.like(f"{_PRESSED}%")
    query = select(turns.c.call_sid, turns.c.event).where(turns.c.call_sid.in_(call_sids), pressed)
    found: dict[str, str] = defaultdict(str)
    for row in connection.execute(query.order_by(turns.c.call_sid, turns.c.turn)):
        found[row.call_sid] += row.event.removeprefix(_PRESSED)[:1]
    return found


def _of_place(attempts: Sequence[LegLine], place: Place) -> tuple[LegLine, ...]:
    return tuple(leg for leg in attempts if place.leg_id in (0, leg.leg_id))


def _legs(connection: Connection, ids: set[int]) -> dict[int, list[LegLine]]:
    found: dict[int, list[LegLine]] = defaultdict(list)
    query = (
        select(legs, offices.c.label, offices.c.slug)
        .join(offices, offices.c.id == legs.c.office_id)
        .where(legs.c.call_id.in_(ids))
    )
    for row in connection.execute(query.order_by(legs.c.call_id, legs.c.leg)):
        line = row.line_result or "open"
        result = row.disposition or (NOT_TOLD if line == "answered" else line)
        talk_s = row.duration_s if line == "answered" else None
        found[row.call_id].append(LegLine(row.id, row.label, row.slug, result, talk_s, row.planned_at))
    return found


def _line(row: Row[Any], attempts: tuple[LegLine, ...], tags: Sequence[str], keys: str) -> CallLine:
    return CallLine(
        call_sid=row.call_sid,
        started_at=row.started_at,
        caller=caller_tag(row.pseudonym or ""),
        visit=row.visit,
        language=row.language,
        step=Furthest(row.step),
        total_s=row.duration_s,
        is_over=row.is_over,
        is_test=row.is_test,
        is_left_out=row.is_left_out,
        came_from=CameFrom(row.came_from),
        version=row.version,
        end_reason=row.end_reason,
        is_short=row.is_short,
        is_failed=row.is_failed,
        has_note=row.has_note,
        tags=tags,
        keys=keys,
        legs=attempts,
    )
