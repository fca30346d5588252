"""Searching the calls of all campaigns at once; what is typed is in no address, because it may be a number."""

from http import HTTPStatus

from flask import make_response, render_template
from werkzeug.wrappers import Response

from app.domain.phone_numbers import read_typed_caller
from app.domain.roles import Act
from app.services.call_query import is_like_a_number
from app.services.find_by_number import MOST_AN_HOUR, TooManyLookUps, read_reason
from app.services.search_all import Found, find_in_all, search_all
from app.web.console.calls_address import list_url
from app.web.console.forms import Form
from app.web.console.guard import allows, console, current_member, is_allowed
from app.web.console.visit import by
from app.web.parts import desk, hotline

_LONGEST = 300
_NOT_GRANTED = "Finding calls by a number has to be granted to you. An owner can do so under People."
_TOO_MANY = f"You have looked up {MOST_AN_HOUR} numbers within an hour. Wait a while, or ask another owner."


@console.get("/search")
@allows(Act.SEE_CALLS)
def search() -> str:
    """Ask what to look for."""
    return _shown(Form(), None)


@console.post("/search")
@allows(Act.SEE_CALLS)
def search_now() -> Response:
    """Show in which campaigns there are such calls."""
    form = Form()
    found = _found(form, form["q"].strip())
    return make_response(_shown(form, found), HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)


def _found(form: Form, text: str) -> list[Found] | None:
    if is_like_a_number(text):
        return _of_number(form)
    if not 0 < len(text) <= _LONGEST:
        form.errors["q"] = f"Type what to look for, in at most {_LONGEST} characters."
        return None
    return search_all(desk(), current_member(), text)


def _of_number(form: Form) -> list[Found] | None:
    if not is_allowed(Act.FIND_BY_NUMBER):
        form.errors["q"] = _NOT_GRANTED
        return None
    number, reason = form.read("q", read_typed_caller), form.read("reason", read_reason)
    if number is None or reason is None:
        return None
    try:
        return find_in_all(desk(), hotline().keys, by(), current_member(), number, reason)
    except TooManyLookUps:
        form.errors["q"] = _TOO_MANY
        return None


def _shown(form: Form, found: list[Found] | None) -> str:
    may_find = is_allowed(Act.FIND_BY_NUMBER)
    return render_template("console/search.html", form=form, found=found, may_find=may_find, list_url=list_url)
