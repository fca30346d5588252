"""The published versions of a campaign, as its history shows them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from app.store.tables import campaign_versions as table
from app.store.tables import campaigns


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version: who published it, which may not be known, and what they noted."""

    version: int
    body: Mapping[str, Any]
    published_at: datetime
    published_by: str
    note: str


def versions_of(connection: Connection, slug: str, most: int, before: int | None = None) -> list[KeptVersion]:
    """So many versions of a campaign, the latest first, or those before one of them."""
    wanted = _of(slug).order_by(table.c.version.desc()).limit(most)
    if before is not None:
        wanted = wanted.where(table.c.version < before)
    return [_version(row) for row in connection.execute(wanted)]


def find_version(connection: Connection, slug: str, version: int) -> KeptVersion | None:
    """One version of a campaign."""
    row = connection.execute(_of(slug).where(table.c.version == version)).first()
    return None if row is None else _version(row)


def _of(slug: str) -> Select[Any]:
    columns = [table.c.version, table.c.body, table.c.published_at, table.c.published_by, table.c.note]
    return select(*columns).join(campaigns, campaigns.c.id == table.c.campaign_id).where(campaigns.c.slug == slug)


def _version(row: Row[Any]) -> KeptVersion:
    return KeptVersion(row.version, json.loads(row.body), row.published_at, row.published_by, row.note)
