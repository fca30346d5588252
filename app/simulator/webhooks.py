"""Requests for TwiML and status callbacks: retries, lost and doubled webhooks, the fallback."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from app.simulator.acts import Activity, Interrupted, Steps, Wait
from app.simulator.callbacks import Callback
from app.simulator.connection import HARD_CAP_S, split_settings
from app.simulator.delivery import Passage
from app.simulator.documents import accepts_callback, read_document
from app.simulator.line import Line
from app.simulator.transcript import Entry, Exchange, Kind
from app.simulator.twiml import CarrierFault, parse
from app.simulator.twiml.speech import timed
from app.simulator.twiml.verbs import Verb
from app.simulator.wire import REFUSED, TIMED_OUT, Params, Reply, Request, send

APOLOGY = timed("We are sorry, an application error has occurred. Goodbye.")


@dataclass(frozen=True, slots=True)
class Go:
    """The document to go on with, and what is sent to ask for it; or `twiml`, the document itself."""

    url: str
    method: str = "POST"
    params: Params = ()
    twiml: str = ""


class Redirected(Interrupted):
    """The call goes on with another document, as the REST API was told (Twilio: Call resource, update)."""

    def __init__(self, go: Go) -> None:
        """Say with which one."""
        self.go = go
        super().__init__()


def fetch(line: Line, go: Go) -> Steps[tuple[Verb, ...]]:
    """The next document; raises CarrierFault with Twilio's error code if there is none to run."""
    deliver_due(line)
    if go.twiml:
        return parse(go.twiml)
    if not go.url:
        raise CarrierFault("webhook 11100: the number has no Voice URL.", 11100)
    request = _request(line, go.url, go.method, line.params(*go.params))
    reply = yield from _attempts(line, request, Kind.WEBHOOK, line.network.delivery.webhook)
    if reply.failure:
        failed = f"webhook {reply.failure.code}: {urlsplit(request.url).path}: {reply.failure.why}."
        raise CarrierFault(failed, reply.failure.code, reply.failure.injected)
    return read_document(reply)


def fall_back(line: Line, failed: Go, fault: CarrierFault) -> Steps[tuple[Verb, ...] | None]:
    """The fallback's document; without one the caller hears the carrier's message, and None."""
    line.blame(str(fault), fault.injected)
    if line.urls.fallback is not None:
        target, _ = split_settings(fault.url or failed.url)
        error = (("ErrorCode", str(fault.code)), ("ErrorUrl", target))
        try:
            return (yield from fetch(line, Go(line.urls.fallback, params=error)))
        except CarrierFault as second:
            line.blame(str(second), second.injected)
    line.note(Kind.CARRIER, APOLOGY.text)
    yield from line.wait(Wait(APOLOGY.seconds, Activity.SPEAKING, APOLOGY), lambda given: False)
    return None


def deliver_due(line: Line) -> None:
    """Send the status callbacks whose time has come."""
    while (due := line.callbacks.next_due()) is not None and due <= line.now:
        _deliver(line, line.callbacks.take())


def _deliver(line: Line, callback: Callback) -> None:
    """Send one; a bad answer is a fault, for Twilio would log a warning."""
    request = _request(line, callback.url, callback.method, callback.params)
    steps = _attempts(line, request, Kind.CALLBACK, lambda url: Passage.DELIVERED)
    try:
        while True:
            next(steps)
    except StopIteration as done:
        if not accepts_callback(done.value):
            path = urlsplit(request.url).path
            line.blame(f"status callback: {path}: answered {done.value.status}.")


def _request(line: Line, url: str, method: str, params: Params) -> Request:
    target, connection = split_settings(url)
    return Request(target, method, params, line.network.ids.token(), connection)


def _attempts(line: Line, request: Request, kind: Kind, passage: Callable[[str], Passage]) -> Steps[Reply]:
    """Send until answered or Twilio would give up: by count, by kind, or after 15 s in all."""
    left = min(request.connection.total_s, HARD_CAP_S)
    attempt = 0
    while True:
        attempt += 1
        way = passage(request.url)
        reply = _pass(line, request, way, left, kind, attempt)
        lost = min(request.connection.read_s, left) if way is Passage.ANSWER_LOST else 0.0
        yield from line.quiet(lost)
        left -= lost + reply.seconds
        if reply.failure is None or left <= 0 or attempt > request.connection.retries:
            return reply
        if not request.connection.retries_on(reply.failure.kind):
            return reply


def _pass(line: Line, request: Request, way: Passage, left: float, kind: Kind, attempt: int) -> Reply:
    if way is Passage.REFUSED:
        reply = Reply(request.url, failure=replace(REFUSED, injected=True))
        _record(line, request, reply, kind, attempt)
        return reply
    reply = send(line.http, request, line.network.account.token, left)
    if way is Passage.ANSWER_LOST:
        reply = replace(reply, seconds=0.0, failure=replace(TIMED_OUT, injected=True))
    _record(line, request, reply, kind, attempt)
    if way is Passage.DOUBLED:
        again = send(line.http, request, line.network.account.token, left)
        _record(line, request, again, kind, attempt, is_repeat=True)
    return reply


def _record(line: Line, request: Request, reply: Reply, kind: Kind, attempt: int, is_repeat: bool = False) -> None:
    failure = reply.failure.why if reply.failure else ""
    body = reply.body.decode("utf-8", "replace")
    exchange = Exchange(request.url, request.params, reply.status, body, reply.seconds, failure, attempt, is_repeat)
    line.transcript.add(Entry(line.now, kind, request.url, exchange=exchange))
