"""The WSGI application: who asks, which resource, and how the request fares on its way."""

import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from threading import BoundedSemaphore
from types import MappingProxyType
from typing import TYPE_CHECKING

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from app.simulator.delivery import Passage
from app.simulator.rest import calls, incoming, messages
from app.simulator.rest.account import RestAccount
from app.simulator.rest.errors import RestError
from app.simulator.rest.resource import NOT_FOUND, Answer, Asked

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_BASE = "/2010-04-01/Accounts/<account>"

# Each resource with what a method does in it; those that test credentials may use are marked.
_ROUTES: tuple[tuple[str, str, Callable[..., Answer], bool], ...] = (
    ("POST", "Calls", calls.create, True),
    ("GET", "Calls", calls.listing, False),
    ("GET", "Calls/<sid>", calls.fetch, False),
    ("POST", "Calls/<sid>", calls.update, False),
    ("DELETE", "Calls/<sid>", calls.delete, False),
    ("POST", "Messages", messages.create, True),
    ("GET", "Messages", messages.listing, False),
    ("GET", "Messages/<sid>", messages.fetch, False),
    ("POST", "IncomingPhoneNumbers", incoming.create, True),
    ("GET", "IncomingPhoneNumbers", incoming.listing, False),
    ("GET", "IncomingPhoneNumbers/<sid>", incoming.fetch, False),
    ("POST", "IncomingPhoneNumbers/<sid>", incoming.update, False),
    ("DELETE", "IncomingPhoneNumbers/<sid>", incoming.delete, False),
    ("GET", "AvailablePhoneNumbers/<country>/<kind>", incoming.search, False),
)
_MAP = Map(
    [Rule(f"{_BASE}/{path}.json", methods=[method], endpoint=at) for at, (method, path, *_) in enumerate(_ROUTES)]
)
_ASK_WHO: Mapping[str, str] = MappingProxyType({"WWW-Authenticate": 'Basic realm="Twilio API"'})


def rest_app(rest: RestAccount) -> "WSGIApplication":
    """Serve an account's REST API; may be mounted below a path."""
    slots = BoundedSemaphore(rest.limits.concurrent_requests)

    def app(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not slots.acquire(blocking=False):
            return _refused(RestError(20429))(environ, start_response)
        try:
            return _respond(rest, Request(environ))(environ, start_response)
        finally:
            slots.release()

    return app


def _respond(rest: RestAccount, request: Request) -> Response:
    """Answer, unless the delivery has it otherwise: refused at the door, done twice, or done and the answer lost."""
    passage = rest.delivery.webhook(request.path)
    if passage is Passage.REFUSED:
        return _refused(RestError(20503))
    response = _answer(rest, request)
    if passage is Passage.DOUBLED:
        _answer(rest, request)
    if passage is Passage.ANSWER_LOST:
        raise ConnectionAbortedError("The simulated carrier did what it was asked, and its answer is lost.")
    return response


def _answer(rest: RestAccount, request: Request) -> Response:
    try:
        at, matched = _MAP.bind_to_environ(request.environ).match()
        values = dict(matched)
        _check_who(rest, request, values.pop("account"))
        *_, handler, is_for_tests = _ROUTES[int(at)]
        if rest.is_test and not is_for_tests:
            raise RestError(20008)
        answer = handler(Asked(rest, request.path, request.args, request.form), **values)
    except RestError as error:
        return _refused(error)
    except MethodNotAllowed:
        return _refused(RestError(20004))
    except NotFound:
        return _refused(RestError(NOT_FOUND, request.path))
    return _json(answer.status, answer.body)


def _check_who(rest: RestAccount, request: Request, account_sid: str) -> None:
    account, given = rest.carrier.account, request.authorization
    name, secret = (given.username or "", given.password or "") if given else ("", "")
    if not hmac.compare_digest(secret.encode(), account.token.encode()) or {name, account_sid} != {account.sid}:
        raise RestError(20003)


def _refused(error: RestError) -> Response:
    response = _json(error.status, error.body())
    if error.status == 401:
        response.headers.update(_ASK_WHO)
    return response


def _json(status: int, body: dict[str, object] | None) -> Response:
    text = "" if body is None else json.dumps(body)
    return Response(text, status, content_type="application/json; charset=utf-8")
