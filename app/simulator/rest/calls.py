"""Calls: create, fetch, list, update and delete (Twilio: Call resource)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.simulator.account import VoiceUrls
from app.simulator.acts import CallerLeft
from app.simulator.records import CallRecord
from app.simulator.rest.account import RestAccount
from app.simulator.rest.errors import RestError
from app.simulator.rest.given import Given
from app.simulator.rest.magic import settles
from app.simulator.rest.outbound import Order
from app.simulator.rest.paging import PAGING, page_of
from app.simulator.rest.resource import Answer, Asked
from app.simulator.rest.shapes import call_shape
from app.simulator.webhooks import Go, Redirected

EVENTS = ("initiated", "ringing", "answered", "completed")
_DOCUMENT = frozenset(("Url", "Method", "Twiml", "FallbackUrl", "FallbackMethod", "TimeLimit"))
_DOCUMENT_AND_STATUS = _DOCUMENT | {"StatusCallback", "StatusCallbackMethod"}
CREATE = _DOCUMENT_AND_STATUS | {"To", "From", "StatusCallbackEvent", "Timeout"}
UPDATE = _DOCUMENT_AND_STATUS | {"Status"}
_TIMES = ("StartTime", "StartTime<", "StartTime>", "EndTime", "EndTime<", "EndTime>")
LIST = PAGING | {"To", "From", "ParentCallSid", "Status", *_TIMES}

_ENDED = frozenset(("completed", "busy", "no-answer", "failed", "canceled"))
_LONGEST_TWIML = 4000
_LONGEST_CALL_S = 14400
_PREMIUM = "+1900"


def create(asked: Asked) -> Answer:
    """Order a call; it waits for its turn."""
    given, rest = Given(asked.form, CREATE), asked.rest
    caller, called = _numbers(rest, given)
    go = _document(given)
    if go is None:
        raise RestError(21205, "Url")
    urls = _urls(given, VoiceUrls(go.url))
    events = given.choices("StatusCallbackEvent", *EVENTS)
    ring_s, talk_s = given.whole("Timeout", 1, 600, 60), _talk_s(given)
    live = sum(record.status not in _ENDED for record in list(rest.carrier.records.values()))
    if rest.limits.concurrent_calls is not None and live >= rest.limits.concurrent_calls:
        raise RestError(10004)
    record = rest.carrier.enlist("outbound-api", caller, called, "queued")
    if rest.is_test:
        del rest.carrier.records[record.sid]
    else:
        _order(rest, Order(record, go, urls, events, ring_s, talk_s, record.created_at))
    return Answer(201, _shape(asked)(record))


def fetch(asked: Asked, sid: str) -> Answer:
    """One call or leg."""
    return Answer(200, _shape(asked)(asked.found(asked.rest.carrier.records, sid)))


def listing(asked: Asked) -> Answer:
    """All calls and legs, or those that are asked for; the newest first."""
    wanted = _wanted(Given(asked.query, LIST))
    records = [record for record in list(asked.rest.carrier.records.values()) if wanted(record)]
    return Answer(200, page_of(records[::-1], _shape(asked), "calls", asked.path, asked.query))


def update(asked: Asked, sid: str) -> Answer:
    """End a call, or let it go on with another document; it takes effect when time passes next."""
    given = Given(asked.form, UPDATE)
    record = asked.found(asked.rest.carrier.records, sid)
    order = asked.rest.dialer.order(record)
    wanted, go = given.choice("Status", "", "canceled", "completed"), _document(given)
    _check_state(record, wanted, go)
    if order is not None:
        order.urls, order.talk_s = _urls(given, order.urls), _talk_s(given, order.talk_s)
    if wanted:
        if order is None or not asked.rest.dialer.cancel(order):
            record.changes.append(CallerLeft())
    elif go is not None:
        record.changes.append(Redirected(go))
    return Answer(200, _shape(asked)(record))


def delete(asked: Asked, sid: str) -> Answer:
    """Remove the record of a call that has ended."""
    record = asked.found(asked.rest.carrier.records, sid)
    if record.status not in _ENDED:
        raise RestError(20009, "A call")
    del asked.rest.carrier.records[sid]
    return Answer(204)


def _numbers(rest: RestAccount, given: Given) -> tuple[str, str]:
    """Who is shown and who is rung, as far as the account may."""
    called, caller = given.needed("To", 21201), given.needed("From", 21213)
    if not (rest.is_test and settles("Calls", "To", called)):
        given.number("To", 21201, 21211)
        if called.startswith(_PREMIUM):
            raise RestError(21202, called)
        if not called.startswith(rest.limits.countries):
            raise RestError(21215, called)
    if not (rest.is_test and settles("Calls", "From", caller)):
        given.number("From", 21213, 21212)
        if not rest.numbers.has(caller):
            raise RestError(21210, caller)
    return caller, called


def _document(given: Given) -> Go | None:
    """The document that is named or given; the two exclude each other."""
    url, twiml = given.url("Url", 21205), given.text("Twiml")
    if url and twiml:
        raise RestError(20001, "Url and Twiml exclude each other")
    if len(twiml) > _LONGEST_TWIML:
        raise RestError(32018)
    if twiml:
        return Go("", twiml=twiml)
    return Go(url, given.choice("Method", "POST", "GET")) if url else None


def _urls(given: Given, before: VoiceUrls) -> VoiceUrls:
    """The fallback and the status callback; other methods than POST are not simulated."""
    for name in ("FallbackMethod", "StatusCallbackMethod"):
        given.choice(name, "POST")
    fallback, status = given.url("FallbackUrl", 21205), given.url("StatusCallback", 21609)
    return replace(before, fallback=fallback or before.fallback, status=status or before.status)


def _talk_s(given: Given, before: int = _LONGEST_CALL_S) -> int:
    return given.whole("TimeLimit", 1, _LONGEST_CALL_S, before)


def _check_state(record: CallRecord, wanted: str, go: Go | None) -> None:
    """What stands may be changed; legs that a Dial made are not simulated apart from their call."""
    if record.parent_sid:
        raise RestError(20001, "The leg of a Dial cannot be changed in the simulated API")
    if record.status in _ENDED:
        raise RestError(21220, f"the call is {record.status}")
    if go is not None and record.status != "in-progress":
        raise RestError(21220, "the call is not in-progress and cannot be redirected")
    if wanted == "canceled" and record.status == "in-progress":
        raise RestError(21220, "the call is in-progress and cannot be canceled")


def _order(rest: RestAccount, order: Order) -> None:
    try:
        rest.dialer.take(order)
    except RestError:
        del rest.carrier.records[order.record.sid]
        raise


def _wanted(given: Given) -> Callable[[CallRecord], bool]:
    """Whether a record is asked for; a moment that has not come fits no filter, and bounds are included."""
    begun, ended = _period(given, "StartTime"), _period(given, "EndTime")
    to, caller = given.text("To"), given.text("From")
    parent, status = given.text("ParentCallSid"), given.text("Status")

    def wanted(record: CallRecord) -> bool:
        return (
            to in ("", record.called)
            and caller in ("", record.caller)
            and parent in ("", record.parent_sid)
            and status in ("", record.status)
            and begun(record.started_at)
            and ended(record.ended_at)
        )

    return wanted


def _period(given: Given, name: str) -> Callable[[datetime | None], bool]:
    on, before, after = given.moment(name), given.moment(f"{name}<"), given.moment(f"{name}>")

    def holds(moment: datetime | None) -> bool:
        if moment is None:
            return on is None and before is None and after is None
        second = moment.replace(microsecond=0)
        return (
            (on is None or second.date() == on.date())
            and (before is None or second <= before)
            and (after is None or second >= after)
        )

    return holds


def _shape(asked: Asked) -> Callable[[CallRecord], dict[str, object]]:
    sids = {owned.number: owned.sid for owned in list(asked.rest.numbers.owned.values())}

    def shape(record: CallRecord) -> dict[str, object]:
        ours = record.called if record.direction == "inbound" else record.caller
        return call_shape(record, asked.account_sid, sids.get(ours, ""))

    return shape
