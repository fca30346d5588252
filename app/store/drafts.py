"""Drafts of campaigns. A draft's body is a plain document here, whatever it holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Label, Row, case, delete, or_, select

from app.store.draft_tables import campaign_drafts as table
from app.store.organizer_tables import organizer_campaigns
from app.store.statements import insert_into, upsert
from app.store.tables import campaign_versions, campaigns


@dataclass(frozen=True, slots=True)
class Edited:
    """What an editor is shown: the draft, or the live version while nothing is edited.

    `live_version` is 0 for a campaign that was never published; `live_ends_on` is the last day of that version, or
    empty. `changed_at` is None if nobody has edited it yet.
    """

    campaign_id: int
    status: str
    body: Mapping[str, Any]
    is_draft: bool
    revision: int
    base_version: int
    live_version: int
    live_ends_on: str
    changed_by: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Before:
    """A draft before its last change; without a body there was none."""

    body: Mapping[str, Any] | None
    base_version: int


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A campaign that is a draft alone."""

    slug: str
    body: Mapping[str, Any]


_JOINED = campaigns.outerjoin(table, table.c.campaign_id == campaigns.c.id).outerjoin(
    campaign_versions, campaigns.c.live_version_id == campaign_versions.c.id
)
_COLUMNS: tuple[Column[Any] | Label[Any], ...] = (
    campaigns.c.id,
    campaigns.c.status,
    table.c.revision,
    table.c.body,
    table.c.base_version,
    table.c.changed_by,
    table.c.changed_at,
    campaign_versions.c.version,
    campaign_versions.c.body.label("live_body"),
)


def find(connection: Connection, slug: str) -> Edited | None:
    """What an editor of a campaign is shown; None if there is no such campaign."""
    row = connection.execute(select(*_COLUMNS).select_from(_JOINED).where(campaigns.c.slug == slug)).first()
    return None if row is None or (row.body is None and row.live_body is None) else _edited(row)


def was_published(connection: Connection, slug: str) -> bool | None:
    """Whether a campaign has a version that callers hear; None if there is no such campaign."""
    joined = campaigns.outerjoin(table, table.c.campaign_id == campaigns.c.id)
    is_known = or_(campaigns.c.live_version_id.is_not(None), table.c.body.is_not(None))
    wanted = select(campaigns.c.live_version_id).select_from(joined).where(campaigns.c.slug == slug, is_known)
    row = connection.execute(wanted).first()
    return None if row is None else row.live_version_id is not None


def lock(connection: Connection, slug: str) -> Edited | None:
    """The same; nobody else can save, discard or publish it until the transaction ends."""
    connection.execute(select(campaigns.c.id).where(campaigns.c.slug == slug).with_for_update())
    return find(connection, slug)


def discarded(connection: Connection, slug: str) -> Edited | None:
    """A campaign that was discarded before it was ever published; nobody else can bring it back meanwhile."""
    connection.execute(select(campaigns.c.id).where(campaigns.c.slug == slug).with_for_update())
    row = connection.execute(select(*_COLUMNS).select_from(_JOINED).where(campaigns.c.slug == slug)).first()
    if row is None or row.revision is None or row.body is not None or row.live_body is not None:
        return None
    return Edited(row.id, row.status, {}, False, row.revision, 0, 0, "", row.changed_by, row.changed_at)


def before_last_change(connection: Connection, campaign_id: int) -> Before:
    """What a draft was before its last change."""
    columns = (table.c.body_before, table.c.base_before)
    row = connection.execute(select(*columns).where(table.c.campaign_id == campaign_id)).first()
    return Before(json.loads(row.body_before) if row and row.body_before else None, (row and row.base_before) or 0)


def keep(
    connection: Connection,
    before: Edited,
    body: Mapping[str, Any] | None,
    by: str,
    at: datetime,
    base_version: int | None = None,
) -> None:
    """Keep another text as the draft, or end it: without a body, an editor is shown the live version again.

    A draft goes on from the version that it was begun from, unless another one is given.
    """
    base = before.base_version if before.is_draft else before.live_version
    values = {
        "revision": before.revision + 1,
        # Any text that can be typed can be kept: ASCII has neither NUL nor lone surrogates.
        "body": None if body is None else json.dumps(body),
        "base_version": base if base_version is None else base_version,
        "changed_by": by,
        "changed_at": at,
        "body_before": json.dumps(before.body) if before.is_draft else None,
        "base_before": before.base_version,
    }
    upsert(connection, table, ("campaign_id",), {"campaign_id": before.campaign_id, **values}, values)


def note_new_version(connection: Connection, campaign_id: int) -> None:
    """Count a new live version as a change of what is shown, unless a draft is shown."""
    shows_live = case((table.c.body.is_(None), table.c.revision + 1), else_=table.c.revision)
    values = {"campaign_id": campaign_id, "revision": 1, "base_version": 0, "changed_by": ""}
    upsert(connection, table, ("campaign_id",), values, {"revision": shows_live})


def add(connection: Connection, slug: str, status: str, body: Mapping[str, Any], by: str, at: datetime) -> int | None:
    """Add a campaign that is a draft alone: its row number, or None if there is one of this name."""
    values = {"slug": slug, "status": status, "created_at": at}
    # What was discarded before it was ever published has left its row behind.
    connection.execute(insert_into(connection, campaigns).values(values).on_conflict_do_nothing())
    if lock(connection, slug) is not None:
        return None
    campaign_id = int(connection.execute(select(campaigns.c.id).where(campaigns.c.slug == slug)).scalar_one())
    row = connection.execute(select(table.c.revision).where(table.c.campaign_id == campaign_id)).first()
    keep(
        connection, Edited(campaign_id, status, {}, False, row.revision if row else 0, 0, 0, "", "", None), body, by, at
    )
    return campaign_id


def forget_readers(connection: Connection, campaign_id: int) -> None:
    """Take a campaign from all organizers to whom it was given by name."""
    connection.execute(delete(organizer_campaigns).where(organizer_campaigns.c.campaign_id == campaign_id))


def unpublished(connection: Connection) -> list[Unpublished]:
    """The campaigns that are drafts alone, by slug."""
    only_drafts = (campaigns.c.live_version_id.is_(None), table.c.body.is_not(None))
    joined = campaigns.join(table, table.c.campaign_id == campaigns.c.id)
    found = select(campaigns.c.slug, table.c.body).select_from(joined).where(*only_drafts).order_by(campaigns.c.slug)
    return [Unpublished(row.slug, json.loads(row.body)) for row in connection.execute(found)]


def _edited(row: Row[Any]) -> Edited:
    is_draft = row.body is not None
    live_body: Mapping[str, Any] = json.loads(row.live_body or "{}")
    return Edited(
        campaign_id=row.id,
        status=row.status,
        body=json.loads(row.body) if is_draft else live_body,
        is_draft=is_draft,
        revision=row.revision or 0,
        base_version=row.base_version if is_draft else row.version,
        live_version=row.version or 0,
        live_ends_on=str(live_body.get("ends_on", "")),
        changed_by=row.changed_by or "",
        changed_at=row.changed_at,
    )
