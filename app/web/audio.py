"""Recordings, for the carrier and for whoever has been given an id: there is no list of them."""

from http import HTTPStatus

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from app.domain.recordings import ID, PATH
from app.store.database import StoreUnavailable
from app.web.parts import hotline

audio = Blueprint("audio", __name__, url_prefix=PATH.rstrip("/"))

_FOR_EVER = "public, max-age=31536000, immutable"


@audio.get("/<name>.wav")
def recording(name: str) -> Response:
    """Give a recording's sound, or the part of it that is asked for."""
    wav = _sound(name)
    response = Response(wav, mimetype="audio/wav")
    response.headers["Cache-Control"] = _FOR_EVER
    # Its id stands for one sound for ever, as it is never changed.
    response.set_etag(name)
    return response.make_conditional(request, accept_ranges=True, complete_length=len(wav))


def _sound(name: str) -> bytes:
    try:
        found = hotline().sounds.wav(name) if ID.fullmatch(name) else None
    except StoreUnavailable:
        abort(HTTPStatus.SERVICE_UNAVAILABLE, "The recording cannot be read just now. Try again in a minute.")
    return found or abort(HTTPStatus.NOT_FOUND)
