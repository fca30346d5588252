"""Pages of the call log by keyset: a call that comes in meanwhile moves no row from one page to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, Table, func, select, tuple_

from app.domain.call_filters import CallFilters
from app.store.call_log_counts import Day, Days, is_in_vain, is_too_much
from app.store.call_log_tables import call_facts, leg_facts
from app.store.call_log_where import wanted

_READ_AT_ONCE = 20_000
_EARLIEST, _LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A row's place in the log; `leg_id` is 0 where rows are calls."""

    day: date
    started_at: datetime
    call_id: int
    leg_id: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Places in the order they were looked for in; `goes_on` is set where there is more to look through after it.

    With `gave_up` the page is not full, because too many rows were looked through in vain.
    """

    places: Sequence[Place]
    goes_on: Place | None = None
    gave_up: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """How to go through the log: from where, the latest call first or backwards, by calls or by legs."""

    after: Place | None = None
    backwards: bool = False
    legs: bool = False


def find_page(
    connection: Connection, campaign_id: int, filters: CallFilters, days: Days | None, way: Way, size: int
) -> Found:
    """The next `size` rows; without days, for a search that has found its calls, all is looked through."""
    found, looked = list[Place](), list[Day]()
    for chunk in _chunks(days, way, size + 1) if filters.only is None or filters.only else ():
        if days and (is_in_vain(looked) if days.is_exact else is_too_much(looked)):
            return Found(found, _end_of(looked[-1].day, way), gave_up=True)
        query = _in_order(_query(campaign_id, _within(filters, chunk), way), way).limit(size + 1 - len(found))
        found += [_place(row) for row in connection.execute(query)]
        if len(found) > size:
            return Found(found[:size], found[size - 1])
        looked += chunk
    return Found(found)


def _chunks(days: Days | None, way: Way, enough: int) -> Iterator[list[Day]]:
    """Days in the order of the way, as many at a time as may have enough rows; one empty chunk for all days."""
    if days is None:
        yield []
        return
    chunk: list[Day] = []
    for day in reversed(days.days) if way.backwards else days.days:
        if way.after and (day.day < way.after.day if way.backwards else day.day > way.after.day):
            continue
        chunk.append(day)
        if sum(each.n for each in chunk) >= enough or sum(each.read for each in chunk) >= _READ_AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _within(filters: CallFilters, chunk: Sequence[Day]) -> CallFilters:
    if not chunk:
        return filters
    days = [day.day for day in chunk]
    return replace(filters, since=min(days), until=max(days))


def _end_of(day: date, way: Way) -> Place:
    return Place(day, _LATEST, 2**31 - 1, 2**31 - 1) if way.backwards else Place(day, _EARLIEST, 0)


def _query(campaign_id: int, filters: CallFilters, way: Way) -> Select[Any]:
    source, conditions = wanted(campaign_id, filters, legs=way.legs)
    query = select(*_key(way, filters)).select_from(source).where(*conditions)
    return query if filters.only is None else query.where(_table(way, filters).c.call_id.in_(filters.only))


def _table(way: Way, filters: CallFilters) -> Table:
    return leg_facts if filters.of_legs or way.legs else call_facts


def _key(way: Way, filters: CallFilters) -> list[Column[Any]]:
    table = _table(way, filters)
    return [table.c.day, table.c.started_at, table.c.call_id, *([table.c.leg_id] if way.legs else [])]


def _in_order(query: Select[Any], way: Way) -> Select[Any]:
    key: list[Any] = list(query.selected_columns)
    if way.after:
        place = (way.after.day, way.after.started_at, way.after.call_id, way.after.leg_id)[: len(key)]
        query = query.where(tuple_(*key) > place if way.backwards else tuple_(*key) < place)
    return query.order_by(*(key if way.backwards else [column.desc() for column in key]))


def _place(row: Row[Any]) -> Place:
    day, started_at, call_id, *leg_id = tuple(row)
    return Place(day, started_at, call_id, *leg_id)


def count_found(connection: Connection, campaign_id: int, filters: CallFilters, way: Way) -> int:
    """How many rows of the calls that a search has found match."""
    if not filters.only:
        return 0
    found = _query(campaign_id, filters, way).subquery()
    return int(connection.scalar(select(func.count()).select_from(found)) or 0)
