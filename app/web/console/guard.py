"""The guard before every page of the console: what does not say whom it is for is refused, by default."""

from collections.abc import Callable
from http import HTTPStatus
from typing import ParamSpec, TypeVar

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act, Guest, Member, may
from app.services.console_home import was_published
from app.services.sessions import SignedIn, find_session
from app.web.console import cookies, csrf
from app.web.parts import desk

console = Blueprint("console", __name__, url_prefix="/console")

PREFIX = "/console"
"""Whatever lies under it is guarded, whether it is part of the blueprint or not."""

P = ParamSpec("P")
R = TypeVar("R")

_MAX_BODY_BYTES = 256 * 1024
_OPEN = "open"
_of_drafts: set[Callable[..., object]] = set()
_uploads: dict[Callable[..., object], int] = {}
_FOR_PROGRAMS = frozenset({"application/json", "text/event-stream"})
_declared: dict[Callable[..., object], Act | str] = {}


def allows(act: Act) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare what a page is; a page with `<slug>` in its address is asked for with that campaign."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        _declared[view] = act
        return view

    return declare


def of_drafts(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that a page is also for campaigns that were never published; others lead to their editor."""
    _of_drafts.add(view)
    return view


def is_of_drafts(app: Flask, endpoint: str) -> bool:
    """Whether the page of an endpoint is also for campaigns that were never published."""
    return app.view_functions[endpoint] in _of_drafts


def takes_upload(most_bytes: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare that a page takes a file, in a request of at most so many bytes, from who may enter it."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        _uploads[view] = most_bytes
        return view

    return declare


def is_open(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that a page is for everybody: for signing in and what leads there alone."""
    _declared[view] = _OPEN
    return view


def declared(app: Flask, endpoint: str) -> Act | str | None:
    """What the page of an endpoint was declared to be; None is refused to everybody."""
    return _declared.get(app.view_functions[endpoint])


def current_member() -> Member:
    """The organizer who asks."""
    return current_session().member


def current_session() -> SignedIn:
    """The session of the organizer who asks."""
    found: SignedIn = g.signed_in
    return found


def viewer() -> Member | Guest:
    """Who looks at a page that guests may see too: an organizer, or the holder of a share link."""
    found: Member | Guest = g.viewer
    return found


def viewer_email() -> str:
    """The address of the organizer who asks; empty for a guest, and where nobody has signed in."""
    found = g.get("signed_in")
    return found.account.email if found else ""


def is_allowed(act: Act, campaign: str | None = None) -> bool:
    """Whether who asks may do something else as well, for what a page offers."""
    return may(viewer(), act, campaign)


def protect(app: Flask) -> None:
    """Put the guard before all requests under the console's prefix, before any page is looked at."""
    app.before_request(_guard)
    app.after_request(_keep_private)


def _guard() -> Response | None:
    if not _is_console():
        return None
    # Scripts in several languages come in one form.
    request.max_content_length = _MAX_BODY_BYTES
    g.signed_in = find_session(desk(), cookies.session_token())
    g.viewer = g.signed_in.member if g.signed_in else cookies.guest()
    rule = declared(current_app, request.endpoint) if request.endpoint else None
    if request.endpoint and _may_enter(rule):
        # Before the form is read. To everybody else the small limit of all forms applies.
        _expect_upload(request.endpoint)
    _refuse_nul()
    if rule != _OPEN and not (g.signed_in or _may_enter(rule)):
        return _sign_in_first()
    csrf.check()
    # An address of nothing is answered as such, but only to somebody who has signed in.
    if rule != _OPEN and not _may_enter(rule) and request.endpoint:
        abort(HTTPStatus.FORBIDDEN, "Your role does not include this. An owner can change it under People.")
    return _campaign_first()


def _campaign_first() -> Response | None:
    """Refuse a campaign that is none, and lead to the editor of one that has nothing else to show yet."""
    if not (slug := _slug()) or not request.endpoint:
        return None
    is_published = was_published(desk(), slug)
    if is_published is None:
        abort(HTTPStatus.NOT_FOUND, "There is no such campaign.")
    if is_published or is_of_drafts(current_app, request.endpoint):
        return None
    if request.method in csrf.SAFE and is_allowed(Act.EDIT_CAMPAIGNS, slug):
        return redirect(url_for("console.edit", slug=slug), HTTPStatus.SEE_OTHER)
    return abort(HTTPStatus.NOT_FOUND, "This campaign was never published, so it has no such page yet.")


def _expect_upload(endpoint: str) -> None:
    most = _uploads.get(current_app.view_functions[endpoint])
    if most:
        request.max_content_length = most
        if (request.content_length or 0) > most:
            sentence = f"The file is too large: at most {most // 1_000_000} MB are taken. Go back, and choose another."
            abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)


def _refuse_nul() -> None:
    """Refuse a character that no database keeps in a text, and nobody types."""
    given = (request.path, *request.args.values())
    fields = () if request.method in csrf.SAFE else request.form.values()
    if any("\0" in text for text in (*given, *fields)):
        abort(HTTPStatus.BAD_REQUEST, "What was sent holds a character that is none.")


def _may_enter(rule: Act | str | None) -> bool:
    return isinstance(rule, Act) and g.viewer is not None and may(g.viewer, rule, _slug())


def _slug() -> str | None:
    return (request.view_args or {}).get("slug")


def _sign_in_first() -> Response:
    if request.method in csrf.SAFE and request.accept_mimetypes.best not in _FOR_PROGRAMS:
        there = request.full_path.rstrip("?")
        return redirect(url_for("console.sign_in_page", next=there), HTTPStatus.SEE_OTHER)
    # What was typed is still in the browser: a redirect would lose it.
    sentence = "You were signed out. Sign in in another tab, then come back here and send this again."
    return abort(HTTPStatus.UNAUTHORIZED, sentence)


def _keep_private(response: Response) -> Response:
    if _is_console():
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
    return response


def _is_console() -> bool:
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")
