"""What an upload is answered with: pages, or short words to the script that shows how far it is (static/upload.js)."""

from collections.abc import Callable
from http import HTTPStatus

from flask import abort, jsonify, redirect, request
from werkzeug.wrappers import Response


def taken(there: str) -> Response:
    """Go on there; a script is told where, and goes itself, so that what is flashed waits for the page."""
    return jsonify(next=there) if _is_by_script() else redirect(there, HTTPStatus.SEE_OTHER)


def refused(sentence: str, show: Callable[[], Response]) -> Response:
    """Show the page with what is wrong; a script is told the sentence alone, and keeps the file."""
    if _is_by_script():
        abort(HTTPStatus.BAD_REQUEST, sentence)
    return show()


def _is_by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"
