"""One's own second factor: set up, new recovery codes, removed."""

from http import HTTPStatus

from flask import make_response, render_template
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.account import sign_out_elsewhere
from app.services.second_factor import confirm_factor, offer_factor, remove_own_factor, renew_codes
from app.web.console import cookies
from app.web.console.account import confirmed, renewed
from app.web.console.forms import Form
from app.web.console.guard import allows, console, current_session
from app.web.console.visit import by, visitor
from app.web.parts import desk

_WRONG = "This code is not right. See that the phone's clock is, and type the code that it shows now for this picture."


@console.get("/account/second-factor")
@allows(Act.USE_ACCOUNT)
def offer() -> str:
    """Show a new second factor to set up, or what can be done with the one there is."""
    return _shown(Form())


@console.post("/account/second-factor")
@allows(Act.USE_ACCOUNT)
def take() -> Response:
    """Take the second factor into use."""
    form = Form()
    codes = confirm_factor(desk(), by(), current_session(), form["offer"], form["code"]) if confirmed(form) else []
    if codes:
        return _codes(codes, sign_out_elsewhere(desk(), current_session(), visitor()))
    if not form.errors:
        form.errors["code"] = _WRONG
    return _again(form)


@console.post("/account/second-factor/codes")
@allows(Act.USE_ACCOUNT)
def make_codes() -> Response:
    """Make new recovery codes."""
    form = Form()
    if not confirmed(form):
        return _again(form)
    codes = renew_codes(desk(), by(), current_session())
    return _codes(codes) if codes else renewed(None, "")


@console.post("/account/second-factor/remove")
@allows(Act.USE_ACCOUNT)
def remove() -> Response:
    """Do without a second factor."""
    form = Form()
    if not confirmed(form):
        return _again(form)
    is_done = remove_own_factor(desk(), by(), current_session())
    token = sign_out_elsewhere(desk(), current_session(), visitor()) if is_done else None
    return renewed(token, "Your second factor is removed.")


def _codes(codes: list[str], token: str | None = None) -> Response:
    answer = make_response(render_template("console/recovery_codes.html", codes=codes))
    if token:
        cookies.keep_session(answer, token)
    return answer


def _again(form: Form) -> Response:
    return make_response(_shown(form), HTTPStatus.UNPROCESSABLE_ENTITY)


def _shown(form: Form) -> str:
    ours = current_session()
    offered = None if ours.account.factor_secret else offer_factor(desk(), ours, form["offer"])
    return render_template("console/account_factor.html", form=form, offer=offered)
