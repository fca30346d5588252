"""Erasing all that was recorded of a campaign: its calls are deleted, a few at a time, and figures follow them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from app.store.blocks import forget_blocked_of
from app.store.call_log_tables import call_facts, call_notes, call_tags, leg_facts, outcome_corrections
from app.store.erasure import forget_some
from app.store.erasure_tables import campaign_erasures as table
from app.store.statements import insert_once
from app.store.tables import callbacks, calls, campaigns, legs, supporters, turns


@dataclass(frozen=True, slots=True)
class Recorded:
    """How much was recorded of a campaign."""

    calls: int
    office_calls: int
    supporters: int
    notes: int
    tags: int
    corrections: int


@dataclass(frozen=True, slots=True)
class Erasing:
    """A campaign that is being erased: of how many calls, and who asked for it."""

    campaign_id: int
    slug: str
    calls: int
    asked_by: str
    asked_at: datetime


def recorded(connection: Connection, campaign_id: int) -> Recorded:
    """Count what was recorded of a campaign."""
    corrected = select(func.count()).select_from(
        outcome_corrections.join(legs, legs.c.id == outcome_corrections.c.leg_id)
    )
    counts = [
        *(
            select(func.count()).select_from(each).where(each.c.campaign_id == campaign_id)
            for each in (calls, legs, supporters, call_notes, call_tags)
        ),
        corrected.where(legs.c.campaign_id == campaign_id),
    ]
    return Recorded(*(connection.scalar(count) or 0 for count in counts))


def begin(connection: Connection, campaign_id: int, by: str, at: datetime) -> bool:
    """Mark all calls that began until now to be erased; False if somebody has done so already."""
    number = select(func.count()).select_from(calls).where(calls.c.campaign_id == campaign_id)
    values = {"calls": connection.scalar(number) or 0, "asked_by": by, "asked_at": at}
    return insert_once(connection, table, ("campaign_id",), {"campaign_id": campaign_id, **values})


def under_way(connection: Connection) -> list[Erasing]:
    """The campaigns that are being erased."""
    columns = (table.c.campaign_id, campaigns.c.slug, table.c.calls, table.c.asked_by, table.c.asked_at)
    joined = table.join(campaigns, campaigns.c.id == table.c.campaign_id)
    return [Erasing(*row) for row in connection.execute(select(*columns).select_from(joined))]


def count_left(connection: Connection, erasing: Erasing) -> int:
    """How many calls are still to go."""
    return connection.scalar(select(func.count()).select_from(calls).where(*_to_go(erasing))) or 0


def erase_some(connection: Connection, erasing: Erasing, most: int) -> bool:
    """Delete a part of what was recorded; whether anything may be left."""
    # The latest first: whether a call is its supporter's first in a period depends on the earlier ones, which stay.
    order = (calls.c.started_at.desc(), calls.c.id.desc())
    latest = select(calls.c.id, calls.c.call_sid).where(*_to_go(erasing)).order_by(*order).limit(most)
    found = {row.id: row.call_sid for row in connection.execute(latest)}
    _delete_calls(connection, list(found), list(found.values()))
    return len(found) == most or forget_some(connection, erasing.campaign_id, erasing.asked_at, most) == most


def end(connection: Connection, erasing: Erasing) -> bool:
    """Take the mark away, and what the campaign knew of blocked callers; False if another process has done it."""
    forget_blocked_of(connection, erasing.campaign_id)
    # SQLite gives the numbers of rows that are gone to new ones.
    connection.execute(update(campaigns).where(campaigns.c.id == erasing.campaign_id).values(nobodys_through=0))
    return connection.execute(delete(table).where(table.c.campaign_id == erasing.campaign_id)).rowcount == 1


def _to_go(erasing: Erasing) -> tuple[ColumnElement[bool], ...]:
    # Not by row number, of which SQLite gives those that are gone to new rows.
    return calls.c.campaign_id == erasing.campaign_id, calls.c.started_at <= erasing.asked_at


def _delete_calls(connection: Connection, ids: list[int], sids: list[str]) -> None:
    # Facts first: triggers count them out of the figures once, and have nothing to make anew when their legs go.
    for facts in (call_facts, leg_facts):
        connection.execute(delete(facts).where(facts.c.call_id.in_(ids)))
    connection.execute(delete(legs).where(legs.c.call_id.in_(ids)))
    for of_carrier in (turns, callbacks):
        connection.execute(delete(of_carrier).where(of_carrier.c.call_sid.in_(sids)))
    connection.execute(delete(calls).where(calls.c.id.in_(ids)))
