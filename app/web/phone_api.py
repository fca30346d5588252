"""The JSON API of the phone in the browser; in demo mode only."""

import json
from collections.abc import Callable

import requests
from flask import Blueprint, Response, jsonify, request

from app.services.rehearsals import (
    ActAsked,
    CallAsked,
    Rehearsal,
    RehearsalError,
    UnknownRehearsal,
    view_of,
    world,
)
from app.web.parts import hotline, rehearsals

phone_api = Blueprint("phone_api", __name__, url_prefix="/phone/api")

_FORWARDED = "Patchline-Forwarded"
_TIMEOUT_S = 20

Answer = Response | tuple[Response, int]


@phone_api.get("/world")
def show_world() -> Answer:
    """Say what can be dialed."""
    line = hotline()
    return jsonify(world(line.database, line.default_number, line.clock.now()))


@phone_api.post("/calls")
def dial() -> Answer:
    """Place a call."""
    return jsonify(_view(rehearsals().begin(CallAsked.read(_body())))), 201


@phone_api.post("/calls/<key>/acts")
def act(key: str) -> Answer:
    """Let time pass in a call, and do something."""
    asked = ActAsked.read(_body())

    def acted(rehearsal: Rehearsal) -> Answer:
        rehearsal.act(asked)
        return jsonify(_view(rehearsal))

    return _with(key, acted)


@phone_api.get("/calls/<key>/script")
def script(key: str) -> Answer:
    """Give the call as a scripted call."""
    return _with(key, lambda rehearsal: _attachment(rehearsal.script))


@phone_api.errorhandler(RehearsalError)
def impossible(error: RehearsalError) -> Answer:
    """Say what is not possible."""
    return jsonify(error=str(error)), 400


@phone_api.errorhandler(UnknownRehearsal)
def gone(error: UnknownRehearsal) -> Answer:
    """Say that there is no such call."""
    return jsonify(error=str(error)), 404


def _with(key: str, do: Callable[[Rehearsal], Answer]) -> Answer:
    """Do something with a call of this process, or let the process do it that has the call."""
    owner = rehearsals().owner(key)
    try:
        with rehearsals().resume(key) as rehearsal:
            return do(rehearsal)
    except UnknownRehearsal:
        if _FORWARDED in request.headers:
            raise
    return _forwarded(owner)


def _forwarded(owner: str) -> Answer:
    headers = {"Content-Type": request.headers.get("Content-Type", ""), _FORWARDED: "1"}
    try:
        answer = requests.request(
            request.method, owner + request.path, data=request.get_data(), headers=headers, timeout=_TIMEOUT_S
        )
    except requests.RequestException:
        raise UnknownRehearsal("This call is not here any more: dial again.") from None
    return Response(answer.content, answer.status_code, mimetype=answer.headers["Content-Type"].partition(";")[0])


def _view(rehearsal: Rehearsal) -> dict[str, object]:
    line = hotline()
    return view_of(rehearsal, line.database, line.state_key)


def _body() -> object:
    # A page of another site cannot send this type without asking first (CORS).
    if request.mimetype != "application/json":
        raise RehearsalError("Send JSON, with the content type application/json.")
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise RehearsalError("What was sent is not JSON.") from None


def _attachment(text: str) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="browser-call.call"'}
    return Response(text, mimetype="text/plain", headers=headers)
