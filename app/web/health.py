"""Whether the process lives, and whether it can take calls."""

from flask import Blueprint, Response, jsonify, request

from app.services.readiness import readiness
from app.web.parts import hotline, notices, settings

health = Blueprint("health", __name__)

_PROXY = (
    "A request came with X-Forwarded-For, and TRUSTED_PROXIES is 0. If a proxy stands before this server, set "
    "TRUSTED_PROXIES to how many there are: until then nobody can tell the console's visitors apart."
)


@health.before_app_request
def look_for_proxies() -> None:
    """Notice a proxy that we were not told of."""
    if "X-Forwarded-For" in request.headers and not settings().trusted_proxies:
        notices()["proxies"] = _PROXY


@health.get("/healthz")
def healthz() -> Response:
    """Say that the process lives."""
    return jsonify(status="ok")


@health.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Say whether calls can be taken, which parts are degraded, and what was noticed since the start.

    A notice leaves the state as it is: any visitor can write that header.
    """
    parts = readiness(hotline())
    takes_calls = parts.takes_calls
    answer = jsonify(ready=takes_calls, degraded=parts.degraded, notices=notices())
    return answer, 200 if takes_calls else 503
