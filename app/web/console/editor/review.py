"""Reviewing a draft, and publishing it in one step."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.documents import DocumentError
from app.domain.roles import Act
from app.services.drafts import DraftConflict
from app.services.publish_draft import Done, Publisher, publish_draft
from app.services.review import review as look_at
from app.store.campaigns import NumberTaken
from app.web.console.editor.page import given
from app.web.console.editor.sections import point
from app.web.console.guard import allows, console, of_drafts
from app.web.console.names import campaign_name
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk, hotline


def publisher() -> Publisher:
    """What publishing needs beside the desk."""
    return Publisher(hotline().keys, hotline().default_number)


@console.get("/campaigns/<slug>/edit/review")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def review(slug: str) -> str:
    """Show what publishing the draft would change, and what stands in its way."""
    found = look_at(desk(), publisher(), slug)
    pointed = {
        "obstacles": [point(found.draft, fault) for fault in found.obstacles],
        "warnings": [point(found.draft, fault) for fault in found.warnings],
    }
    return render_template("console/editor/review.html", review=found, **pointed, **given(found.draft))


@console.post("/campaigns/<slug>/edit/publish")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def publish(slug: str) -> Response:
    """Publish the draft as it was reviewed."""
    seen = (request.form.get(name, default=-1, type=int) for name in ("revision", "live_version"))
    try:
        _tell(slug, publish_draft(desk(), publisher(), by(), slug, *seen))
    except DraftConflict:
        flash("Not published: it has changed since you looked. Here is how it is now.")
        return redirect(url_for("console.review", slug=slug), HTTPStatus.SEE_OTHER)
    except (DocumentError, NumberTaken):
        flash("Not published: something stands in the way.")
        return redirect(url_for("console.review", slug=slug), HTTPStatus.SEE_OTHER)
    return redirect(url_for("console.overview", slug=slug), HTTPStatus.SEE_OTHER)


def _tell(slug: str, done: Done) -> None:
    name = campaign_name(slug)
    if not done.is_new:
        flash(f"{name} is as it was: there was nothing to publish.")
    elif not done.before:
        flash(f"{name} is published: it takes calls from now on.")
    else:
        told = (
            f"Version {done.version} of {name} is published. Whoever is on the line stays with the one they began with."
        )
        back = url_for("console.go_back", slug=slug, version=done.before)
        tell_undoable(told, back, live_version=str(done.version))
