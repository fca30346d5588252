"""The voice of a campaign: each text spoken by the carrier's voice, or played from a recording."""

from http import HTTPStatus

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.draft_recordings import Place
from app.domain.languages import LANGUAGE_WORDS
from app.domain.recordings import RECORDED
from app.domain.roles import Act
from app.services.draft_voice import record, use, voices_of
from app.services.drafts import open_draft
from app.services.recordings import Refused
from app.sound import MAX_UPLOAD_BYTES
from app.web.console import uploads
from app.web.console.editor.page import given
from app.web.console.editor.sections import BY_KEY
from app.web.console.guard import allows, console, of_drafts, takes_upload
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.headers import MICROPHONE
from app.web.parts import desk

TEXT_WORDS = {"greeting": "Greeting", "summary": "Summary", "script": "Script", "contact": "How to reach you"}

# The other fields of the form: the text that was read aloud, and what stands between the parts.
_AROUND_BYTES = 100_000


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
        _tell_spoken(slug, before)
    return redirect(_place(slug, name, language), HTTPStatus.SEE_OTHER)


def _tell_spoken(slug: str, before: Place) -> None:
    told = f"{TEXT_WORDS[before.name]}, {LANGUAGE_WORDS[before.language]}: spoken by the carrier’s voice again."
    there = url_for("console.use_recording", slug=slug, name=before.name, language=before.language)
    tell_undoable(told, there, recording=before.recording_id)


def _place(slug: str, name: str, language: str) -> str:
    return url_for("console.voice", slug=slug, _anchor=f"{name}-{language}")


def _shown(slug: str, errors: dict[str, str] | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    draft = open_draft(desk(), slug)
    voices = voices_of(desk(), draft)
    page = render_template(
        "console/editor/voice.html",
        section=BY_KEY["voice"],
        **given(draft),
        by_text={name: [each for each in voices if each.place.name == name] for name in RECORDED},
        seconds=RECORDED,
        text_words=TEXT_WORDS,
        errors=errors or {},
        most_bytes=MAX_UPLOAD_BYTES,
    )
    response = make_response(page, status)
    response.headers.update(MICROPHONE)
    return response
