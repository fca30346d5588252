"""Saving, renaming and deleting views of the call log."""

from http import HTTPStatus

from flask import flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.call_query import CallQuery
from app.services.call_views import delete_view, read_name, rename_view, save_view
from app.web.console.calls import shown_log, the_log
from app.web.console.calls_address import BY_OFFICE, by_office, list_url
from app.web.console.forms import Form
from app.web.console.guard import allows, console, current_member
from app.web.console.undo import tell_undoable
from app.web.parts import desk


@console.post("/campaigns/<slug>/calls/views")
@allows(Act.SEE_CALLS)
def save_call_view(slug: str) -> Response:
    """Save the filters in use, and what the rows are, under a name."""
    log, form, query, by = the_log(slug), Form(), CallQuery.read(request.form), by_office(request.form)
    name = form.read("name", read_name)
    if name is None:
        return make_response(shown_log(slug, request.form, form), HTTPStatus.UNPROCESSABLE_ENTITY)
    save_view(desk(), log.id, current_member(), name, query, by_office=bool(by), is_shared=form.has("shared"))
    flash("The view is saved.")
    return redirect(list_url(slug, query.wishes, by), HTTPStatus.SEE_OTHER)


@console.post("/campaigns/<slug>/calls/views/<int:view_id>/delete")
@allows(Act.SEE_CALLS)
def delete_call_view(slug: str, view_id: int) -> Response:
    """Delete a view of one's own."""
    gone = delete_view(desk(), the_log(slug).id, current_member(), view_id) if view_id < 2**31 else None
    if gone is None:
        flash("There is no such view of yours.")
    else:
        more = {"shared": "on"} if gone.view.is_shared else {}
        more |= {"by": BY_OFFICE} if gone.by_office else {}
        fields = {**gone.wishes, "name": gone.view.name, **more}
        tell_undoable("The view is deleted.", url_for("console.save_call_view", slug=slug), **fields)
    return redirect(_there(slug), HTTPStatus.SEE_OTHER)


@console.post("/campaigns/<slug>/calls/views/<int:view_id>/name")
@allows(Act.SEE_CALLS)
def rename_call_view(slug: str, view_id: int) -> Response:
    """Rename a view of one's own."""
    log, form = the_log(slug), Form()
    was = form.read("name", lambda name: rename_view(desk(), log.id, current_member(), view_id, name))
    if was is None:
        return make_response(shown_log(slug, request.form, form, view_id), HTTPStatus.UNPROCESSABLE_ENTITY)
    tell_undoable("The view is renamed.", request.path, name=was)
    return redirect(_there(slug), HTTPStatus.SEE_OTHER)


def _there(slug: str) -> str:
    """The log as it was shown."""
    return list_url(slug, CallQuery.read(request.form).wishes, by_office(request.form))
