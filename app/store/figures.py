"""The sums that figures are made of, from the tallies: the log itself is not read, however long it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, select, union_all

from app.domain.call_filters import CallFilters
from app.domain.furthest import Furthest
from app.domain.months import in_months
from app.store.call_log_tables import call_tallies, call_tally_changes, leg_tallies, leg_tally_changes
from app.store.call_log_where import in_campaign
from app.store.figure_tables import figure_month_tallies, figure_tallies, figure_tally_changes
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
class CallerSum:
    """How many calls of one day came so many days after their supporter's call before."""

    day: date
    gap_days: int
    n: int


CHARTS = ("hour", "callers", "step", "attempts", "talk_s", "left_s", "reach_s")
"""What is counted of a call: see migrations/figure_tallies.py."""


def sum_calls(connection: Connection, campaign_id: int, filters: CallFilters) -> list[CallSum]:
    """The calls of a campaign, by the days and tests of the filters."""
    tables = (call_tallies, call_tally_changes)
    parts = [_part(table, campaign_id, filters).where(table.c.is_left_out.is_(False)) for table in tables]
    rows = _sums(connection, parts, ("day", "language", "step"), ("n",))
    return [CallSum(row.day, row.language, Furthest(row.step), int(row.n)) for row in rows]


def sum_legs(connection: Connection, campaign_id: int, filters: CallFilters) -> list[LegSum]:
    """The office calls of a campaign, by the days and tests of the filters."""
    tables = (leg_tallies, leg_tally_changes)
    parts = [_part(table, campaign_id, filters).where(table.c.is_left_out.is_(False)) for table in tables]
    rows = _sums(connection, parts, ("office_id", "line", "outcome"), ("n", "by_outcome"))
    return [LegSum(row.office_id, row.line, row.outcome, int(row.n), int(row.by_outcome)) for row in rows]


def sum_figures(connection: Connection, campaign_id: int, filters: CallFilters) -> list[FigureSum]:
    """What the calls of a campaign come to, by the days and tests of the filters; whole months are read as such."""
    spans = in_months(filters.since, filters.until)
    ranges = [(figure_tallies, span) for span in spans.days]
    if spans.months:
        ranges.append((figure_month_tallies, spans.months))
    parts = [_part(figure_tally_changes, campaign_id, filters)]
    for table, (since, until) in ranges:
        part = _part(table, campaign_id, replace(filters, since=since, until=until))
        # By chart, as the tallies are ordered.
        parts.append(part.where(table.c.chart.in_(CHARTS)))
    rows = _sums(connection, parts, ("chart", "part", "bucket", "language", "version_id", "direction"), ("n", "total"))
    return [_figure_sum(row) for row in rows]


def sum_callers(connection: Connection, campaign_id: int, filters: CallFilters) -> list[CallerSum]:
    """The calls of a campaign by the days since their supporters' calls before, for the days and tests of filters."""
    tables = (figure_tallies, figure_tally_changes)
    parts = [_part(table, campaign_id, filters).where(table.c.chart == "callers") for table in tables]
    return [CallerSum(row.day, row.bucket, int(row.n)) for row in _sums(connection, parts, ("day", "bucket"), ("n",))]


def version_numbers(connection: Connection, campaign_id: int) -> dict[int, int]:
    """The numbers of a campaign's versions, by row number."""
    columns = (campaign_versions.c.id, campaign_versions.c.version)
    found = connection.execute(select(*columns).where(campaign_versions.c.campaign_id == campaign_id))
    return {row.id: row.version for row in found}


def _figure_sum(row: Row[Any]) -> FigureSum:
    of_call = (row.language, row.version_id, row.direction)
    return FigureSum(row.chart, row.part, row.bucket, *of_call, int(row.n), int(row.total))


def _part(table: Table, campaign_id: int, filters: CallFilters) -> Select[Any]:
    return select(table).where(*in_campaign(table, campaign_id, filters))


def _sums(
    connection: Connection, parts: Sequence[Select[Any]], cell: Sequence[str], counts: Sequence[str]
) -> Sequence[Row[Any]]:
    # One statement, so that a change which is folded into the tallies meanwhile counts once.
    wanted = (*cell, *counts)
    both = union_all(*(part.with_only_columns(*(part.selected_columns[name] for name in wanted)) for part in parts))
    found = both.subquery()
    keys = [found.c[name] for name in cell]
    sums = [func.sum(found.c[name]).label(name) for name in counts]
    query = select(*keys, *sums).group_by(*keys).having(func.sum(found.c.n) > 0)
    return connection.execute(query.order_by(*keys)).all()
