"""Verbs written as TwiML (Twilio: TwiML for Programmable Voice)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from app.domain.verbs import Break, Dial, Gather, Hangup, Name, Say, Text, Verb

# Twilio retries a failed connection, a slow answer and a 5xx up to twice, each try four seconds at most, before it
# turns to the fallback URL (Twilio: webhooks connection overrides). Every turn is idempotent, so this is safe.
CONNECTION_SETTINGS = "#rc=2&rp=5xx,ct,rt&rt=4000"

MAX_BYTES = 64_000
# Nothing is decided, shown or mended by when a leg was dialed or rang: those webhooks would only load the record.
_LEG_EVENTS = "answered completed"

# What XML 1.0 does not allow in a document, however it is escaped (XML 1.0, section 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the carrier turns next: `action` with the sealed state, `leg` for an office leg's callbacks.

    Without an action, what comes after a dial is the next verb; files that a web host serves take no POST.
    Recordings are played from below `audio`; without it what they say is spoken.
    """

    action: str
    leg: str = ""
    method: str = "POST"
    audio: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice and its locale, as the carrier names them."""

    voice: str
    locale: str


def render(verbs: Sequence[Verb], urls: Urls, voices: Mapping[str, Voice], hidden_caller_id: str = "") -> str:
    """The TwiML of the verbs; `hidden_caller_id` is the number shown to an office that may not see the caller's."""
    response = ET.Element("Response")
    for verb in verbs:
        match verb:
            case Say():
                _say(response, verb, urls, voices)
            case Gather():
                _gather(response, verb, urls, voices)
            case Dial():
                _dial(response, verb, urls, hidden_caller_id)
            case Hangup():
                ET.SubElement(response, "Hangup")
    text = '<?xml version="1.0" encoding="UTF-8"?>' + ET.tostring(response, encoding="unicode")
    if len(text.encode()) > MAX_BYTES:
        raise ValueError(f"The answer has {len(text.encode())} bytes; a carrier takes {MAX_BYTES}.")
    return text


def _say(parent: ET.Element, say: Say, urls: Urls, voices: Mapping[str, Voice]) -> None:
    if not say.speech:
        return
    if say.recording and urls.audio:
        ET.SubElement(parent, "Play").text = f"{urls.audio}{say.recording}.wav"
        return
    voice = voices[say.language]
    element = ET.SubElement(parent, "Say", voice=voice.voice, language=voice.locale)
    for span in say.speech:
        match span:
            case Text(text):
                _append_text(element, text)
            case Break(ms):
                ET.SubElement(element, "break", time=f"{ms}ms")
            case Name():
                _append_name(element, span, say.language, voices)


def _append_name(element: ET.Element, name: Name, language: str, voices: Mapping[str, Voice]) -> None:
    if name.language != language:
        element = ET.SubElement(element, "lang", {"xml:lang": voices[name.language].locale})
    if name.say_as:
        element = ET.SubElement(element, "sub", alias=_clean(name.say_as))
    _append_text(element, name.text)


def _append_text(element: ET.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + _clean(text)
    else:
        element.text = (element.text or "") + _clean(text)


def _gather(parent: ET.Element, gather: Gather, urls: Urls, voices: Mapping[str, Voice]) -> None:
    element = ET.SubElement(
        parent,
        "Gather",
        action=urls.action,
        method=urls.method,
        input="dtmf speech" if gather.hints else "dtmf",
        timeout=str(gather.timeout_s),
        numDigits="1",
        # Empty: # and * arrive as keys instead of ending the input.
        finishOnKey="",
    )
    if not gather.falls_through:
        element.set("actionOnEmptyResult", "true")
    if gather.hints:
        element.set("hints", _clean(", ".join(gather.hints)))
        element.set("language", voices[gather.language].locale)
        element.set("speechTimeout", "auto")
    for say in gather.says:
        _say(element, say, urls, voices)


def _dial(parent: ET.Element, dial: Dial, urls: Urls, hidden_caller_id: str) -> None:
    # answerOnBridge means something only while the caller's own leg is not answered: when nothing precedes the dial.
    is_first = len(parent) == 0
    goes_on = {"action": urls.action, "method": urls.method} if urls.action else {}
    element = ET.SubElement(
        parent,
        "Dial",
        goes_on,
        timeout=str(dial.ring_s),
        timeLimit=str(dial.talk_s),
        hangupOnStar="true",
    )
    if is_first:
        element.set("answerOnBridge", "true")
    if dial.hide_caller and hidden_caller_id:
        element.set("callerId", hidden_caller_id)
    reports = {"statusCallback": urls.leg, "statusCallbackEvent": _LEG_EVENTS, "statusCallbackMethod": "POST"}
    number = ET.SubElement(element, "Number", reports if urls.leg else {})
    if dial.extension:
        number.set("sendDigits", dial.extension)
    number.text = dial.number


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
