"""Reads a TwiML document strictly: what Twilio would only warn about is an error here."""

import re
from typing import Any
from xml.etree import ElementTree as ET

from app.simulator.twiml.attributes import ATTRIBUTES, NOT_SIMULATED, VERBS_NOT_SIMULATED
from app.simulator.twiml.fault import INVALID_XML, NO_RESPONSE, TwimlFault
from app.simulator.twiml.speech import read_speech, timed
from app.simulator.twiml.values import absolute_url, phone_number
from app.simulator.twiml.verbs import (
    Dial,
    Gather,
    Hangup,
    Number,
    Pause,
    Play,
    Prompt,
    Redirect,
    Reject,
    Say,
    Verb,
)

_PROMPTS = ("Say", "Play", "Pause")
_FOREVER = 1000  # Twilio: Say, loop: 0 repeats until the call ends or 1000 times.


def parse(document: str) -> tuple[Verb, ...]:
    """The verbs of a document; raises TwimlFault, naming verb, attribute, value and why."""
    try:
        root = ET.fromstring(document)  # noqa: S314  the document is our own server's answer
    except ET.ParseError as error:
        raise TwimlFault(f"is not XML: {error}", code=INVALID_XML) from None
    if root.tag != "Response":
        raise TwimlFault(f"begins with <{root.tag}>, not <Response>", code=NO_RESPONSE)
    if root.attrib:
        raise TwimlFault("takes no attributes", verb="Response")
    _refuse_text(root)
    verbs = tuple(_verb(element) for element in root)
    _check_order(verbs)
    return verbs


def _verb(element: ET.Element) -> Verb:
    match element.tag:
        case "Say" | "Play" | "Pause":
            return _prompt(element)
        case "Gather":
            return _gather(element)
        case "Dial":
            return _dial(element)
        case "Redirect":
            values = _values(element)
            return Redirect(_text(element, absolute_url), **values)
        case "Hangup":
            _leaf(element)
            return Hangup(**_values(element))
        case "Reject":
            _leaf(element)
            return Reject(**_values(element))
    raise _unknown(element.tag, "Response")


def _prompt(element: ET.Element) -> Prompt:
    values = _values(element)
    if element.tag == "Pause":
        _leaf(element)
        return Pause(**values)
    loop = values.get("loop", 1) or _FOREVER
    if element.tag == "Play":
        return _play(element, values, loop)
    voice, tongue = values.get("voice", ""), values.get("language", "en-US")
    return Say(read_speech(element, voice, tongue), loop)


def _play(element: ET.Element, values: dict[str, Any], loop: int) -> Play:
    digits = values.get("digits")
    if digits and not (element.text or "").strip():
        return Play(timed(f"(keys {digits})"), loop)
    url = _text(element, absolute_url)
    return Play(timed(f"(recording {url.rpartition('/')[2]})"), loop, url)


def _gather(element: ET.Element) -> Gather:
    values = _values(element)
    _refuse_text(element)
    for child in element:
        if child.tag not in _PROMPTS:
            raise TwimlFault(f"takes no <{child.tag}> inside", verb="Gather", code=13320)
    if "action" not in values:
        # Twilio would ask the current document again: a loop that nobody meant.
        raise TwimlFault("needs an action", verb="Gather")
    if "speech_model" in values and values.get("speech_timeout", 0) is None:
        raise TwimlFault(
            "is not allowed with a speechModel",
            verb="Gather", attribute="speechTimeout", value="auto", code=13335,
        )  # fmt: skip
    return Gather(prompts=tuple(_prompt(child) for child in element), **values)


def _dial(element: ET.Element) -> Dial:
    values = _values(element)
    _refuse_text(element)
    if len(element) != 1:
        raise TwimlFault("needs exactly one <Number> here", verb="Dial", code=13215)
    noun = element[0]
    if noun.tag != "Number":
        raise _unknown(noun.tag, "Dial", code=13215)
    events = _values(noun)
    return Dial(Number(_text(noun, phone_number, code=13223), **events), **values)


def _values(element: ET.Element) -> dict[str, Any]:
    """Attributes by their Python names, typed by the table."""
    known, values = ATTRIBUTES[element.tag], {}
    for name, text in element.attrib.items():
        if name not in known:
            later = name in NOT_SIMULATED.get(element.tag, ())
            why = "is not simulated" if later else "is no attribute of this verb"
            raise TwimlFault(why, verb=element.tag, attribute=name, value=text)
        try:
            value = known[name].read(text)
        except ValueError as error:
            raise TwimlFault(str(error), verb=element.tag, attribute=name, value=text, code=known[name].code) from None
        values[re.sub("([A-Z])", lambda found: f"_{found[1].lower()}", name)] = value
    return values


def _text(element: ET.Element, read: Any, code: int = 12200) -> str:
    _leaf(element)
    text = (element.text or "").strip()
    try:
        return str(read(text))
    except ValueError as error:
        raise TwimlFault(f"{text!r} {error}", verb=element.tag, code=code) from None


def _leaf(element: ET.Element) -> None:
    if len(element):
        raise TwimlFault(f"takes no <{element[0].tag}> inside", verb=element.tag)


def _refuse_text(element: ET.Element) -> None:
    texts = [element.text, *(child.tail for child in element)]
    if any(text and text.strip() for text in texts):
        raise TwimlFault("holds text where only verbs may stand", verb=element.tag)


def _unknown(tag: str, inside: str, code: int = 12200) -> TwimlFault:
    if tag in VERBS_NOT_SIMULATED:
        return TwimlFault("is not simulated", verb=tag, code=code)
    return TwimlFault(f"is not known inside <{inside}>", verb=tag, code=code)


def _check_order(verbs: tuple[Verb, ...]) -> None:
    for place, verb in enumerate(verbs):
        name = type(verb).__name__
        if place and _transfers(verbs[place - 1]):
            before = type(verbs[place - 1]).__name__
            raise TwimlFault(f"is never reached after <{before}>", verb=name)
        if place and isinstance(verb, Reject):
            raise TwimlFault("must come first, or the call has been answered", verb=name)
        if place and isinstance(verb, Dial) and verb.answer_on_bridge:
            raise TwimlFault(
                "means nothing unless Dial is the first verb",
                verb=name, attribute="answerOnBridge", value="true", code=13219,
            )  # fmt: skip


def _transfers(verb: Verb) -> bool:
    """Whether what follows the verb can never run."""
    match verb:
        case Gather(action_on_empty_result=True) | Redirect() | Hangup() | Reject():
            return True
        case Dial(action=action):
            return action is not None
    return False
