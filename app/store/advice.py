"""What the database alone knows, read at the start of a turn by one statement."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    select,
)

from app.domain.campaigns import CampaignStatus
from app.domain.furthest import Furthest
from app.domain.picking import REMEMBERED, Advice, Memory, OfficeFacts
from app.store.blocks import is_listed, is_marked
from app.store.call_log_tables import call_facts
from app.store.columns import Outside, Utc
from app.store.hot import Hot
from app.store.live_legs import LONGEST_LEG, is_live
from app.store.tables import callbacks, calls, campaigns, legs, offices, supporter_offices, supporters, turns

_CALLS_LOOKED_AT = 20
"""Of a supporter's earlier calls, the latest: whoever called more often without hearing the summary waits for it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a turn is decided.

    `answer` is what this very turn was answered with, if it was taken before; `waits` is whether the carrier has
    reported of its call what could not be applied yet. `is_marked` is whether the campaign blocks the supporter,
    `is_listed` whether every campaign does.
    """

    advice: Advice = field(default_factory=Advice)
    answer: str | None = None
    waits: bool = False
    is_marked: bool = False
    is_listed: bool = False


def read_known(
    connection: Connection, campaign_id: int, pseudonym: str, call_sid: str, turn: int, now: datetime, digest: str = ""
) -> Known:
    """What is known of a campaign's offices, of a supporter's calls to them and of a call's turn.

    How a supporter likes it, and whether they are blocked, counts in the first turn only: later, the call knows better.
    """
    of_now = {"campaign": campaign_id, "supporter": pseudonym, "now": now, "since": now - LONGEST_LEG}
    rows = FACTS.rows(connection, {**of_now, "call": call_sid, "turn": turn, "digest": digest})
    if not rows:
        return Known()
    first, is_first_turn = rows[0], turn <= 1
    is_blocked = bool(first.is_marked or first.is_listed) and is_first_turn
    advice = Advice(
        status=CampaignStatus(first.status),
        offices={row.slug: _facts(row) for row in rows if row.slug is not None},
        memory=_memory(first, now) if is_first_turn else None,
        is_blocked=is_blocked,
    )
    return Known(advice, first.answer, first.waits, bool(first.is_marked), bool(first.is_listed))


def _facts_query() -> Select[Any]:
    """One row an office, each with the campaign's status; live legs and the supporter's rows are read by index."""
    live = and_(legs.c.office_id == offices.c.id, is_live(bindparam("since", type_=Utc)))
    mine = and_(
        supporter_offices.c.campaign_id == bindparam("campaign"),
        supporter_offices.c.pseudonym == bindparam("supporter"),
        supporter_offices.c.office_id == offices.c.id,
    )
    me = and_(
        supporters.c.campaign_id == bindparam("campaign"),
        supporters.c.pseudonym == bindparam("supporter"),
    )
    this_call = bindparam("call", type_=Outside)
    answer = select(turns.c.answer).where(turns.c.call_sid == this_call, turns.c.turn == bindparam("turn"))
    waits = exists().where(callbacks.c.call_sid == this_call, callbacks.c.applied.is_(False))
    columns = (
        campaigns.c.status,
        supporters.c.language,
        supporters.c.patient,
        supporters.c.last_call_at,
        answer.scalar_subquery().label("answer"),
        waits.label("waits"),
        is_marked().label("is_marked"),
        is_listed().label("is_listed"),
        _has_heard_summary().label("has_heard_summary"),
        offices.c.slug,
        offices.c.cooled_until,
        offices.c.hidden_at,
        offices.c.could_not_1_at,
        offices.c.could_not_2_at,
        offices.c.day,
        offices.c.dials_on_day,
        select(func.count()).select_from(legs).where(live).scalar_subquery().label("live_legs"),
        supporter_offices.c.tried_at,
        supporter_offices.c.reached,
        supporter_offices.c.day.label("my_day"),
        supporter_offices.c.bridges_on_day,
    )
    joined = campaigns.outerjoin(offices, offices.c.campaign_id == campaigns.c.id).outerjoin(supporter_offices, mine)
    joined = joined.outerjoin(supporters, me)
    return select(*columns).select_from(joined).where(campaigns.c.id == bindparam("campaign"))


def _has_heard_summary() -> ColumnElement[bool]:
    """Whether the supporter got so far as to hear the summary in a call before; it is asked in the first turn alone."""
    mine = (calls.c.campaign_id == bindparam("campaign"), calls.c.pseudonym == bindparam("supporter"))
    latest = select(calls.c.id).where(*mine).order_by(calls.c.started_at.desc(), calls.c.id.desc())
    before = latest.limit(_CALLS_LOOKED_AT).subquery()
    heard = exists().where(call_facts.c.call_id == before.c.id, call_facts.c.step >= Furthest.HEARD)
    return case((bindparam("turn", type_=Integer) <= 1, heard), else_=false())


# Made once: every webhook asks it, and making it takes longer than asking.
FACTS = Hot(_facts_query())


def _memory(row: Any, now: datetime) -> Memory | None:
    if row.last_call_at is None or now - row.last_call_at > REMEMBERED:
        return None
    return Memory(row.language, row.patient, bool(row.has_heard_summary))


def _facts(row: Any) -> OfficeFacts:
    return OfficeFacts(
        live_legs=row.live_legs,
        cooled_until=row.cooled_until,
        hidden=row.hidden_at is not None,
        could_not_at=tuple(at for at in (row.could_not_1_at, row.could_not_2_at) if at is not None),
        day=row.day,
        dials_on_day=row.dials_on_day,
        my_tried_at=row.tried_at,
        my_reached=bool(row.reached),
        my_day=row.my_day,
        my_bridges_on_day=row.bridges_on_day or 0,
    )
