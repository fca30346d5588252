"""What goes on in a campaign at this moment: calls under way, office calls of theirs, and the last that ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.call_filters import NOT_TOLD
from app.domain.phone_numbers import caller_tag
from app.domain.results import Status
from app.store.call_log_tables import leg_facts
from app.store.live_legs import LONGEST_LEG, is_live
from app.store.tables import calls, legs, offices

LONGEST_CALL = timedelta(minutes=70)
"""A call whose end was never reported counts as being on the line for this long."""

_DAYS_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A caller on with an office, or waiting for it to answer."""

    call_sid: str
    caller: str
    office_id: int
    since: datetime
    is_talking: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """An office call that is over, as the ticker tells it."""

    at: datetime
    office: str
    result: str
    talk_s: int | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps # from an office: it was busy until a moment, or a call to it failed."""

    busy_until: datetime | None
    is_failed: bool


def count_on_line(connection: Connection, campaign_id: int, now: datetime, *, tests: bool) -> int:
    """How many callers are on the line."""
    counted = select(func.count()).select_from(calls).where(*_on_line(campaign_id, now, tests=tests))
    return connection.scalar(counted) or 0


def calls_with_offices(connection: Connection, campaign_id: int, now: datetime, *, tests: bool) -> list[LiveCall]:
    """The callers who are on with an office or wait for its answer, whoever came first first."""
    wanted = (calls.c.call_sid, calls.c.pseudonym, legs.c.office_id, legs.c.planned_at, legs.c.answered_at)
    query = (
        select(*wanted, legs.c.status)
        .join(legs, legs.c.call_id == calls.c.id)
        .where(*_on_line(campaign_id, now, tests=tests), is_live(now - LONGEST_LEG))
        .order_by(calls.c.started_at, calls.c.id, legs.c.leg)
    )
    # Of an office call whose end was never reported, the caller's next one is the end.
    latest = {row.call_sid: row for row in connection.execute(query)}
    return [
        LiveCall(
            call_sid=row.call_sid,
            caller=caller_tag(row.pseudonym or ""),
            office_id=row.office_id,
            since=row.answered_at or row.planned_at,
            is_talking=row.status == Status.IN_PROGRESS,
        )
        for row in latest.values()
    ]


def last_ended(connection: Connection, campaign_id: int, today: date, most: int, *, tests: bool) -> Sequence[Ended]:
    """The last office calls that ended, of the calls that began last; the latest first."""
    facts = leg_facts.c
    conditions = [facts.campaign_id == campaign_id, facts.day >= today - _DAYS_BACK, facts.line != "open"]
    order = (facts.day.desc(), facts.started_at.desc(), facts.call_id.desc(), facts.leg_id.desc())
    of_all = conditions if tests else [*conditions, facts.is_test.is_(False)]
    last = connection.scalars(select(facts.leg_id).where(*of_all).order_by(*order).limit(most)).all()
    query = select(legs, offices.c.label).join(offices, offices.c.id == legs.c.office_id).where(legs.c.id.in_(last))
    ended = [
        Ended(
            at=row.ended_at or row.planned_at,
            office=row.label,
            result=row.disposition or (NOT_TOLD if row.line_result == "answered" else row.line_result),
            talk_s=row.duration_s if row.line_result == "answered" else None,
        )
        for row in connection.execute(query)
    ]
    return sorted(ended, key=lambda each: each.at, reverse=True)


def troubles(connection: Connection, campaign_id: int, now: datetime) -> Mapping[int, Trouble]:
    """The offices that # avoids, by row number."""
    rows = connection.execute(select(offices).where(offices.c.campaign_id == campaign_id))
    found = {
        row.id: Trouble(
            row.cooled_until if row.cooled_until and row.cooled_until > now else None, row.hidden_at is not None
        )
        for row in rows
    }
    return {number: trouble for number, trouble in found.items() if trouble.busy_until or trouble.is_failed}


def _on_line(campaign_id: int, now: datetime, *, tests: bool) -> list[ColumnElement[bool]]:
    # A call that we ended is over, even before the carrier says so.
    is_on = [
        calls.c.campaign_id == campaign_id,
        calls.c.started_at > now - LONGEST_CALL,
        calls.c.ended_at.is_(None),
        calls.c.end_reason.is_(None),
    ]
    return is_on if tests else [*is_on, calls.c.is_test.is_(False)]
