"""The printed call: stable from run to run, readable, and a language of its own for tests."""

import pytest

from app.simulator import Caller, Kind
from tests.simulator.hotlines import HOTLINE, MADISON, MILWAUKEE, Hotline, caller_for, carrier_for
from tests.simulator.test_dial import dialing

PRINTED = """\
 0:00  supporter dials +1 500 555 0006 from +1 608 555 0123
 0:00  hears     Welcome to the Honduras action line. This first prompt is long enough that it has
                 to be wrapped on a second line of the page. To choose —
 0:10  presses   4
 0:10  hears     [es-MX] Llamando a la oficina de Madison.
 0:12  ringing   Madison
 0:14  line      Madison: busy
 0:14  hears     [en-US] Madison is busy.
 0:22  silent    for 6 s
 0:22  hears     Goodbye.
 0:22  ends      the line hangs up
"""
WELCOME = (
    "Welcome to the Honduras action line. This first prompt is long enough that it has to be wrapped on a "
    "second line of the page. To choose an office, press a key."
)


def menu(hotline: Hotline, action: str, prompt: str) -> str:
    rules = "numDigits='1' finishOnKey='' actionOnEmptyResult='true' timeout='6'"
    return f"<Gather action='{hotline.url(action)}' {rules}><Say>{prompt}</Say></Gather>"


def set_up(hotline: Hotline) -> None:
    spanish = "<Say voice='Polly.Mia' language='es-MX'>Llamando a la oficina de Madison.</Say>"
    hotline.answer("/voice", menu(hotline, "/keys", WELCOME))
    hotline.answer("/keys", spanish + dialing(hotline))
    hotline.answer("/dialed", menu(hotline, "/more", "Madison is busy."))
    hotline.answer("/more", "<Say>Goodbye.</Say>")


def a_call(hotline: Hotline) -> str:
    caller = caller_for(hotline)
    caller._carrier.world.office(MADISON).is_busy()
    caller.dials(HOTLINE).presses("4", during="choose").hears("Madison is busy.").stays_silent().was_let_go()
    return caller.call.transcript.plain()


def test_a_call_is_printed_the_same_each_time(hotline: Hotline) -> None:
    set_up(hotline)
    assert a_call(hotline) == PRINTED
    assert a_call(hotline) == PRINTED


def test_the_raw_exchanges_are_kept(hotline: Hotline) -> None:
    set_up(hotline)
    caller = caller_for(hotline).dials(HOTLINE).presses("4")
    exchange = caller.call.transcript.exchanges(Kind.WEBHOOK)[1]
    assert exchange.url == hotline.url("/keys")
    assert exchange.value("Digits") == "4"
    assert exchange.value("Nothing") is None
    assert (exchange.status, exchange.failure) == (200, "")
    assert exchange.body.startswith("<Response>")


def test_an_announcement_before_a_dial_waits_for_nobody(hotline: Hotline, caller: Caller) -> None:
    rules = f"numDigits='1' finishOnKey='' timeout='1' action='{hotline.url('/skip')}'"
    hotline.answer("/voice", f"<Gather {rules}><Say>Calling the Madison office.</Say></Gather>" + dialing(hotline))
    hotline.answer("/skip", dialing(hotline))
    caller.dials(HOTLINE).hears("Calling").talks()
    assert caller.call.elapsed == pytest.approx(4 * 0.4 + 1 + 6)
    caller.hangs_up()
    caller.dials(HOTLINE).presses("#", during="Madison").talks()
    assert caller.call.elapsed == pytest.approx(2 * 0.4 + 6)


def test_misuse_of_the_phone_is_told(hotline: Hotline) -> None:
    set_up(hotline)
    caller = Caller(carrier_for(hotline))
    with pytest.raises(AssertionError, match="not dialed yet"):
        caller.hears("Welcome")
    caller.dials(HOTLINE)
    for misuse, why in {
        "dials": lambda: caller.dials(HOTLINE),
        "presses": lambda: caller.presses("4", during="no such words"),
        "was_let_go": caller.was_let_go,
        "talks": caller.talks,
        "hears_ringing": caller.hears_ringing,
    }.items():
        with pytest.raises(AssertionError):
            why()
        assert misuse
    with pytest.raises(ValueError, match="no key"):
        caller.presses("A")


def test_ringing_and_silence_are_asked_for_where_there_are_none(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", dialing(hotline))
    hotline.answer("/dialed", "<Hangup/>")
    caller.dials(HOTLINE)
    with pytest.raises(AssertionError, match="Milwaukee ring"):
        caller.hears_ringing("Milwaukee")
    with pytest.raises(AssertionError, match="did not wait for an answer"):
        caller.stays_silent()
    assert MILWAUKEE not in caller.call.transcript.plain()
