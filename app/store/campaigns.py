"""Campaigns, their published versions, and the numbers they answer. A version's body is a plain document here."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, case, func, insert, or_, select, update

from app.domain.campaigns import CampaignStatus
from app.store import drafts
from app.store.hot import Hot
from app.store.statements import upsert
from app.store.tables import campaign_versions, campaigns, offices


class UnknownCampaign(LookupError):
    """There is no such campaign; the message says so, and which one may be meant."""


class NumberTaken(ValueError):
    """Another campaign answers this number already; the message names it."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a dialed number leads to: a campaign and its live version."""

    campaign_id: int
    version_id: int
    status: CampaignStatus


@dataclass(frozen=True, slots=True)
class Listed:
    """A campaign in the list; `number` is None where it answers the installation's own."""

    id: int
    slug: str
    number: str | None
    status: CampaignStatus
    version: int
    version_id: int
    published_at: datetime


def import_version(
    connection: Connection,
    slug: str,
    number: str | None,
    status: CampaignStatus,
    body: Mapping[str, Any],
    office_labels: Mapping[str, str],
    at: datetime,
    note: str = "",
    by: str = "",
) -> tuple[int, int, bool]:
    """Publish a body as the live version: the campaign's and version's row numbers, and whether the version is new.

    `office_labels` are the labels of its offices by slug, as the log shows them. Raises NumberTaken.
    """
    check_number(connection, slug, number)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    campaign_id = _keep_campaign(connection, slug, number, status, at)
    _keep_offices(connection, campaign_id, office_labels)
    live_version = _live_version(connection, slug)
    if live_version is not None and live_version.body == text:
        return campaign_id, live_version.id, False
    version_id = _add_version(connection, campaign_id, text, at, note, by)
    connection.execute(update(campaigns).where(campaigns.c.id == campaign_id).values(live_version_id=version_id))
    drafts.note_new_version(connection, campaign_id)
    return campaign_id, version_id, True


def find_by_number(
    connection: Connection, called: str, default_number: str, is_over: Callable[[int], bool] = lambda version_id: False
) -> Line | None:
    """What a dialed number leads to: a campaign of its own, or for the installation's number one that has none.

    Of several without a number, the one published last answers; one that takes calls goes before one that does not,
    because it is not live or because `is_over` says so of its version, which is asked of several alone.
    """
    query = _OF_INSTALLATION if called == default_number else _OF_NUMBER
    rows = query.rows(connection, {"called": called})
    first = rows[0] if rows else None
    if len(rows) > 1 and rows[0].number is None and is_over(rows[0].live_version_id):
        live_ones = (row for row in rows[1:] if row.status == CampaignStatus.LIVE)
        first = next((row for row in live_ones if not is_over(row.live_version_id)), first)
    return _line(first)


def live(connection: Connection, slug: str) -> Line | None:
    """A campaign and its live version, or None if there is no such campaign."""
    return _line(connection.execute(_published().where(campaigns.c.slug == slug)).first())


def version_body(connection: Connection, version_id: int) -> dict[str, Any] | None:
    """The body of a published version."""
    text = connection.scalar(select(campaign_versions.c.body).where(campaign_versions.c.id == version_id))
    return None if text is None else dict(json.loads(text))


def listing(connection: Connection) -> list[Listed]:
    """All campaigns by slug."""
    columns = (campaigns.c.id.label("campaign_id"), campaigns.c.slug, campaigns.c.number, campaigns.c.status)
    version = (campaign_versions.c.version, campaign_versions.c.id, campaign_versions.c.published_at)
    joined = campaigns.join(campaign_versions, campaigns.c.live_version_id == campaign_versions.c.id)
    rows = connection.execute(select(*columns, *version).select_from(joined).order_by(campaigns.c.slug))
    return [
        Listed(r.campaign_id, r.slug, r.number, CampaignStatus(r.status), r.version, r.id, r.published_at) for r in rows
    ]


def set_status(connection: Connection, slug: str, status: CampaignStatus, at: datetime) -> bool:
    """Open, pause or end a published campaign, and say whether there is such a one."""
    published = (campaigns.c.slug == slug, campaigns.c.live_version_id.is_not(None))
    changed = connection.execute(update(campaigns).where(*published).values(_status(status, at)))
    return changed.rowcount == 1


def _status(status: CampaignStatus, at: datetime) -> dict[str, Any]:
    # It ended when it was ended first: saying so again does not keep supporters' data for longer.
    since = func.coalesce(campaigns.c.ended_at, at) if status is CampaignStatus.ENDED else None
    return {"status": status, "ended_at": since}


def _published() -> Select[Any]:
    columns = (campaigns.c.id, campaigns.c.live_version_id, campaigns.c.status, campaigns.c.number)
    return select(*columns).where(campaigns.c.live_version_id.is_not(None))


# Made once: every call asks one of them.
_OWN = campaigns.c.number == bindparam("called")
_BEST_FIRST = (
    case((_OWN, 0), else_=1),
    case((campaigns.c.status == CampaignStatus.LIVE, 0), else_=1),
    campaigns.c.live_version_id.desc(),
)
_OF_NUMBER = Hot(_published().where(_OWN).limit(1))
_OF_INSTALLATION = Hot(_published().where(or_(_OWN, campaigns.c.number.is_(None))).order_by(*_BEST_FIRST))


def _line(row: Any) -> Line | None:
    return None if row is None else Line(row.id, row.live_version_id, CampaignStatus(row.status))


def check_number(connection: Connection, slug: str, number: str | None) -> None:
    """Refuse a number that another campaign answers; raises NumberTaken."""
    answered = (campaigns.c.number == number, campaigns.c.slug != slug)
    other = connection.scalar(select(campaigns.c.slug).where(*answered)) if number else None
    if other is not None:
        raise NumberTaken(f"The campaign {other!r} answers {number} already.")


def _keep_campaign(connection: Connection, slug: str, number: str | None, status: CampaignStatus, at: datetime) -> int:
    ended_at = at if status is CampaignStatus.ENDED else None
    row = {"slug": slug, "created_at": at, "number": number or None, "status": status, "ended_at": ended_at}
    upsert(connection, campaigns, ("slug",), row, {"number": number or None, **_status(status, at)})
    # Locked, so that two imports at once number their versions one after the other.
    found = select(campaigns.c.id).where(campaigns.c.slug == slug).with_for_update()
    return int(connection.execute(found).scalar_one())


def _keep_offices(connection: Connection, campaign_id: int, labels: Mapping[str, str]) -> None:
    for slug, label in labels.items():
        values = {"campaign_id": campaign_id, "slug": slug, "label": label, "dials_on_day": 0}
        upsert(connection, offices, ("campaign_id", "slug"), values, {"label": label})


def _live_version(connection: Connection, slug: str) -> Row[int, str] | None:
    joined = campaigns.join(campaign_versions, campaigns.c.live_version_id == campaign_versions.c.id)
    live_version = select(campaign_versions.c.id, campaign_versions.c.body).select_from(joined)
    return connection.execute(live_version.where(campaigns.c.slug == slug)).first()


def _add_version(connection: Connection, campaign_id: int, text: str, at: datetime, note: str, by: str) -> int:
    latest = select(func.max(campaign_versions.c.version)).where(campaign_versions.c.campaign_id == campaign_id)
    values = {
        "campaign_id": campaign_id,
        "version": (connection.scalar(latest) or 0) + 1,
        "body": text,
        "published_at": at,
        "published_by": by,
        "note": note,
    }
    made = connection.execute(insert(campaign_versions).values(values).returning(campaign_versions.c.id))
    return int(made.scalar_one())
