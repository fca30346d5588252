"""What a Say speaks: its SSML checked, its words timed, its length held to the voice's limit."""

from collections.abc import Mapping
from urllib.parse import quote
from xml.etree import ElementTree as ET

from app.domain.speaking import SpeechTimer
from app.simulator.twiml.fault import TwimlFault
from app.simulator.twiml.values import Reader, choice, language, pattern
from app.simulator.twiml.verbs import Spoken

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STRENGTHS = {
    "none": 0.0, "x-weak": 0.1, "weak": 0.25, "medium": 0.5, "strong": 0.75, "x-strong": 1.0,
}  # fmt: skip
_ANY = pattern(r"(?s).+", "must not be empty")
_TIME = pattern(r"\d+(\.\d+)?s|\d+ms", "must be a time such as 500ms")

# Twilio: Say, SSML. Prosody and say-as values differ by voice, so only their presence is checked.
SSML: Mapping[str, Mapping[str, Reader]] = {
    "break": {"strength": choice(*_STRENGTHS), "time": _TIME},
    "emphasis": {"level": choice("strong", "moderate", "reduced")},
    "lang": {_XML_LANG: language},
    "p": {},
    "phoneme": {"alphabet": choice("ipa", "x-sampa"), "ph": _ANY},
    "prosody": {"volume": _ANY, "rate": _ANY, "pitch": _ANY},
    "s": {},
    "say-as": {"interpret-as": _ANY, "role": _ANY, "format": _ANY},
    "sub": {"alias": _ANY},
    "w": {"role": _ANY},
}
_NEEDED = {"lang": _XML_LANG, "phoneme": "ph", "say-as": "interpret-as", "sub": "alias"}
_VOICE_LANGUAGES = {
    "Polly.Mia": "es-MX", "Polly.Andres": "es-MX", "Polly.Lupe": "es-US", "Polly.Pedro": "es-US",
    "Polly.Penelope": "es-US", "Polly.Miguel": "es-US", "Polly.Joanna": "en-US",
    "Polly.Matthew": "en-US", "Polly.Salli": "en-US", "Polly.Kendra": "en-US",
    "Polly.Ruth": "en-US", "Polly.Stephen": "en-US", "Polly.Danielle": "en-US",
    "Polly.Gregory": "en-US", "Polly.Joey": "en-US", "Polly.Kimberly": "en-US",
}  # fmt: skip
_LONGEST_BREAK = 10.0
_LONGEST_ENCODED = 4500


def timed(text: str, tongue: str = "en-US") -> Spoken:
    """Plain words as they are heard."""
    timer = SpeechTimer()
    timer.text(text)
    return _spoken(timer, tongue)


def read_speech(say: ET.Element, voice: str, tongue: str) -> Spoken:
    """The words of a Say; raises TwimlFault for bad SSML, no words or too many."""
    if len(say) and not voice.startswith(("Polly.", "Google.")):
        raise TwimlFault("SSML needs a Polly or Google voice", verb="Say", attribute="voice", value=voice)
    timer = SpeechTimer()
    _walk(say, timer)
    spoken = _spoken(timer, tongue)
    _check_length(say, spoken.text, voice)
    _check_voice(voice, tongue)
    return spoken


def _spoken(timer: SpeechTimer, tongue: str) -> Spoken:
    return Spoken(" ".join(timer.words), tongue, round(timer.seconds, 3), tuple(timer.marks))


def _walk(element: ET.Element, timer: SpeechTimer) -> None:
    timer.text(element.text or "")
    for child in element:
        _check_ssml(child)
        if child.tag == "break":
            timer.pause(_break_seconds(child))
        elif child.tag in ("p", "s"):
            timer.pause(0)
        _walk(child, timer)
        timer.text(child.tail or "")


def _check_ssml(element: ET.Element) -> None:
    attributes = SSML.get(element.tag)
    if attributes is None:
        raise TwimlFault(f"<{element.tag}> is not speech markup that Say knows", verb="Say")
    for name, value in element.attrib.items():
        if name not in attributes:
            raise TwimlFault("no such attribute", verb=element.tag, attribute=name, value=value)
        try:
            attributes[name](value)
        except ValueError as error:
            raise TwimlFault(str(error), verb=element.tag, attribute=name, value=value) from None
    needed = _NEEDED.get(element.tag)
    if needed and needed not in element.attrib:
        raise TwimlFault(f"needs {needed.rpartition('}')[2]}", verb=element.tag)
    if element.tag == "break" and (len(element) or element.text):
        raise TwimlFault("must be empty", verb="break")


def _break_seconds(element: ET.Element) -> float:
    time = element.get("time")
    if time is None:
        return _STRENGTHS[element.get("strength", "medium")]
    seconds = float(time[:-2]) / 1000 if time.endswith("ms") else float(time[:-1])
    if seconds > _LONGEST_BREAK:
        raise TwimlFault("must be at most 10 s", verb="break", attribute="time", value=time)
    return seconds


def _check_length(say: ET.Element, text: str, voice: str) -> None:
    if not text:
        raise TwimlFault("has nothing to say", verb="Say", code=13520)
    limit, counted = 4096, text
    if voice.startswith("Polly."):
        limit = 3000
    elif voice.startswith("Google."):
        inner = (ET.tostring(child, encoding="unicode") for child in say)
        limit, counted = 5000, (say.text or "") + "".join(inner)
    length = len(counted.encode())
    if length > limit:
        raise TwimlFault(f"has {length} bytes, over the {limit} of its voice", verb="Say", code=13521)
    if len(quote(text)) > _LONGEST_ENCODED:
        raise TwimlFault("has over 4500 characters once URL-encoded", verb="Say", code=13521)


def _check_voice(voice: str, tongue: str) -> None:
    family = voice.removesuffix("-Neural").removesuffix("-Generative")
    spoken = _VOICE_LANGUAGES.get(family)
    if voice.startswith("Google."):
        spoken = "-".join(voice.removeprefix("Google.").split("-")[:2])
    if spoken and spoken != tongue:
        raise TwimlFault(f"speaks {spoken}, not {tongue}", verb="Say", attribute="voice", value=voice, code=13511)
