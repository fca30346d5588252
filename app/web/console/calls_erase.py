"""Erasing what is kept of who made a call, once its tag was typed."""

from http import HTTPStatus

from flask import abort, flash, redirect
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.block_caller import NobodyKnown
from app.services.erase_caller import OnTheLine, erase_caller, read_erasable
from app.web.console.calls_address import list_url
from app.web.console.calls_detail import campaign_for
from app.web.console.calls_render import render_calls
from app.web.console.forms import Form
from app.web.console.guard import allows, console
from app.web.console.visit import by
from app.web.parts import desk

_NOBODY = "Nothing is kept of who made this call: the number was withheld, or all of it is erased already."


@console.get("/calls/<call_sid>/erase")
@allows(Act.ERASE_CALLERS)
def ask_erasure(call_sid: str) -> str:
    """Say what would be erased, and ask for the caller's tag."""
    return _ask(call_sid, campaign_for(call_sid, Act.ERASE_CALLERS), Form())


@console.post("/calls/<call_sid>/erase")
@allows(Act.ERASE_CALLERS)
def erase(call_sid: str) -> Response | tuple[str, int]:
    """Erase it, or say why not."""
    slug, form = campaign_for(call_sid, Act.ERASE_CALLERS), Form()
    if wrong := _erase(call_sid, slug, form):
        form.errors["tag"] = wrong
        return _ask(call_sid, slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(list_url(slug, {}), HTTPStatus.SEE_OTHER)


def _erase(call_sid: str, slug: str, form: Form) -> str:
    try:
        caller = read_erasable(desk(), call_sid).caller
        if form["tag"].strip().upper() != caller:
            return f"Type {caller}, the caller's tag, to confirm."
        gone = erase_caller(desk(), by(), slug, call_sid).found
    except NobodyKnown:
        abort(HTTPStatus.NOT_FOUND, _NOBODY)
    except OnTheLine:
        return "The caller is on the line. Wait until the call is over, then erase."
    count = f"{len(gone.ids)} call{' stays' if len(gone.ids) == 1 else 's stay'}"
    flash(f"What was kept of the caller {caller} is erased. {count} in the figures, and leads to nobody.")
    return ""


def _ask(call_sid: str, slug: str, form: Form) -> str:
    try:
        page = read_erasable(desk(), call_sid)
    except NobodyKnown:
        abort(HTTPStatus.NOT_FOUND, _NOBODY)
    return render_calls("erase", page=page, call_sid=call_sid, slug=slug, form=form)
