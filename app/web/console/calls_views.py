"""Saving and deleting views of the call log."""

from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.call_query import CallQuery
from app.services.call_views import delete_view, rename_view, save_view
from app.web.console.calls import the_log
from app.web.console.calls_address import list_url
from app.web.console.guard import allows, console, current_member
from app.web.console.undo import tell_undoable
from app.web.parts import desk


@console.post("/campaigns/<slug>/calls/views")
@allows(Act.SEE_CALLS)
def save_call_view(slug: str) -> Response:
    """Save the filters in use under a name."""
    log, query = the_log(slug), CallQuery.read(request.form)
    name = request.form.get("name", "")
    try:
        save_view(desk(), log.id, current_member(), name, query, is_shared="shared" in request.form)
        flash("The view is saved.")
    except ValueError as error:
        flash(str(error))
    return redirect(list_url(slug, query.wishes), HTTPStatus.SEE_OTHER)


@console.post("/campaigns/<slug>/calls/views/<int:view_id>/delete")
@allows(Act.SEE_CALLS)
def delete_call_view(slug: str, view_id: int) -> Response:
    """Delete a view of one's own."""
    gone = delete_view(desk(), the_log(slug).id, current_member(), view_id) if view_id < 2**31 else None
    if gone is None:
        flash("There is no such view of yours.")
    else:
        fields = {**gone.wishes, "name": gone.view.name, **({"shared": "on"} if gone.view.is_shared else {})}
        tell_undoable("The view is deleted.", url_for("console.save_call_view", slug=slug), **fields)
    return redirect(list_url(slug, {}), HTTPStatus.SEE_OTHER)


@console.post("/campaigns/<slug>/calls/views/<int:view_id>/name")
@allows(Act.SEE_CALLS)
def rename_call_view(slug: str, view_id: int) -> Response:
    """Rename a view of one's own."""
    try:
        was = rename_view(desk(), the_log(slug).id, current_member(), view_id, request.form.get("name", ""))
        tell_undoable("The view is renamed.", request.path, name=was)
    except ValueError as error:
        flash(str(error))
    return redirect(list_url(slug, {}), HTTPStatus.SEE_OTHER)
