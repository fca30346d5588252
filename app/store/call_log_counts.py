"""How many calls or legs there are, by the tallies: the log itself is not read, however long it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, case, func, select, true, union_all

from app.domain.call_filters import CallFilters
from app.store.call_log_tables import call_tallies, call_tally_changes, leg_tallies, leg_tally_changes
from app.store.call_log_where import Conditions, first_by, in_campaign, of_call, of_leg, of_prompt, wanted
from app.store.figure_tables import figure_tallies, figure_tally_changes

MOST_CANDIDATES = 20_000
"""Rows that are looked through, at most, where no tally knows how two kinds of filters go together."""

MOST_READ = 200_000
"""Rows that are read, at most, to find these among the others of their days."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day with calls that may match; `n` is their number, and `read` rows are read to find them.

    Where `is_exact` of the days is false, there may be fewer.
    """

    day: date
    n: int
    read: int


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


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of tallies: the tables, by what they are filtered, and which of that an index leads by."""

    tables: tuple[Table, Table]
    by: Callable[[Table, CallFilters], Conditions]
    by_index: Callable[[Table, CallFilters], Conditions] = lambda table, filters: []


def _of_office(table: Table, filters: CallFilters) -> Conditions:
    return [] if filters.office_id is None else [table.c.office_id == filters.office_id]


_CALLS = _Kind((call_tallies, call_tally_changes), of_call)
_LEGS = _Kind((leg_tallies, leg_tally_changes), of_leg, _of_office)
_LEFT = _Kind((figure_tallies, figure_tally_changes), of_prompt, of_prompt)


def matching_days(connection: Connection, campaign_id: int, filters: CallFilters, *, legs: bool = False) -> Days:
    """The days on which calls, or with `legs` office calls, may match."""
    by_leg, by_prompt = legs or bool(filters.of_legs), filters.left is not None
    counted: list[dict[date, Day]] = []
    if by_prompt:
        counted.append(_by_day(connection, _LEFT, "n", campaign_id, filters))
    if by_leg:
        counted.append(_by_day(connection, _LEGS, "n" if legs else first_by(filters), campaign_id, filters))
    if filters.of_calls or not counted:
        counted.append(_by_day(connection, _CALLS, "n", campaign_id, filters))
    # The first of them leads to the rows.
    led, *others = counted
    days = sorted((day for day in led if all(day in each for each in others)), reverse=True)
    # A call may have several legs, so with legs only theirs bounds a day from above.
    bounding = [counted[by_prompt]] if legs else counted
    found = [replace(led[day], n=min(each[day].n for each in bounding)) for day in days]
    return Days(found, is_exact=not others)


def is_in_vain(days: Sequence[Day]) -> bool:
    """Whether too many rows were read on days that the tallies know, beside those that match."""
    return sum(day.read - day.n for day in days) > MOST_READ


def is_too_much(days: Sequence[Day]) -> bool:
    """Whether so many days are not looked through at once, where no tally knows how many rows match."""
    return sum(day.n for day in days) > MOST_CANDIDATES or sum(day.read for day in days) > MOST_READ


def _by_day(
    connection: Connection, kind: _Kind, counted: str, campaign_id: int, filters: CallFilters
) -> dict[date, Day]:
    def part(table: Table) -> Select[Any]:
        matches = case((and_(true(), *kind.by(table, filters)), table.c[counted]), else_=0)
        columns = (table.c.day, matches.label("n"), table.c.n.label("read"))
        return select(*columns).where(*in_campaign(table, campaign_id, filters), *kind.by_index(table, filters))

    both = union_all(*(part(table) for table in kind.tables)).subquery()
    n = func.sum(both.c.n)
    rows = connection.execute(select(both.c.day, n, func.sum(both.c.read)).group_by(both.c.day).having(n > 0))
    return {day: Day(day, int(n), int(read)) for day, n, read in rows}


def total(connection: Connection, campaign_id: int, filters: CallFilters, days: Days, *, legs: bool = False) -> Total:
    """How many calls or legs match."""
    if days.is_exact:
        return Total(days.n, is_exact=True)
    latest = _latest(days)
    if latest is None:
        return Total(0, is_exact=True)
    least, is_all = latest
    source, conditions = wanted(campaign_id, replace(filters, since=least), legs=legs)
    counted = connection.scalar(select(func.count()).select_from(source).where(*conditions))
    return Total(int(counted or 0), is_exact=is_all)


def _latest(days: Days) -> tuple[date, bool] | None:
    """The first of the latest days that can be looked through at once, and whether these are all days."""
    if not days.days:
        return None
    for place in range(1, len(days.days)):
        if is_too_much(days.days[: place + 1]):
            return days.days[place - 1].day, False
    return days.days[-1].day, True
