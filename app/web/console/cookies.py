"""The cookies of the console: the session, the browser that has signed in before, and the share link in use."""

from flask import Response as FlaskResponse
from flask import after_this_request, g, request
from werkzeug.wrappers import Response

from app.domain.roles import Guest
from app.services.share_links import open_share_link
from app.services.tokens import new_token
from app.web.parts import desk, settings

_DEVICE_SECONDS = 180 * 24 * 60 * 60


def session_token() -> str:
    """What the browser gave as its session; before signing in it names only a visit."""
    return request.cookies.get(_name("patchline"), "")


def visit_token() -> str:
    """The session's token, or a new one of a visit without any, which goes out with the answer."""
    if token := session_token():
        return token
    if "visit" not in g:
        g.visit = new_token()
        after_this_request(_send_visit)
    return str(g.visit)


def keep_session(response: Response, token: str) -> None:
    """Give the browser its new session."""
    _set(response, "patchline", token)


def forget_session(response: Response) -> None:
    """Take the session from the browser."""
    _forget(response, "patchline")


def device_token() -> str:
    """What the browser was given when somebody signed in by it before."""
    return request.cookies.get(_name("patchline-device"), "")


def keep_device(response: Response, token: str) -> None:
    """Remember that somebody has signed in by this browser."""
    _set(response, "patchline-device", token, _DEVICE_SECONDS)


def share_token() -> str:
    """The token of the share link that this browser has opened; empty without one."""
    return request.cookies.get(_name("patchline-share"), "")


def guest() -> Guest | None:
    """The holder of the share link that this browser has opened, while the link is good."""
    token = share_token()
    return open_share_link(desk(), token) if token else None


def keep_share(response: Response, token: str) -> None:
    """Remember the share link in use, until the browser is closed."""
    _set(response, "patchline-share", token)


def _send_visit(response: FlaskResponse) -> FlaskResponse:
    # A session that has begun meanwhile has its own.
    if not any(header.startswith(f"{_name('patchline')}=") for header in response.headers.getlist("Set-Cookie")):
        keep_session(response, g.visit)
    return response


def _name(name: str) -> str:
    return f"__Host-{name}" if settings().is_https else name


def _set(response: Response, name: str, value: str, max_age: int | None = None) -> None:
    response.set_cookie(
        _name(name), value, max_age=max_age, secure=settings().is_https, httponly=True, samesite="Lax", path="/"
    )


def _forget(response: Response, name: str) -> None:
    response.delete_cookie(_name(name), secure=settings().is_https, httponly=True, samesite="Lax", path="/")
