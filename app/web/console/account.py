"""One's own account: the password and the sessions."""

from http import HTTPStatus

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.account import change_password, confirm_password, sign_out_elsewhere
from app.services.preferences import OFF, ON, Preference, prefer
from app.services.second_factor import codes_left
from app.services.sessions import revoke_session, sessions_of
from app.services.sign_in import Wait
from app.web.console import cookies
from app.web.console.forms import Form
from app.web.console.guard import allows, console, current_member, current_session
from app.web.console.link_pages import new_password
from app.web.console.sign_in import refusal, wait
from app.web.console.undo import tell_undoable
from app.web.console.visit import visitor
from app.web.parts import desk


@console.get("/account")
@allows(Act.USE_ACCOUNT)
def account() -> str:
    """Show the account."""
    return _shown(Form())


@console.post("/account/password")
@allows(Act.USE_ACCOUNT)
def keep_password() -> Response:
    """Change the password."""
    form = Form()
    confirmed(form)
    password = new_password(form, current_session().account.email)
    if password is None:
        return make_response(_shown(form), HTTPStatus.UNPROCESSABLE_ENTITY)
    token = change_password(desk(), current_session(), password, visitor())
    if isinstance(token, Wait):
        form.errors["password"] = wait(token)
        return refusal(_shown(form), token)
    return renewed(token, "Your password is changed, and you are signed out everywhere else.")


@console.post("/account/sessions/end-others")
@allows(Act.USE_ACCOUNT)
def end_others() -> Response:
    """Sign out everywhere else."""
    return renewed(sign_out_elsewhere(desk(), current_session(), visitor()), "You are signed out everywhere else.")


@console.post("/account/sessions/<session_id>/end")
@allows(Act.USE_ACCOUNT)
def end_one(session_id: str) -> Response:
    """Sign out in one other browser."""
    if not revoke_session(desk(), current_session().account.id, session_id):
        abort(HTTPStatus.NOT_FOUND)
    flash("That session is ended.")
    return redirect(url_for("console.account"), HTTPStatus.SEE_OTHER)


@console.post("/account/keys")
@allows(Act.USE_ACCOUNT)
def choose_keys() -> Response:
    """Turn the keyboard shortcuts on or off."""
    is_off = request.form.get("keys") == OFF
    prefer(desk(), current_member(), {Preference.KEYS: OFF if is_off else ON})
    told = "The keyboard shortcuts are off." if is_off else "The keyboard shortcuts are on."
    tell_undoable(told, request.path, keys=ON if is_off else OFF)
    return redirect(url_for("console.account", _anchor="keys"), HTTPStatus.SEE_OTHER)


def confirmed(form: Form) -> bool:
    """Whether the present password was given again; if not, the form says so."""
    refused = confirm_password(desk(), current_session(), form["password"])
    if refused is not None:
        form.errors["password"] = wait(refused) if isinstance(refused, Wait) else "This is not your password."
    return refused is None


def renewed(token: str | None, told: str) -> Response:
    """Back to the account under the session's new token; to signing in if the session was ended meanwhile."""
    if token is None:
        return redirect(url_for("console.sign_in_page"), HTTPStatus.SEE_OTHER)
    flash(told)
    answer = redirect(url_for("console.account"), HTTPStatus.SEE_OTHER)
    cookies.keep_session(answer, token)
    return answer


def _shown(form: Form) -> str:
    ours = current_session()
    sessions, left = sessions_of(desk(), ours.account.id), codes_left(desk(), ours.account)
    return render_template("console/account.html", form=form, ours=ours, sessions=sessions, codes_left=left)
