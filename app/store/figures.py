"""The sums that figures are made of, from the tallies: the log itself is not read, however long it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, func, select, union_all

from app.domain.call_filters import CallFilters
from app.domain.furthest import Furthest
from app.store.call_log_tables import call_tallies, call_tally_changes, leg_tallies, leg_tally_changes
from app.store.call_log_where import in_campaign
from app.store.figure_tables import figure_tallies, figure_tally_changes
from app.store.tables import campaign_versions


@dataclass(frozen=True, slots=True)
class CallSum:
    """How many calls of one day and language got to a furthest step."""

    day: date
    language: str
    step: Furthest
    n: int


@dataclass(frozen=True, slots=True)
class LegSum:
    """How many office calls to an office went one way; `calls` counts each call once for all with this outcome."""

    office_id: int
    line: str
    outcome: str
    n: int
    calls: int


@dataclass(frozen=True, slots=True)
class FigureSum:
    """How many calls have a value of a chart, in its bucket, and the sum of these values."""

    chart: str
    part: str
    bucket: int
    language: str
    version_id: int
    direction: str
    n: int
    total: int


@dataclass(frozen=True, slots=True)
class DaySum:
    """How many calls of one day have a value of a chart."""

    day: date
    bucket: int
    n: int


def sum_calls(connection: Connection, campaign_id: int, filters: CallFilters) -> list[CallSum]:
    """The calls of a campaign, by the days and tests of the filters."""
    tables = (call_tallies, call_tally_changes)
    rows = _sums(connection, tables, ("day", "language", "step"), ("n",), campaign_id, filters)
    return [CallSum(row.day, row.language, Furthest(row.step), int(row.n)) for row in rows]


def sum_legs(connection: Connection, campaign_id: int, filters: CallFilters) -> list[LegSum]:
    """The office calls of a campaign, by the days and tests of the filters."""
    tables, counts = (leg_tallies, leg_tally_changes), ("n", "by_outcome")
    rows = _sums(connection, tables, ("office_id", "line", "outcome"), counts, campaign_id, filters)
    return [LegSum(row.office_id, row.line, row.outcome, int(row.n), int(row.by_outcome)) for row in rows]


def sum_figures(connection: Connection, campaign_id: int, filters: CallFilters) -> list[FigureSum]:
    """What the calls of a campaign come to, by the days and tests of the filters."""
    cell = ("chart", "part", "bucket", "language", "version_id", "direction")
    rows = _sums(connection, _FIGURES, cell, ("n", "total"), campaign_id, filters)
    return [_figure_sum(row) for row in rows]


def sum_figure_days(connection: Connection, campaign_id: int, filters: CallFilters, chart: str) -> list[DaySum]:
    """One chart of the calls of a campaign by day, by the days and tests of the filters."""
    rows = _sums(connection, _FIGURES, ("day", "bucket"), ("n",), campaign_id, filters, chart)
    return [DaySum(row.day, row.bucket, int(row.n)) for row in rows]


def version_numbers(connection: Connection, campaign_id: int) -> dict[int, int]:
    """The numbers of a campaign's versions, by row number."""
    columns = (campaign_versions.c.id, campaign_versions.c.version)
    found = connection.execute(select(*columns).where(campaign_versions.c.campaign_id == campaign_id))
    return {row.id: row.version for row in found}


_FIGURES = (figure_tallies, figure_tally_changes)


def _counted(table: Table) -> Sequence[ColumnElement[bool]]:
    # The figures' own tallies never hold what is left out.
    return () if table in _FIGURES else (table.c.is_left_out.is_(False),)


def _figure_sum(row: Row[Any]) -> FigureSum:
    of_call = (row.language, row.version_id, row.direction)
    return FigureSum(row.chart, row.part, row.bucket, *of_call, int(row.n), int(row.total))


def _sums(
    connection: Connection,
    tables: Sequence[Table],
    cell: Sequence[str],
    counts: Sequence[str],
    campaign_id: int,
    filters: CallFilters,
    chart: str = "",
) -> Sequence[Row[Any]]:
    def part(table: Table) -> Select[Any]:
        wanted = (table.c[name] for name in (*cell, *counts))
        query = select(*wanted).where(*in_campaign(table, campaign_id, filters), *_counted(table))
        return query.where(table.c.chart == chart) if chart else query

    # One statement, so that a change which is folded into the tallies meanwhile counts once.
    both = union_all(*(part(table) for table in tables)).subquery()
    keys = [both.c[name] for name in cell]
    sums = [func.sum(both.c[name]).label(name) for name in counts]
    query = select(*keys, *sums).group_by(*keys).having(func.sum(both.c.n) > 0)
    return connection.execute(query.order_by(*keys)).all()
