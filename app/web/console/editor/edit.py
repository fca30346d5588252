"""Editing a campaign section by section; every section saves into the draft."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.draft_changes import changes
from app.domain.drafts import faults_of, mark_of
from app.domain.roles import Act
from app.services.draft_words import field_words, office_names
from app.services.drafts import Change, Draft, DraftConflict, change_draft, discard_draft, open_draft
from app.web.console.editor.fields import Fields
from app.web.console.editor.forms import READERS
from app.web.console.editor.page import given, saved_words
from app.web.console.editor.sections import BY_KEY, Section
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
    return _shown(found, draft, Fields(draft.body, draft.faults))


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


@console.post("/campaigns/<slug>/edit/discard")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def discard(slug: str) -> Response:
    """Drop the draft."""
    try:
        discard_draft(desk(), by(), slug, request.form.get("revision", default=-1, type=int))
    except DraftConflict as conflict:
        flash(f"Not discarded: {conflict} Look at it first.")
        return redirect(url_for("console.edit", slug=slug), HTTPStatus.SEE_OTHER)
    flash(f"The draft of {slug} is discarded.")
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
    return _shown(section, theirs, Fields(mine, faults_of(mine)), contested=contested)


def _shown(section: Section, draft: Draft, fields: Fields, **more: object) -> str:
    seen = mark_of(draft.body, section.fields)
    page = f"console/editor/{section.key}.html"
    return render_template(page, section=section, form=fields, seen=seen, **given(draft), **more)
