"""What the first page tells of all campaigns at once: a few statements, however many campaigns there are."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Table, func, select, union_all

from app.domain.campaigns import CampaignStatus
from app.domain.results import LineResult
from app.store.call_log_tables import call_tallies, call_tally_changes, leg_tallies, leg_tally_changes
from app.store.live import on_line
from app.store.tables import calls, campaign_versions, campaigns, offices


@dataclass(frozen=True, slots=True)
class Row:
    """A published campaign: its row number, status and the body of its live version."""

    id: int
    slug: str
    status: CampaignStatus
    body: Mapping[str, Any]


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


def failed_offices(
    connection: Connection, ids: Collection[int], since: date, *, tests: bool
) -> dict[int, dict[str, int]]:
    """Of each campaign the offices that # avoids, by slug, with how many calls to each have failed since a day."""
    wanted = (offices.c.campaign_id.in_(ids), offices.c.hidden_at.is_not(None))
    hidden = connection.execute(select(offices).where(*wanted).order_by(offices.c.label)).all()
    if not hidden:
        return {}
    both = _both((leg_tallies, leg_tally_changes), ("campaign_id", "office_id"), ids, tests, since, LineResult.FAILED)
    sums = connection.execute(select(both.c.office_id, func.sum(both.c.n).label("n")).group_by(both.c.office_id))
    failures = {row.office_id: int(row.n) for row in sums}
    found: dict[int, dict[str, int]] = {}
    for office in hidden:
        found.setdefault(office.campaign_id, {})[office.slug] = failures.get(office.id, 0)
    return found


def _both(
    tables: tuple[Table, Table],
    cell: tuple[str, ...],
    ids: Collection[int],
    tests: bool,
    since: date | None,
    line: str = "",
) -> FromClause:
    def conditions(table: Table) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [table.c.campaign_id.in_(ids)]
        if since is not None:
            found.append(table.c.day >= since)
        if line:
            found.append(table.c.line == line)
        return found if tests else [*found, table.c.is_test.is_(False)]

    # One statement, so that a change which is folded into the tallies meanwhile counts once.
    parts = (select(*(table.c[name] for name in (*cell, "n"))).where(*conditions(table)) for table in tables)
    return union_all(*parts).subquery()
