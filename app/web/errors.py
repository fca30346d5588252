"""What a person or a program hears of an error: one sentence, never a traceback."""

from flask import Flask, Response, jsonify, make_response, render_template, request
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
    # What one of our own pages says comes first; werkzeug's texts are its class's.
    own = "" if error.description == type(error).description else error.description
    return _answer(own or _SENTENCES.get(code, error.name), code), code


def _failed(error: Exception) -> tuple[Response, int]:
    _log.error("request_failed", exc_info=error)
    return _answer("Something went wrong here; it has been logged. Please try again.", 500), 500


def _answer(sentence: str, code: int) -> Response:
    # JSON first: it is what a client gets that takes anything.
    if request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html":
        return make_response(render_template("error.html", sentence=sentence, code=code))
    return jsonify(error=sentence)
