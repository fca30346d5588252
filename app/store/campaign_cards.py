"""What the first page tells of all campaigns at once: a few statements, however many campaigns there are."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, case, func, select, union_all

from app.domain.campaigns import CampaignStatus
from app.domain.results import LineResult
from app.store.call_log_tables import call_tallies, call_tally_changes, leg_tallies, leg_tally_changes
from app.store.figure_tables import figure_tallies, figure_tally_changes
from app.store.live import Trouble, on_line, trouble_of
from app.store.tables import calls, campaign_versions, campaigns, offices

_FAILED = (LineResult.FAILED.value,)


@dataclass(frozen=True, slots=True)
class Row:
    """A published campaign: its row number, status and the body of its live version."""

    id: int
    slug: str
    status: CampaignStatus
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office of a campaign, by row numbers, and what is the matter with it."""

    campaign_id: int
    id: int
    slug: str
    trouble: Trouble


def published(connection: Connection) -> list[Row]:
    """All published campaigns by slug."""
    joined = campaigns.join(campaign_versions, campaigns.c.live_version_id == campaign_versions.c.id)
    wanted = (campaigns.c.id, campaigns.c.slug, campaigns.c.status, campaign_versions.c.body)
    rows = connection.execute(select(*wanted).select_from(joined).order_by(campaigns.c.slug))
    return [Row(row.id, row.slug, CampaignStatus(row.status), json.loads(row.body)) for row in rows]


def calls_by_day(
    connection: Connection, ids: Collection[int], since: date, *, tests: bool
) -> dict[int, dict[date, int]]:
    """How many calls each campaign had on each day since a day; days without any are left out."""
    both = _both((call_tallies, call_tally_changes), ("campaign_id", "day"), ids, tests, since)
    n = func.sum(both.c.n)
    query = select(both.c.campaign_id, both.c.day, n.label("n")).group_by(both.c.campaign_id, both.c.day).having(n > 0)
    found: dict[int, dict[date, int]] = {}
    for row in connection.execute(query):
        found.setdefault(row.campaign_id, {})[row.day] = int(row.n)
    return found


def calls_so_far(connection: Connection, ids: Collection[int], *, tests: bool) -> dict[int, int]:
    """How many calls each campaign had in all; one without any is left out."""
    both = _both((call_tallies, call_tally_changes), ("campaign_id",), ids, tests, None)
    query = select(both.c.campaign_id, func.sum(both.c.n).label("n")).group_by(both.c.campaign_id)
    return {row.campaign_id: int(row.n) for row in connection.execute(query)}


def count_on_lines(connection: Connection, ids: Collection[int], now: datetime, *, tests: bool) -> dict[int, int]:
    """How many callers are on the line of each campaign; one without any is left out."""
    conditions = (calls.c.campaign_id.in_(ids), *on_line(now, tests=tests))
    query = select(calls.c.campaign_id, func.count().label("n")).where(*conditions).group_by(calls.c.campaign_id)
    return {row.campaign_id: row.n for row in connection.execute(query)}


def office_troubles(connection: Connection, ids: Collection[int], now: datetime) -> list[OfficeRow]:
    """What is the matter with the offices of campaigns, by label; those with which nothing is are left out."""
    rows = connection.execute(select(offices).where(offices.c.campaign_id.in_(ids)).order_by(offices.c.label))
    found = (OfficeRow(row.campaign_id, row.id, row.slug, trouble_of(row, now)) for row in rows)
    return [office for office in found if office.trouble != Trouble()]


def failed_calls(
    connection: Connection, ids: Collection[int], since: date, *, tests: bool
) -> dict[int, dict[str, int]]:
    """Of each campaign how many calls to an office have failed since a day, by the office's slug."""
    both = _both((leg_tallies, leg_tally_changes), ("campaign_id", "office_id"), ids, tests, since, line=_FAILED)
    n = func.sum(both.c.n)
    joined = both.join(offices, offices.c.id == both.c.office_id)
    cell = (offices.c.campaign_id, offices.c.slug)
    found: dict[int, dict[str, int]] = {}
    for row in connection.execute(select(*cell, n.label("n")).select_from(joined).group_by(*cell).having(n > 0)):
        found.setdefault(row.campaign_id, {})[row.slug] = int(row.n)
    return found


def hung_up(
    connection: Connection, ids: Collection[int], prompts: Collection[str], since: date, *, tests: bool
) -> dict[int, tuple[int, int]]:
    """Of each campaign how many callers hung up during some prompts since a day, and how many calls are over."""
    tables = (figure_tallies, figure_tally_changes)
    both = _both(tables, ("campaign_id", "chart", "part"), ids, tests, since, chart=("left_s", "step"))
    lost = func.sum(case((and_(both.c.chart == "left_s", both.c.part.in_(prompts)), both.c.n), else_=0))
    over = func.sum(case((and_(both.c.chart == "step", both.c.part == ""), both.c.n), else_=0))
    sums = select(both.c.campaign_id, lost.label("lost"), over.label("over")).group_by(both.c.campaign_id)
    return {row.campaign_id: (int(row.lost), int(row.over)) for row in connection.execute(sums)}


def _both(
    tables: tuple[Table, Table],
    cell: tuple[str, ...],
    ids: Collection[int],
    tests: bool,
    since: date | None,
    **among: Collection[str],
) -> FromClause:
    def conditions(table: Table) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [table.c.campaign_id.in_(ids)]
        if since is not None:
            found.append(table.c.day >= since)
        if "is_left_out" in table.c:
            # No figure counts a call that was marked as a test, or turned away.
            found.append(table.c.is_left_out.is_(False))
        found += [table.c[name].in_(values) for name, values in among.items()]
        return found if tests else [*found, table.c.is_test.is_(False)]

    # One statement, so that a change which is folded into the tallies meanwhile counts once.
    parts = (select(*(table.c[name] for name in (*cell, "n"))).where(*conditions(table)) for table in tables)
    return union_all(*parts).subquery()
