"""Searching the call log by what somebody types, a supporter's number included: that is in no address and no log."""

from http import HTTPStatus

from flask import redirect, request
from werkzeug.wrappers import Response

from app.domain.phone_numbers import RawNumber, read_typed_caller
from app.domain.roles import Act
from app.services.call_log import CallLog
from app.services.call_query import CallQuery, is_like_a_number
from app.services.find_by_number import MOST_AN_HOUR, NoMemory, TooManyLookUps, find_by_number, read_reason
from app.web.console.calls import the_log
from app.web.console.calls_address import list_url
from app.web.console.calls_render import render_calls
from app.web.console.forms import Form
from app.web.console.guard import allows, console
from app.web.console.visit import by
from app.web.parts import desk, hotline


@console.post("/campaigns/<slug>/calls/search")
@allows(Act.SEE_CALLS)
def search_calls(slug: str) -> Response | str:
    """Turn to what was typed, within the filters in use; of a number, the reason is asked first."""
    text = request.form.get("q", "").strip()
    if is_like_a_number(text):
        return _ask(the_log(slug), Form(), text)
    wishes = {**CallQuery.read(request.form).without("same"), "q": text}
    return redirect(list_url(slug, CallQuery.read(wishes).wishes), HTTPStatus.SEE_OTHER)


@console.get("/campaigns/<slug>/calls/find")
@allows(Act.FIND_BY_NUMBER)
def find_calls(slug: str) -> str:
    """Ask for a supporter's number and the reason."""
    return _ask(the_log(slug), Form())


@console.post("/campaigns/<slug>/calls/find")
@allows(Act.FIND_BY_NUMBER)
def find_calls_now(slug: str) -> Response | str:
    """Show the calls of a number, or ask again."""
    log, form = the_log(slug), Form()
    number, reason = form.read("number", read_typed_caller), form.read("reason", read_reason)
    found = _look_up(log, form, number, reason) if number and reason else None
    return redirect(list_url(slug, {"same": found}), HTTPStatus.SEE_OTHER) if found else _ask(log, form)


def _look_up(log: CallLog, form: Form, number: RawNumber, reason: str) -> str | None:
    try:
        found = find_by_number(desk(), hotline().keys, log, by(), number, reason)
    except (TooManyLookUps, NoMemory) as refused:
        form.errors["number"] = _REFUSALS[type(refused)]
        return None
    if found is None:
        form.errors["number"] = "Nobody has called this campaign from this number, as far as is remembered."
    return found


_REFUSALS: dict[type[Exception], str] = {
    TooManyLookUps: f"You have looked up {MOST_AN_HOUR} numbers within an hour. Wait a while, or ask another owner.",
    NoMemory: "The key of this campaign is destroyed: no number leads to its calls any more.",
}


def _ask(log: CallLog, form: Form, number: str = "") -> str:
    return render_calls("find", log=log, form=form, number=number)
