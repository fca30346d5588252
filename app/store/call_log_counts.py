"""How many calls or legs there are, by the tallies: the log itself is not read, however long it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select, union_all

from app.domain.call_filters import CallFilters
from app.store.call_log_tables import call_facts, call_tallies, call_tally_changes, leg_facts, leg_tallies
from app.store.call_log_tables import leg_tally_changes as leg_changes
from app.store.call_log_where import Conditions, first_by, in_campaign, of_call, of_leg

LEGS_WITH_CALLS = leg_facts.join(call_facts, call_facts.c.call_id == leg_facts.c.call_id)

MOST_CANDIDATES = 20_000
"""Rows that are looked through, at most, where no tally knows how two kinds of filters go together."""

MOST_READ = 200_000
"""Rows that are read, at most, to find these among the others of their days."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day with calls that may match; `n` is their number.

    Where `is_exact` of the days is false, there may be fewer, and `read` rows are read to find out.
    """

    day: date
    n: int
    read: int = 0


@dataclass(frozen=True, slots=True)
class Days:
    """The days with calls that may match, the latest first."""

    days: Sequence[Day]
    is_exact: bool

    @property
    def n(self) -> int:
        """The matches of all days, or more."""
        return sum(day.n for day in self.days)


@dataclass(frozen=True, slots=True)
class Total:
    """How many match: exactly, or at least so many, because only the latest were looked through."""

    n: int
    is_exact: bool


def matching_days(connection: Connection, campaign_id: int, filters: CallFilters, *, legs: bool = False) -> Days:
    """The days on which calls, or with `legs` office calls, may match."""
    of_calls: dict[date, int] | None = None
    of_legs: dict[date, int] | None = None
    if legs or filters.of_legs:
        counted = "n" if legs else first_by(filters)
        where = (leg_tallies, leg_changes)
        of_legs = _by_day(connection, where, counted, campaign_id, filters, of_leg)
    if filters.of_calls or of_legs is None:
        where = (call_tallies, call_tally_changes)
        of_calls = _by_day(connection, where, "n", campaign_id, filters, of_call)
    if of_legs is None or of_calls is None:
        found = (of_legs if of_calls is None else of_calls) or {}
        return Days([Day(day, found[day]) for day in sorted(found, reverse=True)], is_exact=True)
    read = _by_day(connection, (leg_tallies, leg_changes), "n", campaign_id, filters, _of_index)
    # A call may have several legs, so with legs only theirs bounds a day from above.
    both = {day: n if legs else min(n, of_calls[day]) for day, n in of_legs.items() if day in of_calls}
    return Days([Day(day, both[day], read.get(day, 0)) for day in sorted(both, reverse=True)], is_exact=False)


def _of_index(table: Table, filters: CallFilters) -> Conditions:
    """By what an index leads to the legs of a day: their office, if it is asked for."""
    return [] if filters.office_id is None else [table.c.office_id == filters.office_id]


def is_too_much(days: Sequence[Day]) -> bool:
    """Whether so many days are not looked through at once."""
    return sum(day.n for day in days) > MOST_CANDIDATES or sum(day.read for day in days) > MOST_READ


def _by_day(
    connection: Connection,
    tables: tuple[Table, Table],
    counted: str,
    campaign_id: int,
    filters: CallFilters,
    by: Callable[[Table, CallFilters], Conditions],
) -> dict[date, int]:
    def part(table: Table) -> Select[Any]:
        conditions = [*in_campaign(table, campaign_id, filters), *by(table, filters)]
        return select(table.c.day, table.c[counted].label("n")).where(*conditions)

    both = union_all(part(tables[0]), part(tables[1])).subquery()
    n = func.sum(both.c.n)
    rows = connection.execute(select(both.c.day, n).group_by(both.c.day).having(n > 0))
    return {row[0]: int(row[1]) for row in rows}


def total(connection: Connection, campaign_id: int, filters: CallFilters, days: Days, *, legs: bool = False) -> Total:
    """How many calls or legs match."""
    if days.is_exact:
        return Total(days.n, is_exact=True)
    latest = _latest(days)
    if latest is None:
        return Total(0, is_exact=True)
    least, is_all = latest
    conditions = joined(campaign_id, replace(filters, since=least), legs=legs)
    counted = connection.scalar(select(func.count()).select_from(LEGS_WITH_CALLS).where(*conditions))
    return Total(int(counted or 0), is_exact=is_all)


def _latest(days: Days) -> tuple[date, bool] | None:
    """The first of the latest days that can be looked through at once, and whether these are all days."""
    if not days.days:
        return None
    for place in range(1, len(days.days)):
        if is_too_much(days.days[: place + 1]):
            return days.days[place - 1].day, False
    return days.days[-1].day, True


def joined(campaign_id: int, filters: CallFilters, *, legs: bool) -> Conditions:
    """The conditions on legs, and where calls are filtered too, on them as well."""
    conditions = [*in_campaign(leg_facts, campaign_id, filters), *of_leg(leg_facts, filters)]
    if filters.of_legs and not legs:
        conditions.append(leg_facts.c[first_by(filters)] == 1)
    if filters.of_calls:
        # Campaign and days are said of both tables, so that neither is read from end to end.
        conditions += [*in_campaign(call_facts, campaign_id, filters), *of_call(call_facts, filters)]
    return conditions
