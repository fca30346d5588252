"""Addresses of the call log: what is wished for, and where a page of it begins."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from flask import url_for

from app.services.call_views import SavedView
from app.services.preview import Walked
from app.store.call_log_pages import Place

BY_OFFICE = "office"
"""The value of `by` where rows are office calls."""


def list_url(slug: str, wishes: Mapping[str, str], by: str = "", **more: str) -> str:
    """The address of the log with these wishes."""
    by_office = {"by": by} if by else {}
    asked = urlencode({**wishes, **by_office, **more})
    return url_for("console.calls", slug=slug) + (f"?{asked}" if asked else "")


def by_office(asked: Mapping[str, str]) -> str:
    """'office' where rows are office calls, else empty: as an address or a form says."""
    return BY_OFFICE if asked.get("by") == BY_OFFICE else ""


def view_url(slug: str, saved: SavedView) -> str:
    """The address of the log as a saved view shows it."""
    return list_url(slug, saved.wishes, BY_OFFICE if saved.by_office else "")


def phone_url(campaign: str, walk: Sequence[Walked], at: datetime) -> str:
    """The address of the browser phone that makes a call again, as of a local time."""
    steps = {"keys": "".join(each.step for each in walk), "steps": ".".join(each.led_to for each in walk)}
    return url_for("phone_page.page") + "?" + urlencode({"campaign": campaign, "at": minute(at), **steps})


def minute(at: datetime) -> str:
    """A local time as the fields of browsers write it."""
    return at.strftime("%Y-%m-%dT%H:%M")


def write_place(place: Place) -> str:
    """A place as an address has it."""
    return f"{place.day}~{place.started_at.astimezone(UTC):%Y%m%dT%H%M%S.%f}~{place.call_id}~{place.leg_id}"


def read_place(text: str) -> Place | None:
    """The place that an address names; None for what is none."""
    try:
        day, at, call_id, leg_id = text.split("~")
        moment = datetime.strptime(at, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
        return Place(date.fromisoformat(day), moment, _row(call_id), _row(leg_id))
    except (ValueError, OverflowError):
        return None


def _row(text: str) -> int:
    number = int(text) if text.isascii() else -1
    if not 0 <= number < 2**31:
        raise ValueError
    return number
