"""The call log's filters as conditions, on facts and on tallies: both have the same columns."""

from typing import Any

from sqlalchemy import ColumnElement, Table

from app.domain.call_filters import CallFilters

Conditions = list[ColumnElement[bool]]


def in_campaign(table: Table, campaign_id: int, filters: CallFilters) -> Conditions:
    """What every table of the log is filtered by: the campaign, the days, whether simulated calls count."""
    # The few calls that a search has found are read by their numbers: SQLite would read all of the campaign for them.
    of = table.c.campaign_id if filters.only is None else table.c.campaign_id + 0
    found: Conditions = [of == campaign_id]
    if filters.since is not None:
        found.append(table.c.day >= filters.since)
    if filters.until is not None:
        found.append(table.c.day <= filters.until)
    if not filters.simulated:
        found.append(table.c.is_test.is_(False))
    return found


def of_call(table: Table, filters: CallFilters) -> Conditions:
    """What the facts of a call, or its tallies, are filtered by."""
    equal: dict[str, Any] = {
        "is_left_out": filters.left_out,
        "came_from": filters.came_from,
        "language": filters.language,
        "is_returning": filters.returning,
        "is_short": filters.short,
        "is_failed": filters.failed,
        "has_note": filters.noted,
        "needs_attention": filters.attention,
    }
    found: Conditions = [table.c[name] == value for name, value in equal.items() if value is not None]
    if filters.steps is not None:
        found.append(table.c.step.between(int(filters.steps.least), int(filters.steps.most)))
        if filters.steps.is_over:
            found.append(table.c.is_over.is_(True))
    return found


def of_leg(table: Table, filters: CallFilters) -> Conditions:
    """What the facts of a leg, or its tallies, are filtered by."""
    equal: dict[str, Any] = {
        "is_left_out": filters.left_out,
        "office_id": filters.office_id,
        "line": filters.line,
        "outcome": filters.outcome,
    }
    return [table.c[name] == value for name, value in equal.items() if value is not None]


def first_by(filters: CallFilters) -> str:
    """The column that is 1 in the first leg of its call among those that the filters let through."""
    return "by_" + "_".join(filters.of_legs)
