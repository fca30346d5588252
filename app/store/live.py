"""What goes on in a campaign at this moment: calls under way, office calls of theirs, and the last that ended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from app.domain.call_filters import NOT_TOLD
from app.domain.phone_numbers import caller_tag
from app.domain.picking import RECENT
from app.domain.results import Status
from app.store.call_log_tables import leg_facts
from app.store.live_legs import LONGEST_LEG, is_live
from app.store.statements import minute_of
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
class Waiting:
    """A caller who is on with no office: `step` is what they hear."""

    call_sid: str
    caller: str
    since: datetime
    step: str


@dataclass(frozen=True, slots=True)
class Ended:
    """An office call that is over, as the ticker tells it."""

    at: datetime
    office: str
    result: str
    talk_s: int | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is the matter with an office: busy until a moment, a call to it failed, or callers could not get through.

    Callers are asked how it went after an office has answered: two who lately could not get through then may have met
    a mailbox that takes no more messages.
    """

    busy_until: datetime | None = None
    is_failed: bool = False
    may_be_full: bool = False


def count_on_line(connection: Connection, campaign_id: int, now: datetime, *, tests: bool) -> int:
    """How many callers are on the line."""
    counted = select(func.count()).select_from(calls).where(*_on_line(campaign_id, now, tests=tests))
    return connection.scalar(counted) or 0


def count_office_calls(connection: Connection, now: datetime) -> int:
    """How many office calls of all campaigns are under way."""
    return connection.scalar(select(func.count()).select_from(legs).where(is_live(now - LONGEST_LEG))) or 0


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


def calls_in_menu(
    connection: Connection, campaign_id: int, now: datetime, with_offices: Collection[str], most: int, *, tests: bool
) -> list[Waiting]:
    """The callers on the line but those given as being with an office, whoever came last first; at most so many."""
    wanted = (calls.c.call_sid, calls.c.pseudonym, calls.c.started_at, calls.c.last_step)
    conditions = (*_on_line(campaign_id, now, tests=tests), calls.c.call_sid.not_in(with_offices))
    order = (calls.c.started_at.desc(), calls.c.id.desc())
    rows = connection.execute(select(*wanted).where(*conditions).order_by(*order).limit(most))
    return [Waiting(row.call_sid, caller_tag(row.pseudonym or ""), row.started_at, row.last_step) for row in rows]


def begun_by_minute(
    connection: Connection, campaign_id: int, since: datetime, *, tests: bool
) -> Mapping[datetime, int]:
    """How many calls began in each minute since a moment; minutes without any are left out."""
    minute = minute_of(connection, calls.c.started_at).label("minute")
    conditions = [calls.c.campaign_id == campaign_id, calls.c.started_at >= since]
    of_all = conditions if tests else [*conditions, calls.c.is_test.is_(False)]
    rows = connection.execute(select(minute, func.count().label("n")).where(*of_all).group_by(minute))
    return {datetime.fromisoformat(row.minute).replace(tzinfo=UTC): row.n for row in rows}


def last_ended(connection: Connection, campaign_id: int, today: date, most: int, *, tests: bool) -> Sequence[Ended]:
    """The last office calls that ended, of the calls that began last; the latest first."""
    facts = leg_facts.c
    conditions = [facts.campaign_id == campaign_id, facts.day >= today - _DAYS_BACK, facts.line != "open"]
    conditions.append(facts.is_left_out.is_(False))
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
    """The offices with which something is the matter, by row number."""
    rows = connection.execute(select(offices).where(offices.c.campaign_id == campaign_id))
    found = {row.id: trouble_of(row, now) for row in rows}
    return {number: trouble for number, trouble in found.items() if trouble != Trouble()}


def trouble_of(row: Row[Any], now: datetime) -> Trouble:
    """What is the matter with the office of a row."""
    is_busy = row.cooled_until is not None and row.cooled_until > now
    # The second report is the earlier one.
    earlier = row.could_not_2_at
    return Trouble(
        busy_until=row.cooled_until if is_busy else None,
        is_failed=row.hidden_at is not None,
        may_be_full=earlier is not None and now - earlier < RECENT,
    )


def _on_line(campaign_id: int, now: datetime, *, tests: bool) -> list[ColumnElement[bool]]:
    return [calls.c.campaign_id == campaign_id, *on_line(now, tests=tests)]


def on_line(now: datetime, *, tests: bool) -> list[ColumnElement[bool]]:
    """The conditions that a caller is on the line."""
    # A call that we ended is over, even before the carrier says so.
    is_on = [calls.c.started_at > now - LONGEST_CALL, calls.c.ended_at.is_(None), calls.c.end_reason.is_(None)]
    return is_on if tests else [*is_on, calls.c.is_test.is_(False)]
