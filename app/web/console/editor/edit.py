"""Editing a campaign section by section; every section saves into the draft."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.draft_changes import changes
from app.domain.drafts import Body, mark_of
from app.domain.roles import Act
from app.services.draft_words import field_words, office_names
from app.services.drafts import Change, Draft, DraftConflict, change_draft, discard_draft, faults_at, open_draft
from app.web.console import preview
from app.web.console.editor.fields import Fields
from app.web.console.editor.forms import READERS
from app.web.console.editor.page import given, others_here, saved_words
from app.web.console.editor.sections import BY_KEY, Section
from app.web.console.editor.undo import tell_discarded
from app.web.console.forms import Form
from app.web.console.guard import allows, console, of_drafts
from app.web.console.visit import by
from app.web.parts import desk


@console.get("/campaigns/<slug>/edit")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def edit(slug: str) -> str:
    """Show the first section."""
    return edit_section(slug, next(iter(BY_KEY)))


@console.get("/campaigns/<slug>/edit/<section>")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def edit_section(slug: str, section: str) -> str:
    """Show a section."""
    found, draft = _section(section), open_draft(desk(), slug)
    return _shown(found, draft, draft.body)


@console.post("/campaigns/<slug>/edit/<section>")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def save_section(slug: str, section: str) -> Response | tuple[str, int]:
    """Save a section into the draft, right or wrong; who saves second sees what the other one saved."""
    found, form = _section(section), Form()
    change = READERS[section](form)
    try:
        draft = change_draft(desk(), by(), slug, found.fields, form["seen"], change)
    except DraftConflict as conflict:
        return _contested(found, conflict.theirs, change), HTTPStatus.CONFLICT
    if form["then"] == "review":
        return redirect(url_for("console.review", slug=slug), HTTPStatus.SEE_OTHER)
    flash(saved_words(draft))
    return redirect(found.href(slug), HTTPStatus.SEE_OTHER)


@console.post("/campaigns/<slug>/edit/<section>/preview")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def preview_section(slug: str, section: str) -> str:
    """Play the draft with what is typed in a section, which is not saved by this."""
    found, draft, form = _section(section), open_draft(desk(), slug), Form()
    typed = READERS[section](form)(draft.body)
    if preview.FRAGMENT in request.headers:
        return render_template("console/preview/call.html", **_played(found, slug, typed), here_now=others_here(slug))
    return _shown(found, draft, typed, seen=form["seen"])


@console.post("/campaigns/<slug>/edit/discard")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def discard(slug: str) -> Response:
    """Drop the draft."""
    draft = open_draft(desk(), slug)
    try:
        discard_draft(desk(), by(), slug, request.form.get("revision", default=-1, type=int))
    except DraftConflict as conflict:
        flash(f"Not discarded: {conflict} Look at it first.")
        return redirect(url_for("console.edit", slug=slug), HTTPStatus.SEE_OTHER)
    if draft.is_edited:
        tell_discarded(draft)
    return redirect(url_for("console.home"), HTTPStatus.SEE_OTHER)


def _section(key: str) -> Section:
    if key not in READERS:
        abort(HTTPStatus.NOT_FOUND)
    return BY_KEY[key]


def _contested(section: Section, theirs: Draft, change: Change) -> str:
    """The form with what was typed, above it what the other one saved; sent again, it replaces that."""
    mine = change(theirs.body)
    names = office_names(mine, theirs.body)
    contested = [(field_words(each.path, names), each) for each in changes(theirs.body, mine)]
    return _shown(section, theirs, mine, contested=contested)


def _shown(section: Section, draft: Draft, body: Body, seen: str = "", contested: Sequence[object] = ()) -> str:
    """A section with the fields of `body`; `seen` stands for what they were when they were shown first."""
    values = {
        "section": section,
        "form": Fields(body, faults_at(draft, body, desk().clock.now())),
        "seen": seen or mark_of(draft.body, section.fields),
        "contested": contested,
    }
    page = f"console/editor/{section.key}.html"
    return render_template(page, **{**given(draft), **_played(section, draft.slug, body), **values})


def _played(section: Section, slug: str, body: Body) -> dict[str, object]:
    """The preview beside a section; its keys send the form of the section to be played."""
    url = url_for("console.preview_section", slug=slug, section=section.key)
    return {**preview.given(body, request.form), "form_id": "draft", "play_url": url, "level": 3}
