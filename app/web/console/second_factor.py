"""The second step of signing in."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.services.second_factor import pass_factor
from app.services.sessions import find_pending
from app.services.sign_in import Entered, Refused
from app.web.console import cookies
from app.web.console.forms import Form
from app.web.console.guard import console, is_open
from app.web.console.next_page import next_page
from app.web.console.sign_in import entered, refusal, wait
from app.web.console.visit import visitor
from app.web.parts import desk

_WRONG = "This code is not right, or was used before. Wait for the next one."


@console.get("/second-factor")
@is_open
def ask_factor() -> Response | str:
    """Ask for a code."""
    if find_pending(desk(), cookies.session_token()) is None:
        return _begin_again()
    return _shown(Form())


@console.post("/second-factor")
@is_open
def check_factor() -> Response:
    """Check a code, and begin a session."""
    form = Form()
    result = pass_factor(desk(), cookies.session_token(), form["code"], visitor())
    if result is None:
        return _begin_again()
    if isinstance(result, Entered):
        return entered(result)
    form.errors["code"] = _WRONG if isinstance(result, Refused) else wait(result)
    return refusal(_shown(form), result)


def _begin_again() -> Response:
    flash("Begin again: the password is good for ten minutes.")
    return redirect(url_for("console.sign_in_page"), HTTPStatus.SEE_OTHER)


def _shown(form: Form) -> str:
    return render_template("console/second_factor.html", form=form, next=next_page())
