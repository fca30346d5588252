"""The moment at which a previewed call comes in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.domain.documents import DocumentError
from app.domain.documents.values import time_zone

_YEARS = range(2000, 2100)


def zone_of(document: object) -> ZoneInfo:
    """The time zone of a draft, or UTC as long as it has none."""
    given = document.get("time_zone") if isinstance(document, Mapping) else None
    try:
        return ZoneInfo(time_zone(given))
    except DocumentError:
        return ZoneInfo("UTC")


def read_moment(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """A local time as browsers write it, such as 2026-11-24T10:00; whatever is none means now."""
    try:
        at = datetime.fromisoformat(text[:16]).replace(tzinfo=zone)
    except ValueError:
        return now
    return at.astimezone(UTC) if at.year in _YEARS else now
