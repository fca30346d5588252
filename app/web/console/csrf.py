"""No request that changes anything is taken from another site: a token in the form, and what the browser says."""

import hashlib
import hmac
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import abort, request
from markupsafe import Markup

from app.web.console import cookies
from app.web.parts import desk, settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "csrf_token"
HEADER = "X-CSRF-Token"

_STALE = "This page was open for too long, or came from elsewhere. Go back, reload it, and send it again."


def csrf_token() -> str:
    """The token of this session, or of this visit before signing in."""
    return _token(cookies.visit_token())


def csrf_field() -> Markup:
    """The hidden field that every form of the console has in it."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())


def check() -> None:
    """Refuse an unsafe request without the token or from another site."""
    if request.method in SAFE:
        return
    visit = cookies.session_token()
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    is_ours = bool(visit) and hmac.compare_digest(given.encode(), _token(visit).encode())
    if not is_ours or not _comes_from_here():
        abort(HTTPStatus.BAD_REQUEST, _STALE)


def _token(visit: str) -> str:
    return hmac.new(desk().key(b"csrf"), visit.encode(), hashlib.sha256).hexdigest()


def _comes_from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in {"same-origin", "none"}
    # Our pages send no referrer, which makes a browser's Origin 'null': then the token alone decides.
    origin = request.headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc in {request.host, urlsplit(settings().public_url).netloc}
