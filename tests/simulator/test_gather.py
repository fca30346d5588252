"""Gather, as Twilio documents it."""

import pytest

from app.simulator import Caller, Kind
from tests.simulator.hotlines import HOTLINE, Hotline, caller_for


def menu(hotline: Hotline, attributes: str, prompt: str = "Press a key now please.") -> str:
    action = hotline.url("/keys")
    return f"<Gather action='{action}' {attributes}><Say>{prompt}</Say></Gather>"


ALL_KEYS = "numDigits='1' finishOnKey='' actionOnEmptyResult='true' timeout='6'"


@pytest.mark.parametrize("key", list("0123456789*#"))
def test_every_key_is_posted_with_an_empty_finish_key(hotline: Hotline, caller: Caller, key: str) -> None:
    hotline.answer("/voice", menu(hotline, ALL_KEYS))
    hotline.answer("/keys", "<Say>Goodbye.</Say>")
    caller.dials(HOTLINE).hears("Press a key").presses(key).hears("Goodbye.").was_let_go()
    assert hotline.forms("/keys")[0]["Digits"] == key


def test_a_key_stops_the_prompt_at_once(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", menu(hotline, ALL_KEYS, "One two three four five six."))
    hotline.answer("/keys", "<Hangup/>")
    caller.dials(HOTLINE).presses("1", during="four")
    assert caller.call.elapsed == pytest.approx(3 * 0.4)
    assert caller.call.transcript.texts(Kind.HEARS) == ["One two three four —"]


def test_silence_is_posted_if_asked_for(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", menu(hotline, ALL_KEYS))
    hotline.answer("/keys", "<Hangup/>")
    caller.dials(HOTLINE).stays_silent().was_let_go()
    assert hotline.forms("/keys")[0]["Digits"] == ""
    assert caller.call.elapsed == pytest.approx(5 * 0.4 + 6)


def test_silence_falls_through_otherwise(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", menu(hotline, "numDigits='1'") + "<Say>Too late.</Say>")
    caller.dials(HOTLINE).stays_silent().hears("Too late.").was_let_go()
    assert hotline.forms("/keys") == []


def test_several_digits_end_by_count(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", menu(hotline, "numDigits='3'"))
    hotline.answer("/keys", "<Hangup/>")
    caller.dials(HOTLINE).presses("123")
    assert hotline.forms("/keys")[0]["Digits"] == "123"


def test_several_digits_end_by_the_finish_key(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", menu(hotline, "timeout='4'"))
    hotline.answer("/keys", "<Hangup/>")
    caller.dials(HOTLINE).presses("12#")
    assert hotline.forms("/keys")[0]["Digits"] == "12"
    assert hotline.forms("/keys")[0]["FinishedOnKey"] == "#"


def test_several_digits_end_by_silence_and_each_key_starts_the_time_anew(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", menu(hotline, "timeout='4'"))
    hotline.answer("/keys", "<Hangup/>")
    caller.dials(HOTLINE).presses("1").waits(3).presses("2").waits(3)
    assert hotline.forms("/keys") == []
    caller.waits(1)
    assert hotline.forms("/keys")[0]["Digits"] == "12"


def test_the_finish_key_alone_is_no_input(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", menu(hotline, "timeout='4'") + "<Say>Nothing came.</Say>")
    caller.dials(HOTLINE).presses("#").hears("Nothing came.").was_let_go()
    assert hotline.forms("/keys") == []


def test_speech_is_posted_with_its_confidence(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", menu(hotline, ALL_KEYS + " input='dtmf speech' hints='Madison, Wausau'"))
    hotline.answer("/keys", "<Hangup/>")
    caller.dials(HOTLINE).says("Madison").was_let_go()
    form = hotline.forms("/keys")[0]
    assert (form["SpeechResult"], form["Confidence"]) == ("Madison", "0.9")
    assert "Digits" not in form


def test_speech_to_a_keypad_menu_fails_the_test(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", menu(hotline, ALL_KEYS))
    with pytest.raises(AssertionError, match="Nobody listened"):
        caller.dials(HOTLINE).says("Madison")


def test_keys_are_lost_when_nothing_gathers(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", "<Say>Some long words here.</Say>" + menu(hotline, ALL_KEYS))
    hotline.answer("/keys", "<Hangup/>")
    caller.dials(HOTLINE).presses("4", during="long").listens()
    assert caller.call.transcript.texts(Kind.UNHEARD) == ["4"]
    caller.presses("5")
    assert [form["Digits"] for form in hotline.forms("/keys")] == ["5"]


def test_does_not_hear_and_failures_show_the_call(hotline: Hotline) -> None:
    hotline.answer("/voice", menu(hotline, ALL_KEYS))
    caller = caller_for(hotline).dials(HOTLINE).does_not_hear("Goodbye")
    with pytest.raises(AssertionError, match=r"did not hear 'Goodbye'(.|\n)*The call so far(.|\n)*Press a key"):
        caller.hears("Goodbye")
    with pytest.raises(AssertionError, match="heard 'Press a key'"):
        caller.does_not_hear("Press a key")
