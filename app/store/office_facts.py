"""What changes about an office from call to call, for all callers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, or_, select, update

from app.store.tables import offices


def lock_offices(connection: Connection, campaign_id: int, slugs: Iterable[str]) -> dict[str, int]:
    """The offices' row numbers by slug, locked in one order so that two calls never wait for each other."""
    wanted = offices.c.slug.in_(sorted(slugs))
    found = select(offices.c.slug, offices.c.id).where(offices.c.campaign_id == campaign_id, wanted)
    return {row.slug: row.id for row in connection.execute(found.order_by(offices.c.id).with_for_update())}


def count_dial(connection: Connection, office_id: int, day: date) -> None:
    """Count one more dial on a day in the campaign's zone; a day that is past already is not counted any more."""
    dials = case(
        (offices.c.day == day, offices.c.dials_on_day + 1), (offices.c.day > day, offices.c.dials_on_day), else_=1
    )
    latest = case((offices.c.day > day, offices.c.day), else_=day)
    _change(connection, office_id, dials_on_day=dials, day=latest)


def mark_trouble(connection: Connection, office_id: int, at: datetime, cool_until: datetime | None, hide: bool) -> None:
    """Keep # from an office that was busy, until a moment, or that failed, until a person has checked it."""
    changes: dict[str, ColumnElement[Any]] = {}
    if cool_until is not None:
        sooner = or_(offices.c.cooled_until.is_(None), offices.c.cooled_until < cool_until)
        changes["cooled_until"] = case((sooner, cool_until), else_=offices.c.cooled_until)
    if hide:
        changes["hidden_at"] = func.coalesce(offices.c.hidden_at, at)
    if changes:
        _change(connection, office_id, **changes)


def trust_again(connection: Connection, office_id: int) -> None:
    """Let # lead to an office again: somebody got through, or a person has checked it."""
    failed = (offices.c.id == office_id, offices.c.hidden_at.is_not(None))
    connection.execute(update(offices).where(*failed).values(hidden_at=None))


def failed_offices(connection: Connection, campaign_id: int) -> dict[str, int]:
    """The row numbers by slug of the offices that # does not lead to, because a call to them failed."""
    failed = (offices.c.campaign_id == campaign_id, offices.c.hidden_at.is_not(None))
    return {row.slug: row.id for row in connection.execute(select(offices.c.slug, offices.c.id).where(*failed))}


def mark_could_not(connection: Connection, office_id: int, at: datetime) -> None:
    """Keep a caller's report of not getting through, if it is one of the last two."""
    first, second = offices.c.could_not_1_at, offices.c.could_not_2_at
    is_first = or_(first.is_(None), first <= at)
    is_second = or_(second.is_(None), second < at)
    _change(
        connection,
        office_id,
        could_not_1_at=case((is_first, at), else_=first),
        could_not_2_at=case((is_first, first), (is_second, at), else_=second),
    )


def _change(connection: Connection, office_id: int, **changes: object) -> None:
    connection.execute(update(offices).where(offices.c.id == office_id).values(**changes))
