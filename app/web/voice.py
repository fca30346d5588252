"""The voice webhooks."""

from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, Response, request

from app.domain.events import Lost, Started
from app.domain.record import CallStatusRecord, LegStatusRecord
from app.logs import get_logger, log_context
from app.services.answer_fault import answer_fault
from app.services.metrics import FAULTS, count_carrier_error
from app.services.record_status import record_status
from app.services.take_turn import take_turn
from app.telephony.webhooks import Form, read_call, read_event, read_lost
from app.web.parts import hotline

voice = Blueprint("voice", __name__, url_prefix="/voice")
_log = get_logger(__name__)


@voice.post("/incoming")
def incoming() -> Response:
    """Greet a caller."""
    return _twiml(take_turn(hotline(), read_call(_form()), Started(), ""))


@voice.post("/turn")
def turn() -> Response:
    """Go on with what was pressed, said or dialed."""
    form = _form()
    return _twiml(take_turn(hotline(), read_call(form), read_event(form), _state_text()))


@voice.post("/fallback")
def fallback() -> Response:
    """Go on after the carrier could not use an answer of ours (Twilio: VoiceFallbackUrl)."""
    form = _form()
    facts = read_call(form)
    count_carrier_error(form.text("ErrorCode"))
    _log.error("carrier_fault", call=facts.call_sid, code=form.text("ErrorCode")[:10])
    return _twiml(take_turn(hotline(), facts, read_lost(form), _state_text()))


@voice.post("/")
@voice.post("/<path:unknown>")
def stray(unknown: str = "") -> Response:
    """Speak again in a call that turns to an address which no release of ours has written."""
    return _twiml(take_turn(hotline(), read_call(_form()), Lost(apologize=False), _state_text()))


@voice.post("/status")
def status() -> Response:
    """Keep how a call stands (Twilio: status callback)."""
    form = _form()
    record_status(
        hotline(),
        CallStatusRecord(
            call_sid=form.identifier("CallSid"),
            status=form.text("CallStatus")[:20],
            at=hotline().clock.now(),
            sequence=form.number("SequenceNumber"),
            duration_s=form.number("CallDuration"),
        ),
    )
    return Response(status=204)


@voice.post("/leg")
def leg() -> Response:
    """Keep how an office leg stands (Twilio: Number, statusCallback)."""
    form, place = _form(), Form(request.args.to_dict(flat=False))
    record_status(
        hotline(),
        LegStatusRecord(
            call_sid=place.identifier("call"),
            leg=place.number("leg") or 0,
            dial_call_sid=form.identifier("CallSid"),
            status=form.text("CallStatus")[:20],
            at=hotline().clock.now(),
            sequence=form.number("SequenceNumber"),
            duration_s=form.number("CallDuration"),
        ),
    )
    return Response(status=204)


@voice.errorhandler(Exception)
def failed(error: Exception) -> Response:
    """Log what went wrong and let the caller go on; a callback is simply acknowledged."""
    form = _form()
    FAULTS.labels((request.endpoint or "").rpartition(".")[2]).inc()
    with log_context(call=form.identifier("CallSid")):
        _log.error("voice_fault", route=request.endpoint, exc_info=error)
    if request.endpoint in {"voice.status", "voice.leg"}:
        return Response(status=204)
    faults = Form(request.args.to_dict(flat=False)).number("faults") or 0
    return _twiml(answer_fault(hotline(), read_call(form), _state_text(), faults))


def _form() -> Form:
    return Form(request.form.to_dict(flat=False))


def _state_text() -> str:
    """The sealed state of the URL asked for or, on the fallback, of the one that failed (ErrorUrl)."""
    if state := request.args.get("state"):
        return state
    failed_url = _form().text("ErrorUrl")
    try:
        return parse_qs(urlsplit(failed_url).query).get("state", [""])[0]
    except ValueError:  # an address such as http://[ that is none
        return ""


def _twiml(answer: str) -> Response:
    return Response(answer, mimetype="text/xml")
