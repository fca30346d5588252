"""What every answer tells the browser to refuse."""

from http import HTTPStatus

from flask import Flask, Response, request

from app.config import Settings
from app.web.carrier import PREFIXES

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
MEDIA = {"Content-Security-Policy": f"{_POLICY}; media-src 'self'"}
"""For a page that plays recordings."""
MICROPHONE = {
    "Content-Security-Policy": f"{_POLICY}; media-src 'self' blob:",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
}
"""For a page that makes them as well."""
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_YEAR = 365 * 24 * 60 * 60


def protect(app: Flask, settings: Settings) -> None:
    """Send the headers with every answer; a page that needs another one sets its own."""
    headers = dict(_HEADERS)
    if settings.is_https:
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}"

    def add(response: Response) -> Response:
        # What the carrier is answered no browser reads, and they would take a fortieth of a webhook's time.
        if response.status_code < HTTPStatus.BAD_REQUEST and request.path.startswith(PREFIXES):
            return response
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    app.after_request(add)
