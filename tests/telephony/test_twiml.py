"""Verbs as TwiML: exact, well-formed, and safe whatever the text."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.verbs import Break, Dial, Gather, Hangup, Name, Say, Text
from app.services.hotline import VOICES
from app.telephony.spoken import Said, read_spoken
from app.telephony.twiml import MAX_BYTES, Urls, Voice, render

URLS = Urls("https://example.org/voice/turn?state=a&b=1", "https://example.org/voice/leg?call=CA1&leg=2")
HELLO = Say((Text("Hello"),), "en")
DIAL = Dial("+16082645338", "", hide_caller=False, ring_s=30, talk_s=1200, leg=2)


def parsed(*verbs: Say | Gather | Dial | Hangup, caller_id: str = "+15005550006") -> ET.Element:
    return ET.fromstring(render(verbs, URLS, VOICES, caller_id))


def test_a_say_always_names_its_voice_and_language() -> None:
    (say,) = parsed(Say((Text("Hola"),), "es"))
    assert say.attrib == {"voice": "Polly.Mia", "language": "es-MX"}


def test_pauses_names_and_pronunciation_are_speech_markup() -> None:
    speech = (Text("A "), Name("Wausau", "en", "Wah-saw"), Break(250), Text("oprima"), Text(" 1."))
    text = render((Say(speech, "es"),), URLS, VOICES)
    assert (
        'A <lang xml:lang="en-US"><sub alias="Wah-saw">Wausau</sub></lang><break time="250ms" />oprima 1.</Say>'
    ) in text
    assert '<sub alias="Wah-saw">' in render((Say((Name("W", "en", "Wah-saw"),), "en"),), URLS, VOICES)


def test_a_recording_is_played_where_there_is_a_way_to_it_and_spoken_where_not() -> None:
    recorded = Say((Text("Hello"),), "en", "f" * 32)
    urls = Urls(URLS.action, audio="https://example.org/audio/")
    text = render((Gather((recorded, HELLO), 6, "en"),), urls, VOICES)
    assert f"><Play>https://example.org/audio/{'f' * 32}.wav</Play><Say " in text
    assert "<Play>" not in render((recorded,), URLS, VOICES)
    said = {"f" * 32: Said("Hello", "en-US")}
    assert read_spoken(text, said) == [Said("Hello", "en-US", is_played=True), Said("Hello", "en-US")]
    assert read_spoken(text)[0] == Said("(a recording)", "en-US", is_played=True)


def test_nothing_to_say_is_no_verb() -> None:
    assert list(parsed(Say((), "en"))) == []


def test_a_gather_takes_one_key_of_the_twelve_and_reports_silence() -> None:
    (gather,) = parsed(Gather((HELLO,), 6, "en"))
    assert gather.attrib == {
        "action": URLS.action,
        "method": "POST",
        "input": "dtmf",
        "timeout": "6",
        "numDigits": "1",
        "finishOnKey": "",
        "actionOnEmptyResult": "true",
    }


def test_with_hints_it_takes_speech_too() -> None:
    (gather,) = parsed(Gather((HELLO,), 6, "es", ("Madison", "La Crosse")))
    assert gather.get("input") == "dtmf speech"
    assert (gather.get("hints"), gather.get("language")) == ("Madison, La Crosse", "es-MX")


def test_a_gather_that_falls_through_reports_nothing() -> None:
    gather, dial = parsed(Gather((HELLO,), 1, "en", falls_through=True), DIAL)
    assert gather.get("actionOnEmptyResult") is None
    assert dial.tag == "Dial"
    assert dial.get("answerOnBridge") is None


def test_a_dial_alone_answers_on_bridge_and_reports_its_leg() -> None:
    (dial,) = parsed(DIAL)
    assert dial.attrib == {
        "action": URLS.action,
        "method": "POST",
        "timeout": "30",
        "timeLimit": "1200",
        "hangupOnStar": "true",
        "answerOnBridge": "true",
    }
    (number,) = dial
    assert number.text == "+16082645338"
    assert number.get("statusCallback") == URLS.leg
    assert number.get("statusCallbackEvent") == "answered completed"
    assert number.get("sendDigits") is None


def test_a_hidden_caller_shows_the_campaigns_number_and_an_extension_is_sent() -> None:
    (dial,) = parsed(Dial("+16082645338", "ww12", hide_caller=True, ring_s=30, talk_s=60, leg=1))
    assert dial.get("callerId") == "+15005550006"
    assert dial[0].get("sendDigits") == "ww12"
    (open_,) = parsed(DIAL)
    assert open_.get("callerId") is None


def test_a_call_is_never_recorded() -> None:
    assert "record" not in render((Gather((HELLO,), 1, "en"), DIAL, Hangup()), URLS, VOICES).lower()


def is_legal(character: str) -> bool:
    """XML 1.0, section 2.2; a carriage return is legal too, but a reader takes it for a line feed."""
    code = ord(character)
    return character in "\t\n" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


@given(st.text(st.characters(exclude_characters="\r")))
def test_whatever_is_said_the_answer_is_well_formed_and_says_it(text: str) -> None:
    speech = (Text(text), Name(text, "en", text), Text(text))
    said = ET.fromstring(render((Say(speech, "es"),), URLS, VOICES)).itertext()
    assert "".join(said) == 3 * "".join(filter(is_legal, text))


@pytest.mark.parametrize("start", range(0, 0x10000, 0x1000))
def test_no_character_breaks_the_document(start: int) -> None:
    for code in range(start, start + 0x1000):
        text = chr(code)
        ET.fromstring(render((Say((Text(f"a{text}b"), Name(text, "es", text)), "en"),), URLS, VOICES).encode("utf-8"))


def test_an_answer_that_no_carrier_takes_is_an_error() -> None:
    with pytest.raises(ValueError, match="a carrier takes"):
        render((Say((Text("x" * MAX_BYTES),), "en"),), URLS, {"en": Voice("v", "en-US")})
