"""The guard before every carrier route: what our carrier did not sign is refused, by default."""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.exceptions import HTTPException

from app.logs import get_logger
from app.services.metrics import REFUSED
from app.telephony.genuine import is_genuine
from app.web.parts import settings

_log = get_logger(__name__)

PREFIXES = ("/voice/", "/sms/")
"""Whatever begins so is the carrier's, whether a route for it exists or not."""


class _Sessions(SecureCookieSessionInterface):
    """Flask's sessions, of which a webhook has none: making one takes as long as checking its signature."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Give nothing to the carrier."""
        return None if request.path.startswith(PREFIXES) else super().open_session(app, request)


def guard(app: Flask) -> None:
    """Refuse all unsigned requests under the carrier's prefixes, before any route is looked at."""
    app.before_request(_refuse_strangers)
    app.session_interface = _Sessions()


def _refuse_strangers() -> Response | None:
    if not request.path.startswith(PREFIXES) or _is_carrier():
        return None
    REFUSED.inc()
    _log.warning("refused", path=request.path, method=request.method)
    return Response("This address is for the telephone carrier only.\n", 403, mimetype="text/plain")


def _is_carrier() -> bool:
    known = settings()
    form = _form()
    if request.method != "POST" or form is None:
        return False
    # The public URL is configured: a Host or X-Forwarded-* header is anybody's to write.
    url = known.public_url + request.path
    if query := request.query_string.decode("ascii", "replace"):
        url += f"?{query}"
    tokens = [token.reveal() for token in known.auth_tokens]
    if not is_genuine(url, form, request.headers.get("X-Twilio-Signature", ""), tokens):
        return False
    return known.is_demo or set(form.get("AccountSid", ())) == {known.account_sid}


def _form() -> dict[str, list[str]] | None:
    """The form, or None for one that no carrier sends: too large, or with too many fields."""
    try:
        return request.form.to_dict(flat=False)
    except HTTPException:
        return None
