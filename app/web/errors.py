"""What a person or a program hears of an error: one sentence, never a traceback."""

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from app.logs import get_logger

_log = get_logger(__name__)

_SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address does not take requests of that kind.",
    413: "The request is too large.",
}


def handle(app: Flask) -> None:
    """Answer every error of an app."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _failed)


def _refused(error: HTTPException) -> tuple[Response, int]:
    code = error.code or 500
    return jsonify(error=_SENTENCES.get(code, error.name)), code


def _failed(error: Exception) -> tuple[Response, int]:
    _log.error("request_failed", exc_info=error)
    return jsonify(error="Something went wrong here; it has been logged. Please try again."), 500
