"""The published versions of a campaign, and going back to one."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.drafts import DraftConflict, open_draft
from app.services.publish_draft import UnknownVersion
from app.services.publish_draft import go_back as publish_again
from app.services.version_history import list_versions, look_at_version
from app.store.campaigns import NumberTaken
from app.web.console.editor.page import given
from app.web.console.editor.review import publisher
from app.web.console.guard import allows, console
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk

# What the database counts to.
_HIGHEST = 2**31 - 1


@console.get("/campaigns/<slug>/edit/versions")
@allows(Act.EDIT_CAMPAIGNS)
def versions(slug: str) -> str:
    """List the versions, the latest first."""
    found, more = list_versions(desk(), slug, request.args.get("before", type=_row_number))
    shown = given(open_draft(desk(), slug))
    return render_template("console/editor/versions.html", versions=found, more=more, **shown)


@console.get("/campaigns/<slug>/edit/versions/<int(max=2147483647):version>")
@allows(Act.EDIT_CAMPAIGNS)
def version(slug: str, version: int) -> str:
    """Show what a version changed, and what going back to it would change."""
    try:
        look = look_at_version(desk(), slug, version)
    except UnknownVersion as error:
        abort(HTTPStatus.NOT_FOUND, str(error))
    return render_template("console/editor/version.html", look=look, **given(open_draft(desk(), slug)))


@console.post("/campaigns/<slug>/edit/versions/<int(max=2147483647):version>/publish")
@allows(Act.EDIT_CAMPAIGNS)
def go_back(slug: str, version: int) -> Response:
    """Publish an old version again, as a new one."""
    live_version = request.form.get("live_version", default=-1, type=int)
    try:
        done = publish_again(desk(), publisher(), by(), slug, version, live_version)
    except UnknownVersion as error:
        abort(HTTPStatus.NOT_FOUND, str(error))
    except DraftConflict:
        flash("Not changed: another version was published meanwhile. Look at it first.")
    except NumberTaken as error:
        flash(f"Not changed: {error}")
    else:
        back = url_for("console.go_back", slug=slug, version=done.before)
        told = f"Callers hear version {version} again; it is version {done.version} now."
        tell_undoable(told, back, live_version=str(done.version)) if done.is_new else flash(told)
    return redirect(url_for("console.versions", slug=slug), HTTPStatus.SEE_OTHER)


def _row_number(text: str) -> int:
    return min(int(text), _HIGHEST)
