"""Reading webhooks: hostile and odd values become something harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.events import DialEnded, Event, Pressed, Silence, Spoke
from app.domain.results import LineResult
from app.telephony.webhooks import Form, read_call, read_event, read_lost


def form(**values: str) -> Form:
    return Form({name: [value] for name, value in values.items()})


@pytest.mark.parametrize(
    ("values", "event"),
    [
        ({"Digits": "4"}, Pressed("4")),
        ({"Digits": "#"}, Pressed("#")),
        ({"Digits": "44"}, Pressed("4")),
        ({"Digits": ""}, Silence()),
        ({}, Silence()),
        ({"SpeechResult": " Madison. "}, Spoke("Madison.")),
        ({"SpeechResult": "x" * 999}, Spoke("x" * 200)),
        ({"Digits": "1", "SpeechResult": "Madison"}, Pressed("1")),
        ({"DialCallStatus": "busy"}, DialEnded(LineResult.BUSY)),
        ({"DialCallStatus": "answered", "DialBridged": "true"}, DialEnded(LineResult.ANSWERED, bridged=True)),
        ({"DialCallStatus": "of another carrier"}, DialEnded(LineResult.NO_ANSWER)),
        (
            {
                "DialCallStatus": "completed",
                "DialCallSid": "CA9",
                "DialCallDuration": "61",
                "DialBridged": "false",
                "Digits": "5",
            },
            DialEnded(LineResult.NO_ANSWER, "CA9", 61, bridged=False),
        ),
        ({"DialCallStatus": "completed", "DialCallDuration": "-1"}, DialEnded(LineResult.ANSWERED)),
        ({"DialCallStatus": "completed", "DialCallDuration": "9" * 40}, DialEnded(LineResult.ANSWERED)),
    ],
)
def test_a_form_becomes_an_event(values: dict[str, str], event: Event) -> None:
    assert read_event(form(**values)) == event


def test_a_name_that_comes_twice_with_different_values_counts_as_absent() -> None:
    assert read_event(Form({"Digits": ["1", "2"]})) == Silence()
    assert read_event(Form({"Digits": ["1", "1"]})) == Pressed("1")


@pytest.mark.parametrize(
    ("direction", "called"), [("inbound", "+15005550006"), ("", "+15005550006"), ("outbound-api", "+16085550123")]
)
def test_our_number_is_the_called_one_or_the_calling_one_of_a_call_we_placed(direction: str, called: str) -> None:
    facts = read_call(form(CallSid="CA1", From="+16085550123", To="+15005550006", Direction=direction))
    assert facts.called == called
    assert facts.caller is not None


def test_a_call_from_nobody_to_no_number_is_read() -> None:
    facts = read_call(form(CallSid="CA1", From="anonymous", To="sip:x"))
    assert (facts.called, facts.caller, facts.direction) == ("", None, "inbound")


@given(st.text(min_size=1))
def test_an_id_is_always_plain_short_and_the_same(text: str) -> None:
    first, second = (form(CallSid=text).identifier("CallSid") for _ in range(2))
    assert first == second
    assert 0 < len(first) <= 64
    assert first.isascii()
    assert first.isprintable()


def test_ids_of_all_carriers_are_kept_as_they_are() -> None:
    for text in ("CA" + "0" * 32, "v3:abc_DEF-1.2", "123e4567-e89b-12d3-a456-426614174000"):
        assert form(CallSid=text).identifier("CallSid") == text


@pytest.mark.parametrize(
    ("code", "url", "unplayed"),
    [
        ("11200", "https://example.org/audio/" + "a" * 32 + ".wav", True),
        ("13420", "https://example.org/voice/turn?state=x", True),
        ("11200", "https://example.org/voice/turn?state=x", False),
        ("", "http://[", False),
    ],
)
def test_a_fallback_tells_a_recording_from_an_answer(code: str, url: str, unplayed: bool) -> None:
    lost = read_lost(form(ErrorCode=code, ErrorUrl=url))
    assert (lost.unplayed, lost.apologize) == (unplayed, not unplayed)
