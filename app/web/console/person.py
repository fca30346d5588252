"""One person's account: what they may do, and ending it."""

from collections.abc import Callable
from http import HTTPStatus

from flask import abort, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.audit import By
from app.domain.organizers import Account
from app.domain.roles import Act, Role
from app.services.desk import Desk
from app.services.invite import send_link
from app.services.people import LastOwner, change_access, disable, enable, find_person, revoke_all
from app.services.second_factor import remove_factor
from app.services.sessions import sessions_of
from app.store.organizers import UnknownOrganizer
from app.web.console.access_form import read_access
from app.web.console.forms import Form
from app.web.console.guard import allows, console
from app.web.console.people import show_link, slugs
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk


@console.get("/people/<person_id>")
@allows(Act.MANAGE_PEOPLE)
def person(person_id: str) -> str:
    """Show what somebody may do."""
    return _shown(_person(person_id), Form())


@console.post("/people/<person_id>")
@allows(Act.MANAGE_PEOPLE)
def keep_access(person_id: str) -> Response:
    """Change what somebody may do."""
    account, form = _person(person_id), Form()
    access = read_access(form, slugs())
    if access is None:
        return _refused(account, form)
    return _done(account, lambda d, b, a: change_access(d, b, a, access), "What they may do is saved.")


@console.post("/people/<person_id>/disable")
@allows(Act.MANAGE_PEOPLE)
def disable_person(person_id: str) -> Response:
    """Let somebody in no longer."""
    told = "The account is disabled, signed out everywhere, and its share links are ended."
    return _done(_person(person_id), disable, told, "console.enable_person")


@console.post("/people/<person_id>/enable")
@allows(Act.MANAGE_PEOPLE)
def enable_person(person_id: str) -> Response:
    """Let somebody in again."""
    return _done(_person(person_id), enable, "The account is enabled again.", "console.disable_person")


@console.post("/people/<person_id>/end-sessions")
@allows(Act.MANAGE_PEOPLE)
def end_sessions(person_id: str) -> Response:
    """Sign somebody out everywhere."""
    return _done(_person(person_id), revoke_all, "They are signed out everywhere.")


@console.post("/people/<person_id>/remove-second-factor")
@allows(Act.MANAGE_PEOPLE)
def remove_their_factor(person_id: str) -> Response:
    """Take away the second factor of somebody who has lost it."""
    return _done(_person(person_id), remove_factor, "Their second factor is removed.")


@console.post("/people/<person_id>/link")
@allows(Act.MANAGE_PEOPLE)
def make_link(person_id: str) -> str:
    """Make another invitation, or a link to a new password."""
    account = _person(person_id)
    return show_link(account.email, send_link(desk(), by(), account))


def _person(public_id: str) -> Account:
    try:
        return find_person(desk(), public_id)
    except UnknownOrganizer as error:
        abort(HTTPStatus.NOT_FOUND, str(error))


def _done(account: Account, act: Callable[[Desk, By, Account], object], told: str, opposite: str = "") -> Response:
    try:
        act(desk(), by(), account)
    except LastOwner as error:
        form = Form()
        form.errors["role"] = str(error)
        return _refused(account, form)
    if opposite:
        tell_undoable(told, url_for(opposite, person_id=account.public_id))
    else:
        flash(told)
    return redirect(url_for("console.person", person_id=account.public_id), HTTPStatus.SEE_OTHER)


def _refused(account: Account, form: Form) -> Response:
    return make_response(_shown(account, form), HTTPStatus.UNPROCESSABLE_ENTITY)


def _shown(account: Account, form: Form) -> str:
    sessions = sessions_of(desk(), account.id)
    return render_template(
        "console/person.html", form=form, person=account, sessions=sessions, slugs=slugs(), roles=Role
    )
