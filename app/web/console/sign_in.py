"""Signing in and out."""

import math
from datetime import timedelta
from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.sign_in import Entered, Refused, Wait, sign_in, sign_out
from app.web.console import cookies
from app.web.console.forms import Form
from app.web.console.guard import allows, console, is_open
from app.web.console.next_page import next_page
from app.web.console.visit import visitor
from app.web.parts import desk

_WRONG = "The address or the password is wrong."
_OTHERWISE = ", use a browser that you have signed in by before, or ask for a link to a new password"


@console.get("/sign-in")
@is_open
def sign_in_page() -> str:
    """Ask for an address and a password."""
    return _shown(Form())


@console.post("/sign-in")
@is_open
def check_sign_in() -> Response:
    """Check what was typed, and begin a session."""
    form = Form()
    result = sign_in(desk(), form["email"], form["password"], visitor(), cookies.device_token())
    if isinstance(result, Entered):
        return entered(result)
    form.errors["password"] = _WRONG if isinstance(result, Refused) else wait(result, _OTHERWISE)
    return refusal(_shown(form), result)


@console.post("/sign-out")
@allows(Act.USE_ACCOUNT)
def leave() -> Response:
    """End the session."""
    sign_out(desk(), cookies.session_token())
    flash("You are signed out.")
    answer = redirect(url_for("console.sign_in_page"), HTTPStatus.SEE_OTHER)
    cookies.forget_session(answer)
    return answer


def entered(result: Entered) -> Response:
    """Give the browser its session, and lead on: to the second factor, or to where somebody wanted to go."""
    # Whoever had signed in by this browser before could not end their session any longer.
    sign_out(desk(), cookies.session_token())
    there = url_for("console.ask_factor", next=next_page()) if result.needs_factor else next_page()
    answer = redirect(there, HTTPStatus.SEE_OTHER)
    cookies.keep_session(answer, result.token)
    if result.device:
        cookies.keep_device(answer, result.device)
    return answer


def refusal(page: str, result: Refused | Wait) -> Response:
    """The page again, with the status that says why."""
    if isinstance(result, Refused):
        return make_response(page, HTTPStatus.UNAUTHORIZED)
    answer = make_response(page, HTTPStatus.TOO_MANY_REQUESTS)
    answer.headers["Retry-After"] = str(math.ceil(result.time.total_seconds()))
    return answer


def wait(result: Wait, otherwise: str = "") -> str:
    """How long to wait, rounded up, and what else can be done."""
    minutes = math.ceil(result.time / timedelta(minutes=1))
    time = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"There were too many tries. Wait {time}{otherwise}."


def _shown(form: Form) -> str:
    return render_template("console/sign_in.html", form=form, next=next_page())
