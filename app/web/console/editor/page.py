"""What all pages of the editor show around their own part."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.campaigns import Limits
from app.domain.documents import DocumentError, meter
from app.domain.documents.values import time_zone
from app.domain.languages import LANGUAGE_WORDS
from app.domain.word_diff import word_diff
from app.services.call_story import clock
from app.services.draft_editors import edit_here, others_editing
from app.services.draft_words import LIMIT_WORDS
from app.services.drafts import Draft
from app.web.console.calls_shown import moment_words
from app.web.console.editor.sections import list_sections
from app.web.console.guard import current_member
from app.web.parts import desk

_LATELY = timedelta(minutes=30)
_TODAY = timedelta(hours=12)
_US_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)
_TABLES = {
    "language_words": LANGUAGE_WORDS,
    "limit_words": LIMIT_WORDS,
    "limits": list(asdict(Limits()).items()),
    "zones": _US_ZONES,
    "meter": meter,
    "word_diff": word_diff,
}


def given(draft: Draft) -> dict[str, object]:
    """The draft, its sections, and who else edits it or has it open."""
    saved_by = _someone_else(draft)
    return {
        "draft": draft,
        "slug": draft.slug,
        "name": str(draft.body.get("name") or draft.slug),
        "sections": list(list_sections(draft)),
        "someone_else": saved_by,
        "here": [email for email in others_editing(desk(), current_member(), draft.slug) if email != saved_by],
        "when": when(draft),
        "is_over": bool(draft.live_ends_on) and _today(draft) > date.fromisoformat(draft.live_ends_on),
        **_TABLES,
    }


def others_here(slug: str) -> list[str]:
    """Who else has a campaign open in the editor, which whoever asks for its preview has as well.

    Showing the page itself keeps nothing: looking changes nothing, and its script asks soon after.
    """
    return edit_here(desk(), current_member(), slug)


def when(draft: Draft) -> Callable[[datetime], str]:
    """How moments are told in the zone of a campaign, as far as it names one."""
    zone = _zone(draft)

    def told(at: datetime) -> str:
        is_today = desk().clock.now() - at < _TODAY
        return f"{clock(at, zone)} {at.astimezone(zone):%Z}" if is_today else moment_words(at, zone)

    return told


def saved_words(draft: Draft) -> str:
    """What is told after saving."""
    wrong = len(draft.faults)
    if not wrong:
        return "Draft saved. Callers hear it once it is published."
    return (
        f"Draft saved. {wrong} {'thing is' if wrong == 1 else 'things are'} to be corrected before it can be published."
    )


def _today(draft: Draft) -> date:
    return desk().clock.now().astimezone(_zone(draft)).date()


def _zone(draft: Draft) -> ZoneInfo:
    try:
        return ZoneInfo(time_zone(draft.body.get("time_zone")))
    except DocumentError:
        return ZoneInfo("UTC")


def _someone_else(draft: Draft) -> str:
    """Who else has saved this draft lately."""
    if not draft.is_edited or draft.changed_at is None or draft.changed_by == current_member().email:
        return ""
    return draft.changed_by if desk().clock.now() - draft.changed_at < _LATELY else ""
