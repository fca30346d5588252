"""The offices of a campaign in its editor: their list, a page each, their order, adding and taking away."""

import re
from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.draft_changes import changes
from app.domain.draft_offices import (
    mark_of_office,
    mark_of_order,
    moved_office,
    office_of,
    placed_office,
    position_of,
    refs_of,
    without_office,
)
from app.domain.drafts import Body, faults_of
from app.domain.offices import MAX_OFFICES
from app.domain.roles import Act
from app.services.draft_words import field_words, office_names
from app.services.drafts import Draft, DraftConflict, change_part, open_draft
from app.web.console import preview
from app.web.console.editor.office_fields import OfficeFields, read_office
from app.web.console.editor.offices_list import shown_offices
from app.web.console.editor.page import given, others_here, saved_words
from app.web.console.editor.sections import BY_KEY
from app.web.console.editor.undo import tell_change
from app.web.console.forms import Form
from app.web.console.guard import allows, console, of_drafts
from app.web.console.visit import by
from app.web.parts import desk

_WAYS = {"up": -1, "down": 1}
_PLACE = re.compile(r"[0-9]{1,3}", re.ASCII)


@console.get("/campaigns/<slug>/edit/offices")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def edit_offices(slug: str) -> str:
    """List the offices in the order of their keys."""
    draft = open_draft(desk(), slug)
    return render_template("console/editor/offices.html", **shown_offices(draft), **given(draft))


@console.get("/campaigns/<slug>/edit/add-office", defaults={"office": ""})
@console.get("/campaigns/<slug>/edit/offices/<office>")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def office(slug: str, office: str) -> str:
    """Show an office, or an empty one to be added."""
    draft = open_draft(desk(), slug)
    if office and office_of(draft.body, office) is None:
        abort(HTTPStatus.NOT_FOUND, "There is no such office; somebody may have removed it.")
    return _shown(draft, office, draft.body)


@console.post("/campaigns/<slug>/edit/add-office", defaults={"office": ""})
@console.post("/campaigns/<slug>/edit/offices/<office>")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def save_office(slug: str, office: str) -> Response | tuple[str, int]:
    """Save an office into the draft, right or wrong; who saves second sees what the other one saved."""
    form, before = Form(), open_draft(desk(), slug)
    if not office and len(refs_of(before.body)) >= MAX_OFFICES:
        abort(HTTPStatus.CONFLICT, f"A campaign has at most {MAX_OFFICES} offices.")
    change = read_office(form, office)
    try:
        draft = change_part(desk(), by(), slug, lambda body: mark_of_office(body, office), form["seen"], change)
    except DraftConflict as conflict:
        return _contested(conflict.theirs, office, change(conflict.theirs.body)), HTTPStatus.CONFLICT
    flash(saved_words(draft))
    return redirect(_after(draft, office, form["then"]), HTTPStatus.SEE_OTHER)


@console.post("/campaigns/<slug>/edit/add-office/preview", defaults={"office": ""})
@console.post("/campaigns/<slug>/edit/offices/<office>/preview")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def preview_office(slug: str, office: str) -> str:
    """Play the draft with what is typed of an office, which is not saved by this."""
    form, draft = Form(), open_draft(desk(), slug)
    typed = read_office(form, office)(draft.body)
    if preview.FRAGMENT in request.headers:
        return render_template("console/preview/call.html", **_played(slug, office, typed), here_now=others_here(slug))
    return _shown(draft, office, typed, seen=form["seen"])


@console.post("/campaigns/<slug>/edit/offices/<office>/move")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def move_office(slug: str, office: str) -> Response:
    """Put an office on the key before or after its own, or at the place that it was dragged to."""
    form, before = Form(), open_draft(desk(), slug)
    try:
        draft = change_part(desk(), by(), slug, mark_of_order, form["seen"], _move(form, office))
        if draft.revision != before.revision:
            where = form["way"] or f"to place {position_of(draft.body, office) + 1}"
            tell_change(draft, f"{_name(draft, office)} is moved {where}.", "offices")
    except DraftConflict:
        flash("Not moved: somebody has changed the offices meanwhile. This is how they are now.")
    return redirect(url_for("console.edit_offices", slug=slug, _anchor=f"office-{office}"), HTTPStatus.SEE_OTHER)


@console.post("/campaigns/<slug>/edit/offices/<office>/remove")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def remove_office(slug: str, office: str) -> Response:
    """Take an office out of the draft."""
    seen, before = Form()["seen"], open_draft(desk(), slug)
    try:
        draft = change_part(
            desk(),
            by(),
            slug,
            lambda body: mark_of_office(body, office),
            seen,
            lambda body: without_office(body, office),
        )
        told = f"{_name(before, office)} is removed from the draft. Callers still reach it until that is published."
        if draft.revision != before.revision:
            tell_change(draft, told, "offices")
    except DraftConflict:
        flash("Not removed: somebody has changed this office meanwhile.")
    return redirect(url_for("console.edit_offices", slug=slug), HTTPStatus.SEE_OTHER)


def _move(form: Form, ref: str) -> Callable[[Body], Body]:
    if _PLACE.fullmatch(form["place"]):
        return lambda body: placed_office(body, ref, int(form["place"]))
    return lambda body: moved_office(body, ref, _WAYS.get(form["way"], 0))


def _name(draft: Draft, ref: str) -> str:
    return office_names(draft.body).get(ref, ref)


def _after(draft: Draft, ref: str, then: str) -> str:
    """Back to the list, or to the office while something is wrong with it."""
    if then == "review":
        return url_for("console.review", slug=draft.slug)
    refs = refs_of(draft.body)
    ref = ref or refs[-1]
    is_wrong = OfficeFields(draft.body, ref, draft.faults).errors
    if is_wrong:
        return url_for("console.office", slug=draft.slug, office=ref)
    return url_for("console.edit_offices", slug=draft.slug, _anchor=f"office-{ref}")


def _contested(theirs: Draft, ref: str, mine: Body) -> str:
    names = office_names(mine, theirs.body)
    told = [(field_words(each.path, names), each) for each in changes(theirs.body, mine)]
    return _shown(theirs, ref, mine, contested=told)


def _shown(draft: Draft, ref: str, body: Body, seen: str = "", contested: Sequence[object] = ()) -> str:
    """An office with the fields of `body`; `seen` stands for what it was when it was shown first."""
    # What is added stands last in what was typed, under an id that it has not been given yet.
    shown_ref = ref or (refs_of(body)[-1] if len(refs_of(body)) > len(refs_of(draft.body)) else "")
    values = {
        "section": BY_KEY["offices"],
        "office": ref,
        "office_name": _name(draft, ref) if ref else "",
        "form": OfficeFields(body, shown_ref, faults_of(body) if shown_ref else ()),
        "seen": seen or mark_of_office(draft.body, ref),
        "contested": contested,
        "action": url_for("console.office", slug=draft.slug, office=ref),
    }
    return render_template("console/editor/office.html", **{**given(draft), **_played(draft.slug, ref, body), **values})


def _played(slug: str, ref: str, body: Body) -> dict[str, object]:
    """The preview beside an office; its keys send the form of the office to be played."""
    url = url_for("console.preview_office", slug=slug, office=ref)
    return {**preview.given(body, request.form), "form_id": "draft", "play_url": url, "level": 3}
