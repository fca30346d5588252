"""The call log's filters as conditions, on facts and on tallies: both have the same columns."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table

from app.domain.call_filters import CallFilters
from app.store.call_log_tables import call_facts, leg_facts
from app.store.figure_tables import figure_facts

Conditions = list[ColumnElement[bool]]


def in_campaign(table: Table, campaign_id: int, filters: CallFilters, *, by_number: bool = False) -> Conditions:
    """What every table of the log is filtered by: the campaign, the days, whether simulated calls count.

    The few calls that a search, or another table, has found are read `by_number`.
    """
    # SQLite would read all of the campaign for them.
    of = table.c.campaign_id + 0 if by_number or filters.only is not None else table.c.campaign_id
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


def of_prompt(table: Table, filters: CallFilters) -> Conditions:
    """What the tallies of the figures are filtered by, of callers who hung up during a prompt."""
    return [table.c.chart == "left_s", table.c.part == filters.left]


def wanted(campaign_id: int, filters: CallFilters, *, legs: bool = False) -> tuple[FromClause, Conditions]:
    """Where the rows that the filters let through come from, calls or with `legs` office calls, and by what."""
    by_leg, by_number = legs or bool(filters.of_legs), filters.left is not None
    source: FromClause = leg_facts if by_leg else call_facts
    found: Conditions = []
    if by_leg:
        found += [*in_campaign(leg_facts, campaign_id, filters, by_number=by_number), *of_leg(leg_facts, filters)]
        if not legs:
            found.append(leg_facts.c[first_by(filters)] == 1)
        if filters.of_calls:
            source = source.join(call_facts, call_facts.c.call_id == leg_facts.c.call_id)
    if filters.of_calls or not by_leg:
        # Campaign and days are said of both tables, so that neither is read from end to end.
        found += [*in_campaign(call_facts, campaign_id, filters, by_number=by_number), *of_call(call_facts, filters)]
    if by_number:
        facts = leg_facts if by_leg else call_facts
        source = source.join(figure_facts, figure_facts.c.call_id == facts.c.call_id)
        found += [*in_campaign(figure_facts, campaign_id, filters), figure_facts.c.left_step == filters.left]
    return source, found
