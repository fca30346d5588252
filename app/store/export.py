"""The call log, streamed: oldest first, a page at a time, so that its length costs no memory."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select, tuple_

from app.domain.phone_numbers import caller_tag
from app.domain.results import END_STATUSES, Status
from app.store.campaigns import UnknownCampaign
from app.store.tables import calls, campaigns, legs, offices

_PAGE = 500


@dataclass(frozen=True, slots=True)
class LegRow:
    """An office attempt as the log gives it; `duration` is in seconds."""

    office: str
    number: str
    dial_call_sid: str
    started_at: datetime
    status: str
    duration: int | None
    bridged: bool
    disposition: str | None


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as the log gives it; `caller` is a tag or 'withheld', `duration` is in seconds."""

    call_sid: str
    campaign: str
    direction: str
    caller: str
    called: str
    language: str
    started_at: datetime
    ended_at: datetime | None
    duration: int | None
    status: str
    last_step: str
    end_reason: str | None
    legs: tuple[LegRow, ...]


def stream_calls(
    connection: Connection,
    campaign: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    with_tests: bool = True,
) -> Iterator[CallRow]:
    """The calls of one campaign, or of all, that started from `since` on and before `until`; raises UnknownCampaign.

    Without `with_tests`, simulated calls are left out.
    Each page is read in a transaction of its own, so that a slow reader of the stream holds nothing back.
    """
    query = _calls(_campaign_id(connection, campaign), since, until)
    if not with_tests:
        query = query.where(calls.c.is_test.is_(False))
    page = _page(connection, query)
    while page:
        attempts = _attempts(connection, page)
        connection.rollback()
        for row in page:
            yield _call_row(row, attempts[row.id])
        last = page[-1]
        page = _page(connection, query.where(tuple_(calls.c.started_at, calls.c.id) > (last.started_at, last.id)))


def one_call(connection: Connection, call_sid: str) -> CallRow | None:
    """One call as the log gives it, or None if it has no row."""
    found = _page(connection, _calls(None, None, None).where(calls.c.call_sid == call_sid))
    return _call_row(found[0], _attempts(connection, found)[found[0].id]) if found else None


def some_calls(connection: Connection, ids: Sequence[int]) -> list[CallRow]:
    """The calls with these row numbers as the log gives them, in this order."""
    query = select(calls, campaigns.c.slug).join(campaigns, campaigns.c.id == calls.c.campaign_id)
    rows = {row.id: row for row in connection.execute(query.where(calls.c.id.in_(ids)))}
    attempts = _attempts(connection, list(rows.values()))
    return [_call_row(rows[each], attempts[each]) for each in ids if each in rows]


def some_legs(connection: Connection, places: Sequence[tuple[int, int]]) -> list[CallRow]:
    """Office calls, each named by the row numbers of its call and its own: as calls with that one alone."""
    query = select(calls, campaigns.c.slug).join(campaigns, campaigns.c.id == calls.c.campaign_id)
    wanted = {call_id for call_id, _ in places}
    rows = {row.id: row for row in connection.execute(query.where(calls.c.id.in_(wanted)))}
    named = select(legs, offices.c.label).join(offices, offices.c.id == legs.c.office_id)
    these = named.where(legs.c.id.in_([leg_id for _, leg_id in places]))
    attempts = {row.id: _leg_row(row) for row in connection.execute(these)}
    return [_call_row(rows[call], [attempts[leg]]) for call, leg in places if call in rows and leg in attempts]


def _campaign_id(connection: Connection, slug: str | None) -> int | None:
    if slug is None:
        return None
    campaign_id: int | None = connection.scalar(select(campaigns.c.id).where(campaigns.c.slug == slug))
    if campaign_id is None:
        raise UnknownCampaign(f"There is no campaign {slug!r}.")
    return campaign_id


def _calls(campaign_id: int | None, since: datetime | None, until: datetime | None) -> Select[Any]:
    query = select(calls, campaigns.c.slug).join(campaigns, campaigns.c.id == calls.c.campaign_id)
    if campaign_id is not None:
        query = query.where(calls.c.campaign_id == campaign_id)
    if since is not None:
        query = query.where(calls.c.started_at >= since)
    if until is not None:
        query = query.where(calls.c.started_at < until)
    return query.order_by(calls.c.started_at, calls.c.id).limit(_PAGE)


def _page(connection: Connection, query: Select[Any]) -> Sequence[Row[Any]]:
    return connection.execute(query).all()


def _attempts(connection: Connection, page: Sequence[Row[Any]]) -> dict[int, list[LegRow]]:
    query = select(legs, offices.c.label).join(offices, offices.c.id == legs.c.office_id)
    of_page = query.where(legs.c.call_id.in_([row.id for row in page])).order_by(legs.c.call_id, legs.c.leg)
    attempts: dict[int, list[LegRow]] = defaultdict(list)
    for row in connection.execute(of_page):
        attempts[row.call_id].append(_leg_row(row))
    return attempts


def _leg_row(row: Row[Any]) -> LegRow:
    return LegRow(
        office=row.label,
        number=row.number,
        dial_call_sid=row.dial_call_sid,
        started_at=row.planned_at,
        status=_word(row.status),
        duration=row.duration_s,
        bridged=bool(row.bridged),
        disposition=row.disposition,
    )


def _call_row(row: Row[Any], attempts: Sequence[LegRow]) -> CallRow:
    return CallRow(
        call_sid=row.call_sid,
        campaign=row.slug,
        direction=row.direction,
        caller=caller_tag(row.pseudonym or ""),
        called=row.called,
        language=row.language,
        started_at=row.started_at,
        ended_at=row.ended_at,
        duration=row.duration_s,
        status=_word(row.status),
        last_step=row.last_step,
        end_reason=row.end_reason,
        legs=tuple(attempts),
    )


def _word(status: str) -> str:
    # The log tells only what is under way from what is over, and how it ended.
    return status if status in END_STATUSES else Status.IN_PROGRESS.value
