"""The carrier's side of a webhook: what is sent, retried, followed, refused, and where a call falls back to."""

import socket
from collections.abc import Iterator
from threading import Event

import pytest
from flask import Response

from app.simulator import WITHHELD, Caller, Kind, Place, RunawayCall, Supporter, withheld
from app.simulator.connection import BadConnectionSetting, Connection, signed_form, split_settings
from app.simulator.webhooks import APOLOGY
from tests.simulator.hotlines import ACCOUNT, HOTLINE, Hotline, caller_for, carrier_for, serve

HELLO = "<Say>Hello.</Say>"
SPARE = "<Say>This is the fallback.</Say>"


def xml(body: str, status: int = 200, content_type: str = "text/xml") -> Response:
    return Response(body, status=status, content_type=content_type)


def test_a_call_is_announced_as_twilio_does(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", HELLO)
    caller.dials(HOTLINE).hears("Hello.").was_let_go()
    (form,) = hotline.forms("/voice")
    assert (form["From"], form["Caller"]) == ("+16085550123", "+16085550123")
    assert (form["To"], form["Called"]) == (HOTLINE, HOTLINE)
    assert (form["CallStatus"], form["Direction"], form["ApiVersion"]) == ("ringing", "inbound", "2010-04-01")
    assert (form["FromCity"], form["FromZip"], form["CallerState"]) == ("MADISON", "53703", "WI")
    assert form["StirVerstat"] == "TN-Validation-Passed-A"
    assert form["AccountSid"] == ACCOUNT.sid
    assert len(form["CallSid"]) == 34
    assert "CallToken" in form
    assert all(seen.is_genuine and seen.method == "POST" for seen in hotline.seen)


def test_the_end_is_reported(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", "<Pause length='61'/>")
    caller.dials(HOTLINE).was_let_go()
    (form,) = hotline.forms("/status")
    assert (form["CallStatus"], form["CallDuration"], form["Duration"]) == ("completed", "61", "2")
    assert form["Timestamp"] == "Tue, 19 Dec 2017 16:01:01 +0000"
    assert form["CallbackSource"] == "call-progress-events"


@pytest.mark.parametrize(("reason", "status"), [("rejected", "no-answer"), ("busy", "busy")])
def test_a_rejected_call_is_never_answered(hotline: Hotline, caller: Caller, reason: str, status: str) -> None:
    hotline.answer("/voice", f"<Reject reason='{reason}'/>")
    caller.dials(HOTLINE).was_let_go()
    assert hotline.forms("/status")[0]["CallStatus"] == status
    assert hotline.forms("/status")[0]["CallDuration"] == "0"


@pytest.mark.parametrize("spelling", WITHHELD)
def test_withheld_callers_are_sent_as_carriers_spell_them(hotline: Hotline, spelling: str | None) -> None:
    hotline.answer("/voice", HELLO)
    caller = Caller(carrier_for(hotline), withheld(spelling)).dials(HOTLINE)
    form = hotline.forms("/voice")[0]
    assert form.get("From") == spelling
    assert "FromCity" not in form
    assert "StirVerstat" not in form
    assert "a withheld number" in caller.call.transcript.plain()


def test_a_foreign_supporter_is_shown_as_dialed(hotline: Hotline) -> None:
    hotline.answer("/voice", HELLO)
    paris = Supporter("+33612345678", Place(country="FR"), stir=None)
    caller = Caller(carrier_for(hotline), paris).dials(HOTLINE)
    assert hotline.forms("/voice")[0]["FromCountry"] == "FR"
    assert "from +33612345678" in caller.call.transcript.plain()


def test_a_caller_who_hangs_up_in_a_prompt_ends_the_session(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", f"{HELLO}<Say>Long words to come.</Say><Redirect>{hotline.url('/next')}</Redirect>")
    caller.dials(HOTLINE).hangs_up(during="words")
    assert hotline.forms("/next") == []
    assert caller.call.transcript.texts(Kind.HEARS) == ["Hello.", "Long words —"]
    assert caller.call.transcript.texts(Kind.ENDS) == ["the supporter hangs up"]
    assert [form["CallStatus"] for form in hotline.forms("/status")] == ["completed"]
    with pytest.raises(AssertionError, match="the call is over"):
        caller.presses("1")


def test_cookies_last_a_call(hotline: Hotline, caller: Caller) -> None:
    first = xml(f"<Response><Redirect>{hotline.url('/next')}</Redirect></Response>")
    first.set_cookie("seat", "4")
    hotline.answer("/voice", first)
    hotline.answer("/next", HELLO)
    caller.dials(HOTLINE).was_let_go().dials(HOTLINE)
    cookies = [seen.cookies for seen in hotline.seen if seen.path in ("/voice", "/next")]
    assert cookies == [{}, {"seat": "4"}, {}, {"seat": "4"}]


def test_by_default_an_error_is_not_retried_but_falls_back(hotline: Hotline) -> None:
    hotline.answer("/voice", xml("down", status=503), HELLO)
    hotline.answer("/fallback", SPARE)
    caller = caller_for(hotline, strict=False).dials(HOTLINE).hears("This is the fallback.").was_let_go()
    (form,) = hotline.forms("/fallback")
    assert (form["ErrorCode"], form["ErrorUrl"]) == ("11217", hotline.url("/voice"))
    assert len(hotline.forms("/voice")) == 1
    assert caller.call.faults == ["webhook 11217: /voice: the server answered 503."]


def test_a_strict_caller_fails_on_a_server_error(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", xml("down", status=500))
    with pytest.raises(AssertionError, match="the server answered 500"):
        caller.dials(HOTLINE)


@pytest.mark.parametrize(
    ("fragment", "status", "attempts"),
    [
        ("rc=2&amp;rp=5xx", 500, 3),
        ("rc=2&amp;rp=4xx", 500, 1),
        ("rc=2&amp;rp=ct,4xx", 429, 3),
        ("rc=5&amp;rp=all", 404, 6),
        ("rc=0&amp;rp=all", 500, 1),
    ],
)
def test_retries_follow_the_fragment(hotline: Hotline, fragment: str, status: int, attempts: int) -> None:
    hotline.answer("/voice", f"<Redirect>{hotline.url('/next')}#{fragment}</Redirect>")
    hotline.answer("/next", xml("no", status=status))
    hotline.answer("/fallback", SPARE)
    caller = caller_for(hotline, strict=False).dials(HOTLINE).hears("fallback")
    tries = [seen for seen in hotline.seen if seen.path == "/next"]
    assert len(tries) == attempts
    assert len({seen.token for seen in tries}) == 1
    assert [e.attempt for e in caller.call.transcript.exchanges() if e.url.endswith("/next")] == [
        *range(1, attempts + 1)
    ]


def test_a_retry_that_succeeds_goes_on(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", f"<Redirect>{hotline.url('/next')}#rc=2&amp;rp=5xx</Redirect>")
    hotline.answer("/next", xml("no", status=500), HELLO)
    caller.dials(HOTLINE).hears("Hello.").was_let_go()
    tokens = {seen.token for seen in hotline.seen}
    assert len(tokens) == 3  # the first webhook, the one that was retried, the status callback


@pytest.fixture
def closed_url() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_refused_connection_is_tried_twice_then_falls_back(hotline: Hotline, closed_url: str) -> None:
    hotline.answer("/fallback", SPARE)
    caller = Caller(carrier_for(hotline, voice=f"{closed_url}/voice"), strict=False)
    caller.dials(HOTLINE).hears("This is the fallback.")
    assert hotline.forms("/fallback")[0]["ErrorCode"] == "11205"
    assert [exchange.failure for exchange in caller.call.transcript.exchanges()] == ["no connection"] * 2 + [""]


@pytest.mark.parametrize("answered", [True, False])
def test_without_a_fallback_the_carrier_apologizes(hotline: Hotline, answered: bool) -> None:
    hotline.answer("/voice", f"{HELLO}<Redirect>{hotline.url('/gone')}</Redirect>" if answered else xml("", 500))
    caller = Caller(carrier_for(hotline, fallback=None), strict=False)
    caller.dials(HOTLINE).hears(APOLOGY.text).was_let_go()
    assert caller.call.status == ("completed" if answered else "failed")


def test_a_fallback_that_fails_ends_the_call(hotline: Hotline) -> None:
    hotline.answer("/voice", xml("", 500))
    hotline.answer("/fallback", xml("Traceback", content_type="text/xml"))
    caller_for(hotline, strict=False).dials(HOTLINE).hears(APOLOGY.text).was_let_go()


@pytest.fixture
def stuck() -> Iterator[Hotline]:
    released = Event()

    class Slow(Response):
        def get_app_iter(self, environ: object) -> Iterator[bytes]:
            released.wait(10)
            yield b"<Response/>"

    with serve() as hotline:
        hotline.answer("/next", Slow(content_type="text/xml"))
        try:
            yield hotline
        finally:
            released.set()


def test_a_slow_answer_falls_back(stuck: Hotline) -> None:
    stuck.answer("/voice", f"<Redirect>{stuck.url('/next')}#rt=100</Redirect>")
    stuck.answer("/fallback", SPARE)
    caller_for(stuck, strict=False).dials(HOTLINE).hears("This is the fallback.")
    assert stuck.forms("/fallback")[0]["ErrorCode"] == "11200"


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        ("Traceback (most recent call last)", "text/html", "12100"),
        ("<Response><Shout/></Response>", "application/xml", "12200"),
        ("{}", "application/json", "12300"),
        (f"<Response><!--{'x' * 65536}--></Response>", "text/xml", "11750"),
    ],
)
def test_documents_that_cannot_be_played_fall_back(hotline: Hotline, body: str, content_type: str, code: str) -> None:
    hotline.answer("/voice", xml(body, content_type=content_type))
    hotline.answer("/fallback", SPARE)
    caller_for(hotline, strict=False).dials(HOTLINE).hears("This is the fallback.")
    assert hotline.forms("/fallback")[0]["ErrorCode"] == code


def test_plain_text_is_read_aloud_unless_it_is_twiml(hotline: Hotline, caller: Caller) -> None:
    hotline.answer(
        "/voice",
        xml("<Response><Say>Marked up.</Say></Response>", content_type="text/plain"),
        xml("A stack trace", content_type="text/plain; charset=utf-8"),
        xml("RIFF", content_type="audio/x-wav"),
    )
    caller.dials(HOTLINE).hears("Marked up.").was_let_go()
    caller.dials(HOTLINE).hears("A stack trace").was_let_go()
    caller.dials(HOTLINE).hears("(recording)").was_let_go()


def test_redirects_are_followed_and_signed_anew(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", redirect_to("/moved", 302))
    hotline.answer("/moved", redirect_to("/kept", 307))
    hotline.answer("/kept", HELLO)
    caller.dials(HOTLINE).hears("Hello.").was_let_go()
    assert [(seen.path, seen.method) for seen in hotline.seen[:3]] == [
        ("/voice", "POST"), ("/moved", "GET"), ("/kept", "GET"),
    ]  # fmt: skip
    assert all(seen.is_genuine for seen in hotline.seen)


def redirect_to(path: str, status: int) -> Response:
    return Response(status=status, headers={"Location": path})


def test_endless_redirects_fall_back(hotline: Hotline) -> None:
    hotline.answer("/voice", redirect_to("/voice", 307))
    hotline.answer("/fallback", SPARE)
    caller_for(hotline, strict=False).dials(HOTLINE).hears("fallback")
    assert len([seen for seen in hotline.seen if seen.path == "/voice"]) == 11
    assert hotline.forms("/fallback")[0]["ErrorCode"] == "11215"


def test_a_hotline_that_never_lets_go_is_stopped(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", f"<Redirect method='GET'>{hotline.url('/voice')}</Redirect>")
    with pytest.raises(RunawayCall):
        caller.dials(HOTLINE)


def test_a_callback_must_be_answered_with_nothing(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", HELLO)
    hotline.answer("/status", xml("<Response/>"), HELLO)
    caller.dials(HOTLINE).was_let_go()
    with pytest.raises(AssertionError, match="status callback: /status: answered 200"):
        caller.dials(HOTLINE).was_let_go()


def test_a_number_without_status_callback_reports_nothing(hotline: Hotline) -> None:
    hotline.answer("/voice", HELLO)
    Caller(carrier_for(hotline, status=None)).dials(HOTLINE).was_let_go()
    assert hotline.forms("/status") == []


def test_connection_settings_are_read_and_cut_off() -> None:
    target, connection = split_settings(
        "https://a.example/x?y=1#rc=2&rp=5xx,ct,rt&rt=4000&ct=500&tt=9000&sni=y&e=ashburn"
    )
    assert target == "https://a.example/x?y=1"
    assert connection == Connection(0.5, 4.0, 9.0, 2, frozenset(("5xx", "ct", "rt")))
    assert not Connection(retry_on=frozenset(("all",))).retries_on("partial")


@pytest.mark.parametrize("fragment", ["rc=6", "rt=50", "rt=x", "rp=sometimes", "e=moon", "sni=maybe", "colour=red"])
def test_unknown_connection_settings_are_refused(fragment: str) -> None:
    with pytest.raises(BadConnectionSetting, match=fragment.partition("=")[0]):
        split_settings(f"https://a.example/#{fragment}")


def test_the_signed_form_of_a_url() -> None:
    assert signed_form("https://user:pass@a.example:8443/x?y=1") == "https://a.example/x?y=1"
    assert signed_form("http://user:pass@a.example:8080/x") == "http://a.example:8080/x"
