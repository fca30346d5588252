"""The voice of a draft: which of its texts are spoken, which are played, and what recordings say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.audit import By
from app.domain.documents import DocumentError
from app.domain.documents.texts import SCRIPT_LIMIT, text
from app.domain.draft_recordings import Place, place_of, places_of, with_recording
from app.domain.drafts import Body
from app.domain.recordings import Recording, is_same_text
from app.services.desk import Desk
from app.services.drafts import Draft, DraftConflict, open_draft, save_draft
from app.services.recordings import Refused, Spot, Taken, again, find, take_upload

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Voiced:
    """A text of a draft and its recording; `is_stale` if that says another text, `is_lost` if it is not there."""

    place: Place
    recording: Recording | None
    is_stale: bool
    is_lost: bool


def voices_of(desk: Desk, draft: Draft) -> list[Voiced]:
    """All texts of a draft that may have a recording."""
    places = list(places_of(draft.body))
    found = find(desk.database, [each.recording_id for each in places if each.recording_id])
    return [_voiced(each, found.get(each.recording_id)) for each in places]


def _voiced(place: Place, found: Recording | None) -> Voiced:
    is_stale = found is not None and not is_same_text(found.says, place.text)
    return Voiced(place, found, is_stale, is_lost=bool(place.recording_id) and found is None)


def record(desk: Desk, by: By, slug: str, name: str, language: str, said: str, content: bytes) -> Taken | None:
    """Make a recording of an upload and play it in the draft; raises Refused, and UnknownCampaign.

    `said` is the text that whoever recorded it was shown. None if there is no such text in the draft.
    """
    place = place_of(open_draft(desk, slug).body, name, language)
    if place is None:
        return None
    if not place.text:
        raise Refused("There is no text yet: write it first. It is what screens show, and the voice if all else fails.")
    spot = Spot(slug, name, language, _read(said) or place.text)
    taken = take_upload(desk.database, desk.clock, by, spot, content)
    _change(desk, by, slug, lambda body: with_recording(body, place, taken.id))
    return taken


def use(desk: Desk, by: By, slug: str, name: str, language: str, recording_id: str) -> Place | None:
    """Play a recording that there is, as one that says the text as it is now; with an empty id none is played.

    Gives what was there before; None if there is no such text or recording.
    """
    before = place_of(open_draft(desk, slug).body, name, language)
    if before is None:
        return None
    if recording_id:
        made = again(desk.database, desk.clock, by, Spot(slug, name, language, before.text), recording_id)
        if made is None:
            return None
        recording_id = made
    _change(desk, by, slug, lambda body: with_recording(body, before, recording_id))
    return before


def _read(said: str) -> str:
    try:
        return text(SCRIPT_LIMIT)(said)
    except DocumentError:
        return ""


def _change(desk: Desk, by: By, slug: str, change: Callable[[Body], dict[str, Any]]) -> None:
    # Only this one recording is replaced, so that what others have saved meanwhile stays: it is done again on theirs.
    for _ in range(_TRIES - 1):
        draft = open_draft(desk, slug)
        try:
            save_draft(desk, by, slug, change(draft.body), draft.revision)
        except DraftConflict:
            continue
        return
    draft = open_draft(desk, slug)
    save_draft(desk, by, slug, change(draft.body), draft.revision)
