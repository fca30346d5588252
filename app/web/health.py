"""Whether the process lives, and whether it can take calls."""

from flask import Blueprint, Response, jsonify

from app.services.readiness import readiness
from app.web.parts import hotline

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """Say that the process lives."""
    return jsonify(status="ok")


@health.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Say whether calls can be taken, and which parts are degraded."""
    parts = readiness(hotline())
    takes_calls = parts.takes_calls
    return jsonify(ready=takes_calls, degraded=parts.degraded), 200 if takes_calls else 503
