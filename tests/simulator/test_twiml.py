"""The strict reading of TwiML."""

import pytest

from app.simulator.twiml import TwimlFault, parse
from app.simulator.twiml.verbs import Dial, Gather, Hangup, Pause, Play, Redirect, Reject, Say

ACTION = 'action="https://hotline.example/next#rc=2&amp;rp=5xx,ct"'
NUMBER = "<Number>+16082645338</Number>"


def read(inside: str) -> object:
    return parse(f"<Response>{inside}</Response>")


def fault(inside: str) -> TwimlFault:
    with pytest.raises(TwimlFault) as caught:
        read(inside)
    return caught.value


def test_each_verb_is_read() -> None:
    verbs = parse(
        "<Response><Say voice='Polly.Mia' language='es-MX'>Hola</Say><Pause length='2'/>"
        f"<Gather numDigits='1' timeout='1' finishOnKey='' {ACTION}><Say>Calling.</Say></Gather>"
        f"<Dial hangupOnStar='true' timeLimit='1200' {ACTION}><Number statusCallbackEvent='initiated answered' "
        f"statusCallback='https://hotline.example/leg'>+16082645338</Number></Dial></Response>"
    )
    say, pause, gather, dial = verbs
    assert isinstance(say, Say)
    assert say.spoken.text == "Hola"
    assert pause == Pause(2)
    assert isinstance(gather, Gather)
    assert (gather.num_digits, gather.finish_on_key, gather.timeout) == (1, "", 1)
    assert isinstance(dial, Dial)
    assert dial.number.status_callback_event == ("initiated", "answered")


@pytest.mark.parametrize(
    ("inside", "verbs"),
    [
        ("", ()),
        ("<Hangup/>", (Hangup(),)),
        ("<Reject reason='busy'/>", (Reject("busy"),)),
        ("<Redirect>https://a.example/x</Redirect>", (Redirect("https://a.example/x"),)),
    ],
)
def test_ends_are_read(inside: str, verbs: tuple[object, ...]) -> None:
    assert read(inside) == verbs


@pytest.mark.parametrize(
    ("inside", "verb", "attribute", "code"),
    [
        ("<Record/>", "Record", "", 12200),
        ("<Shout/>", "Shout", "", 12200),
        ("words", "Response", "", 12200),
        ("<Say></Say>", "Say", "", 13520),
        ("<Say> \n </Say>", "Say", "", 13520),
        ("<Say voice='Siri'>Hi</Say>", "Say", "voice", 13511),
        ("<Say voice='Polly.Mia' language='en-US'>Hi</Say>", "Say", "voice", 13511),
        ("<Say voice='Google.es-US-Neural2-A' language='en-US'>Hi</Say>", "Say", "voice", 13511),
        ("<Say language='english'>Hi</Say>", "Say", "language", 13512),
        ("<Say loop='-1'>Hi</Say>", "Say", "loop", 13510),
        ("<Say pace='2'>Hi</Say>", "Say", "pace", 12200),
        ("<Say>Hi <break time='1s'/></Say>", "Say", "voice", 12200),
        ("<Say voice='Polly.Joanna'>Hi <blink/></Say>", "Say", "", 12200),
        ("<Say voice='Polly.Joanna'>Hi <break time='11s'/></Say>", "break", "time", 12200),
        ("<Say voice='Polly.Joanna'>Hi <break time='soon'/></Say>", "break", "time", 12200),
        ("<Say voice='Polly.Joanna'>Hi <break>x</break></Say>", "break", "", 12200),
        ("<Say voice='Polly.Joanna'><lang>Hola</lang></Say>", "lang", "", 12200),
        ("<Say voice='Polly.Joanna'><sub>W</sub></Say>", "sub", "", 12200),
        ("<Say voice='Polly.Joanna'><emphasis level='mad'>W</emphasis></Say>", "emphasis", "level", 12200),
        (f"<Say>{'a' * 4097}</Say>", "Say", "", 13521),
        (f"<Say voice='Polly.Joanna'>{'a' * 3001}</Say>", "Say", "", 13521),
        (f"<Say voice='Google.en-US-Neural2-A'>{'a' * 5001}</Say>", "Say", "", 13521),
        (f"<Say>{'a ' * 1700}</Say>", "Say", "", 13521),
        ("<Play>welcome.mp3</Play>", "Play", "", 12200),
        ("<Play digits='1x'/>", "Play", "digits", 13430),
        ("<Pause length='0'/>", "Pause", "length", 13910),
        ("<Pause><Say>Hi</Say></Pause>", "Pause", "", 12200),
        ("<Gather/>", "Gather", "", 12200),
        ("<Gather action='/next'/>", "Gather", "action", 12200),
        ("<Gather action='https://my_host.example/'/>", "Gather", "action", 12200),
        ("<Gather action='https://a.example/#rc=9'/>", "Gather", "action", 12200),
        ("<Gather action='https://a.example/#speed=9'/>", "Gather", "action", 12200),
        (f"<Gather {ACTION} timeout='0'/>", "Gather", "timeout", 13313),
        (f"<Gather {ACTION} timeout='2.5'/>", "Gather", "timeout", 13313),
        (f"<Gather {ACTION} numDigits='0'/>", "Gather", "numDigits", 13314),
        (f"<Gather {ACTION} finishOnKey='12'/>", "Gather", "finishOnKey", 13310),
        (f"<Gather {ACTION} input='keys'/>", "Gather", "input", 13326),
        (f"<Gather {ACTION} actionOnEmptyResult='yes'/>", "Gather", "actionOnEmptyResult", 13338),
        (f"<Gather {ACTION} hints='{'x' * 101}'/>", "Gather", "hints", 13330),
        (f"<Gather {ACTION} hints='{','.join('x' * 501)}'/>", "Gather", "hints", 13330),
        (f"<Gather {ACTION} speechTimeout='auto' speechModel='phone_call'/>", "Gather", "speechTimeout", 13335),
        (f"<Gather {ACTION} bargeIn='false'/>", "Gather", "bargeIn", 12200),
        (f"<Gather {ACTION}><Dial>{NUMBER}</Dial></Gather>", "Gather", "", 13320),
        (f"<Gather {ACTION}>words</Gather>", "Gather", "", 12200),
        (f"<Gather {ACTION} actionOnEmptyResult='true'/><Say>Hi</Say>", "Say", "", 12200),
        (f"<Dial {ACTION}>{NUMBER}</Dial><Say>Hi</Say>", "Say", "", 12200),
        ("<Hangup/><Say>Hi</Say>", "Say", "", 12200),
        ("<Redirect>https://a.example/</Redirect><Hangup/>", "Hangup", "", 12200),
        ("<Redirect>next</Redirect>", "Redirect", "", 12200),
        ("<Say>Hi</Say><Reject/>", "Reject", "", 12200),
        ("<Reject reason='rude'/>", "Reject", "reason", 12200),
        ("<Dial/>", "Dial", "", 13215),
        ("<Dial>+16082645338</Dial>", "Dial", "", 12200),
        (f"<Dial>{NUMBER}{NUMBER}</Dial>", "Dial", "", 13215),
        ("<Dial><Conference>x</Conference></Dial>", "Conference", "", 13215),
        ("<Dial><Number>608-264-5338</Number></Dial>", "Number", "", 13223),
        (f"<Dial timeout='4'>{NUMBER}</Dial>", "Dial", "timeout", 13212),
        (f"<Dial timeout='601'>{NUMBER}</Dial>", "Dial", "timeout", 13212),
        (f"<Dial timeLimit='14401'>{NUMBER}</Dial>", "Dial", "timeLimit", 13216),
        (f"<Dial callerId='anonymous'>{NUMBER}</Dial>", "Dial", "callerId", 13214),
        (f"<Dial hangupOnStar='1'>{NUMBER}</Dial>", "Dial", "hangupOnStar", 13213),
        (f"<Dial record='record-from-answer'>{NUMBER}</Dial>", "Dial", "record", 13217),
        (f"<Say>Hi</Say><Dial answerOnBridge='true'>{NUMBER}</Dial>", "Dial", "answerOnBridge", 13219),
        ("<Dial><Number url='https://a.example/'>+16082645338</Number></Dial>", "Number", "url", 12200),
        ("<Dial><Number sendDigits='ext'>+16082645338</Number></Dial>", "Number", "sendDigits", 13222),
        (
            "<Dial><Number statusCallbackEvent='rung'>+16082645338</Number></Dial>",
            "Number",
            "statusCallbackEvent",
            12200,
        ),
    ],
)
def test_a_fault_names_verb_attribute_and_code(inside: str, verb: str, attribute: str, code: int) -> None:
    found = fault(inside)
    assert (found.verb, found.attribute, found.code) == (verb, attribute, code)
    assert verb in str(found)


@pytest.mark.parametrize(
    ("document", "code"),
    [("Traceback", 12100), ("<Response>", 12100), ("<Answer/>", 12102), ("<Response a='1'/>", 12200)],
)
def test_a_document_must_be_a_response(document: str, code: int) -> None:
    with pytest.raises(TwimlFault) as caught:
        parse(document)
    assert caught.value.code == code


def test_a_gather_that_falls_through_may_be_followed() -> None:
    assert len(parse(f"<Response><Gather {ACTION}/><Dial>{NUMBER}</Dial></Response>")) == 2


def test_markup_is_stripped_and_timed() -> None:
    (say,) = parse(
        "<Response><Say voice='Polly.Joanna'>Press\n <break time='500ms'/>4, for "
        "<lang xml:lang='en-US'>Eau Claire</lang>.</Say></Response>"
    )
    assert isinstance(say, Say)
    assert say.spoken.text == "Press 4, for Eau Claire."
    assert say.spoken.seconds == pytest.approx(5 * 0.4 + 0.5)
    assert say.spoken.begins("Eau") == pytest.approx(1.7)
    assert say.spoken.until(1.0) == "Press 4,"


def test_a_gather_may_say_how_speech_ends() -> None:
    (fixed,) = parse(f"<Response><Gather {ACTION} input='speech' speechTimeout='3'/></Response>")
    (auto,) = parse(f"<Response><Gather {ACTION} input='speech' speechTimeout='auto'/></Response>")
    assert isinstance(fixed, Gather)
    assert isinstance(auto, Gather)
    assert (fixed.speech_timeout, auto.speech_timeout) == (3, None)


def test_a_play_is_a_note_of_what_is_heard() -> None:
    keys, recording = parse("<Response><Play digits='12w'/><Play loop='0'>https://a.example/hi.mp3</Play></Response>")
    assert isinstance(keys, Play)
    assert isinstance(recording, Play)
    assert (keys.spoken.text, recording.spoken.text) == ("(keys 12w)", "(recording hi.mp3)")
    assert recording.loop == 1000
