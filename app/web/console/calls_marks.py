"""Short marks on a call: tags, and that it was a test."""

from http import HTTPStatus

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.mark_test import mark_test
from app.services.tag_call import read_tag, tag_call, untag_call
from app.web.console.calls_detail import campaign_for, shown_call
from app.web.console.forms import Form
from app.web.console.guard import allows, console
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk


@console.post("/calls/<call_sid>/tags")
@allows(Act.SEE_CALLS)
def add_call_tag(call_sid: str) -> Response | tuple[str, int]:
    """Tag a call, or say what is wrong with the tag."""
    slug, form = campaign_for(call_sid, Act.SEE_CALLS), Form()
    added = form.read("tag", lambda text: tag_call(desk(), by(), slug, call_sid, read_tag(text)))
    if added is None:
        return shown_call(call_sid, slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    undo = url_for("console.remove_call_tag", call_sid=call_sid)
    tell_undoable(f"The call is tagged ‘{added}’.", undo, tag=added)
    return _back(call_sid)


@console.post("/calls/<call_sid>/tags/remove")
@allows(Act.SEE_CALLS)
def remove_call_tag(call_sid: str) -> Response:
    """Take a tag off a call."""
    slug, tag = campaign_for(call_sid, Act.SEE_CALLS), request.form.get("tag", "")
    if untag_call(desk(), by(), slug, call_sid, tag):
        tell_undoable(f"The tag ‘{tag}’ is off.", url_for("console.add_call_tag", call_sid=call_sid), tag=tag)
    return _back(call_sid)


@console.post("/calls/<call_sid>/test")
@allows(Act.CORRECT_CALLS)
def mark_call(call_sid: str) -> Response:
    """Mark a call as a test, or as none."""
    slug, is_test = campaign_for(call_sid, Act.CORRECT_CALLS), request.form.get("test") == "yes"
    if mark_test(desk(), by(), slug, call_sid, is_test=is_test):
        told = "The call is marked as a test: no figure counts it." if is_test else "The call counts again."
        tell_undoable(told, request.path, test="no" if is_test else "yes")
    return _back(call_sid, "main")


def _back(call_sid: str, anchor: str = "tags") -> Response:
    return redirect(url_for("console.call", call_sid=call_sid, _anchor=anchor), HTTPStatus.SEE_OTHER)
