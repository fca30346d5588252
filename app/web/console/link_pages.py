"""What links by mail lead to: accepting an invitation, and choosing a new password; and asking for such a link."""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import flash, make_response, render_template, request
from werkzeug.wrappers import Response

from app.domain.organizers import Account, check_password, read_email
from app.services.invite import ask_for_reset, demo_reset_url, linked_account, use_link
from app.services.mail import is_loopback
from app.services.sign_in import Wait
from app.services.throttle import place_of
from app.store.single_use_links import LinkKind
from app.web.console.forms import Form
from app.web.console.guard import console, is_open
from app.web.console.sign_in import entered, refusal, wait
from app.web.console.visit import address, visitor
from app.web.parts import desk, settings

_THIS_MACHINE = frozenset({place_of("127.0.0.1"), place_of("::1")})


@console.get("/forgot")
@is_open
def forgot() -> str:
    """Ask for the address of an account."""
    return _ask(Form())


@console.post("/forgot")
@is_open
def mail_reset() -> Response | str:
    """Mail a link to a new password; the answer is the same whether there is such an account."""
    form = Form()
    email = form.read("email", read_email)
    if email is None:
        return make_response(_ask(form), HTTPStatus.UNPROCESSABLE_ENTITY)
    if _is_on_this_machine():
        return _ask(form, asked=email, url=demo_reset_url(desk(), email))
    ask_for_reset(desk(), email, visitor())
    return _ask(form, asked=email)


@console.get("/invitation/<token>")
@is_open
def invitation(token: str) -> Response | str:
    """Show whom an invitation is for, and ask for a password."""
    return _choose(LinkKind.INVITE, token)


@console.post("/invitation/<token>")
@is_open
def accept_invitation(token: str) -> Response | str:
    """Accept an invitation."""
    return _use(LinkKind.INVITE, token)


@console.get("/reset/<token>")
@is_open
def reset(token: str) -> Response | str:
    """Ask for a new password."""
    return _choose(LinkKind.RESET, token)


@console.post("/reset/<token>")
@is_open
def set_password(token: str) -> Response | str:
    """Set a new password."""
    return _use(LinkKind.RESET, token)


def new_password(form: Form, email: str) -> str | None:
    """The password that was typed twice, or None with what is wrong beside the field."""
    form.read("new_password", lambda typed: check_password(typed, email))
    if not form.errors and form["new_password"] != form["again"]:
        form.errors["again"] = "The two are not the same."
    return None if form.errors else form["new_password"]


def _choose(kind: LinkKind, token: str) -> Response | str:
    account = linked_account(desk(), kind, token)
    return _gone() if account is None else _password_page(kind, account, Form())


def _use(kind: LinkKind, token: str) -> Response | str:
    account, form = linked_account(desk(), kind, token), Form()
    if account is None:
        return _gone()
    password = new_password(form, account.email)
    if password is None:
        return make_response(_password_page(kind, account, form), HTTPStatus.UNPROCESSABLE_ENTITY)
    result = use_link(desk(), kind, token, password, visitor())
    if result is None:
        return _gone()
    if isinstance(result, Wait):
        form.errors["new_password"] = wait(result)
        return refusal(_password_page(kind, account, form), result)
    flash("Your password is set.")
    return entered(result)


def _gone() -> Response:
    return make_response(render_template("console/link_gone.html"), HTTPStatus.GONE)


def _password_page(kind: LinkKind, account: Account, form: Form) -> str:
    is_invitation = kind is LinkKind.INVITE
    return render_template("console/new_password.html", form=form, account=account, is_invitation=is_invitation)


def _ask(form: Form, asked: str = "", url: str = "") -> str:
    has_mail = desk().mailer is not None
    return render_template("console/forgot.html", form=form, asked=asked, url=url, has_mail=has_mail)


def _is_on_this_machine() -> bool:
    """Whether a demo may show the link itself: never to a visitor from elsewhere, who could take the account."""
    is_forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "Via"))
    if not settings().is_demo or settings().trusted_proxies or is_forwarded:
        return False
    # A tunnel's visitors come from here too: what they asked for, and what is told to callers, gives it away.
    hosts = [urlsplit(url).hostname or "" for url in (request.host_url, settings().public_url)]
    return place_of(address()) in _THIS_MACHINE and all(map(is_loopback, hosts))
