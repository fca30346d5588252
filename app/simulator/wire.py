"""One signed request over HTTP and what came of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

import requests

from app.simulator.connection import HARD_CAP_S, Connection, signed_form
from app.telephony.signatures import sign

Params = Sequence[tuple[str, str]]

BODY_CAP = 64 * 1024
_MOST_REDIRECTS = 10
_AGENT = "TwilioProxy/1.1 (simulated by Patchline)"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer to use: a kind that may be retried (ct, rt, 4xx, 5xx) or another one.

    `code` is Twilio's error code; `injected` marks what the simulator's delivery broke.
    """

    kind: str
    code: int
    why: str
    injected: bool = False


TIMED_OUT = Failure("rt", 11200, "no answer in time")
REFUSED = Failure("ct", 11205, "no connection")
CUT_OFF = Failure("partial", 11200, "the answer stopped half-way")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the body is at most one byte over Twilio's cap; `seconds` are real ones."""

    url: str
    status: int | None = None
    content_type: str = ""
    body: bytes = b""
    seconds: float = 0.0
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, without the fragment; the token stays the same when it is tried again.

    Of the answer no more is read than just over `most_bytes`.
    """

    url: str
    method: str
    params: Params
    token: str
    connection: Connection
    most_bytes: int = BODY_CAP


def send(session: requests.Session, request: Request, auth_token: str, left: float) -> Reply:
    """Send it once, following up to 10 redirects (Twilio: 11215), within so many real seconds."""
    began = time.monotonic()
    hop = request
    for _ in range(_MOST_REDIRECTS + 1):
        reply, location = _hop(session, hop, auth_token, left - (time.monotonic() - began))
        if location is None:
            return replace(reply, seconds=time.monotonic() - began)
        hop = _redirected(hop, reply, location)
    failure = Failure("other", 11215, f"more than {_MOST_REDIRECTS} redirects")
    return replace(reply, seconds=time.monotonic() - began, failure=failure)


def _hop(session: requests.Session, request: Request, auth_token: str, left: float) -> tuple[Reply, str | None]:
    as_form = {"data": list(request.params)} if request.method == "POST" else {}
    in_query = {"params": list(request.params)} if request.method == "GET" else {}
    prepared = session.prepare_request(requests.Request(request.method, request.url, **as_form, **in_query))
    url = prepared.url or request.url
    signed = request.params if request.method == "POST" else ()
    prepared.headers["X-Twilio-Signature"] = sign(signed_form(url), signed, auth_token)
    prepared.headers["I-Twilio-Idempotency-Token"] = request.token
    prepared.headers["User-Agent"] = _AGENT
    limit = max(0.001, min(request.connection.read_s, left, HARD_CAP_S))
    try:
        with session.send(
            prepared,
            timeout=(min(request.connection.connect_s, limit), limit),
            allow_redirects=False,
            stream=True,
        ) as response:
            return _read(url, response, time.monotonic() + limit, request.most_bytes)
    except requests.RequestException as error:
        return Reply(url, failure=_failure(error)), None


def _read(url: str, response: requests.Response, deadline: float, most: int) -> tuple[Reply, str | None]:
    if response.is_redirect:
        return Reply(url, response.status_code), response.headers["Location"]
    body = _body(response, deadline, most)
    if body is None:
        return Reply(url, response.status_code, failure=CUT_OFF), None
    reply = Reply(url, response.status_code, response.headers.get("Content-Type", ""), body)
    if response.status_code >= 400:
        kind = f"{response.status_code // 100}xx"
        why = f"the server answered {response.status_code}"
        reply = replace(reply, failure=Failure(kind, 11217, why))
    return reply, None


def _body(response: requests.Response, deadline: float, most: int) -> bytes | None:
    """The body up to just over so many bytes; None if it did not come whole, which is never retried."""
    body = b""
    try:
        for chunk in response.iter_content(8192):
            body += chunk
            if time.monotonic() > deadline:
                return None
            if len(body) > most:
                break
    except requests.RequestException:
        return None
    return body


def _redirected(request: Request, reply: Reply, location: str) -> Request:
    url = urljoin(reply.url, location)
    if reply.status in (307, 308):
        return replace(request, url=url)
    return replace(request, url=url, method="GET", params=())


def _failure(error: requests.RequestException) -> Failure:
    if isinstance(error, requests.ReadTimeout):
        return TIMED_OUT
    if isinstance(error, requests.exceptions.SSLError):
        return Failure("ct", 11220, "the TLS handshake failed")
    # urllib3 tells a refused connection from one that was cut off by this word only.
    if isinstance(error, requests.ConnectionError) and "aborted" not in str(error):
        return REFUSED
    return Failure("other", 11200, "the connection was cut off")
