"""The voice of a campaign: each text spoken by the carrier's voice, or played from a recording."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.draft_offices import refs_of
from app.domain.draft_recordings import Place
from app.domain.drafts import Body, languages_of, offices_of, read_words
from app.domain.languages import LANGUAGE_WORDS
from app.domain.recordings import most_seconds
from app.domain.roles import Act
from app.services.draft_voice import Voiced, record, use, voices_of
from app.services.draft_words import OFFICE_WORDS
from app.services.drafts import open_draft
from app.services.recordings import Refused
from app.sound import MAX_UPLOAD_BYTES
from app.web.console import uploads
from app.web.console.editor.page import given
from app.web.console.editor.sections import BY_KEY, OFFICES_OWN
from app.web.console.guard import allows, console, of_drafts, takes_upload
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.headers import MICROPHONE
from app.web.parts import desk

TEXT_WORDS = {"greeting": "Greeting", "summary": "Summary", "script": "Script", "contact": "How to reach you"}

# The other fields of the form: the text that was read aloud, and what stands between the parts.
_AROUND_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Group:
    """A text in each language, what it is called, and the seconds that a recording of it may take."""

    title: str
    most_s: int
    voices: tuple[Voiced, ...]

    @property
    def place(self) -> Place:
        """Where the text stands."""
        return self.voices[0].place


@console.get("/campaigns/<slug>/edit/voice")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def voice(slug: str) -> Response:
    """Show all texts with their recordings."""
    return _shown(slug)


@console.post("/campaigns/<slug>/edit/voice/<name>/<language>")
@of_drafts
@takes_upload(MAX_UPLOAD_BYTES + _AROUND_BYTES)
@allows(Act.EDIT_CAMPAIGNS)
def record_voice(slug: str, name: str, language: str) -> Response:
    """Take a recording of one text, uploaded or made in the browser."""
    file = request.files.get("sound")
    try:
        taken = record(desk(), by(), slug, name, language, request.form.get("said", ""), file.read() if file else b"")
    except Refused as problem:
        beside = {f"{name}-{language}": str(problem)}
        return uploads.refused(str(problem), lambda: _shown(slug, beside, HTTPStatus.BAD_REQUEST))
    if taken is None:
        abort(HTTPStatus.NOT_FOUND)
    flash(" ".join((f"Recorded, {taken.seconds:.0f} s. Callers hear it once it is published.", *taken.advice)))
    return uploads.taken(_place(slug, name, language))


@console.post("/campaigns/<slug>/edit/voice/<name>/<language>/use")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def use_recording(slug: str, name: str, language: str) -> Response:
    """Play another recording of the campaign, or none: then the carrier's voice speaks the text."""
    chosen = request.form.get("recording", "")
    before = use(desk(), by(), slug, name, language, chosen)
    if before is None:
        abort(HTTPStatus.NOT_FOUND)
    if chosen:
        flash("The recording is kept for the text as it is now.")
    else:
        _tell_spoken(slug, open_draft(desk(), slug).body, before)
    return redirect(_place(slug, name, language), HTTPStatus.SEE_OTHER)


def _tell_spoken(slug: str, body: Body, before: Place) -> None:
    told = f"{_title(body, before)}, {LANGUAGE_WORDS[before.language]}: spoken by the carrier’s voice again."
    there = url_for("console.use_recording", slug=slug, name=before.name, language=before.language)
    tell_undoable(told, there, recording=before.recording_id)


def _place(slug: str, name: str, language: str) -> str:
    return url_for("console.voice", slug=slug, _anchor=f"{name}-{language}")


def _shown(slug: str, errors: dict[str, str] | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    draft = open_draft(desk(), slug)
    groups = _groups(draft.body, voices_of(desk(), draft))
    page = render_template(
        "console/editor/voice.html",
        section=BY_KEY["voice"],
        **given(draft),
        groups=groups,
        offices_own=OFFICES_OWN,
        errors=errors or {},
        most_bytes=MAX_UPLOAD_BYTES,
    )
    response = make_response(page, status)
    response.headers.update(MICROPHONE)
    return response


def _groups(body: Body, voices: Sequence[Voiced]) -> list[Group]:
    """The texts with their languages, those of the campaign first."""
    by_name = {name: tuple(found) for name, found in groupby(voices, lambda voiced: voiced.place.name)}
    return [Group(_title(body, found[0].place), most_seconds(name), found) for name, found in by_name.items()]


def _title(body: Body, place: Place) -> str:
    """What a text is called: 'Script', 'Madison: voicemail tip'."""
    if not place.office:
        return TEXT_WORDS[place.field]
    languages = languages_of(body)
    named = zip(refs_of(body), offices_of(body), strict=True)
    names = {ref: next(filter(None, read_words(office.get("name"), languages).values()), ref) for ref, office in named}
    return f"{names.get(place.office, place.office)}: {OFFICE_WORDS[place.field]}"
