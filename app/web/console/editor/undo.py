"""Taking back the last change of a draft, and bringing back one that was discarded."""

from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.draft_undo import bring_back, take_back
from app.services.drafts import Draft, DraftConflict
from app.store.campaigns import UnknownCampaign
from app.web.console.editor.sections import BY_KEY
from app.web.console.forms import Form
from app.web.console.guard import allows, console, current_member, of_drafts
from app.web.console.names import campaign_name
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk


@console.post("/campaigns/<slug>/edit/undo")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def undo_change(slug: str) -> Response:
    """Take back the last change of a draft, unless something has changed since."""
    form = Form()
    section = BY_KEY.get(form["section"]) or next(iter(BY_KEY.values()))
    try:
        tell_change(take_back(desk(), by(), slug, _revision()), "The change is taken back.", form["section"])
    except DraftConflict as conflict:
        flash(f"Not taken back: {conflict} This is how it is now.")
    return redirect(section.href(slug), HTTPStatus.SEE_OTHER)


@console.post("/bring-back")
@allows(Act.EDIT_CAMPAIGNS)
def bring_back_campaign() -> Response:
    """Bring back a campaign that was discarded before it was published."""
    form = Form()
    slug = form["slug"]
    try:
        bring_back(desk(), by(), current_member(), slug, _revision())
    except UnknownCampaign as error:
        flash(str(error))
        return redirect(url_for("console.home"), HTTPStatus.SEE_OTHER)
    flash(f"The draft of {campaign_name(slug)} is back.")
    return redirect(url_for("console.edit", slug=slug), HTTPStatus.SEE_OTHER)


def tell_change(draft: Draft, told: str, section: str = "") -> None:
    """Tell what was changed in a draft, with a button that takes it back."""
    action = url_for("console.undo_change", slug=draft.slug)
    tell_undoable(told, action, revision=str(draft.revision), section=section)


def tell_discarded(draft: Draft) -> None:
    """Tell that a draft, of which this was the last, is discarded, with a button that brings it back."""
    told = f"The draft of {draft.body.get('name') or draft.slug} is discarded."
    revision = str(draft.revision + 1)
    if draft.is_published:
        tell_undoable(told, url_for("console.undo_change", slug=draft.slug), revision=revision)
    else:
        tell_undoable(told, url_for("console.bring_back_campaign"), slug=draft.slug, revision=revision)


def _revision() -> int:
    return request.form.get("revision", default=-1, type=int)
