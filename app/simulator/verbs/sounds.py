"""Fetching recordings before they are played, and checking them as Twilio does (Twilio: Play)."""

import io
import wave
from dataclasses import replace
from urllib.parse import urlsplit

from app.simulator.connection import split_settings
from app.simulator.delivery import Passage
from app.simulator.line import Line
from app.simulator.network import Title
from app.simulator.transcript import Entry, Exchange, Kind
from app.simulator.twiml import CarrierFault
from app.simulator.twiml.verbs import Play, Prompt, Spoken
from app.simulator.wire import REFUSED, Reply, Request, send

# Twilio: Play, supported MIME types.
_TYPES = frozenset(
    {
        "audio/mpeg", "audio/wav", "audio/wave", "audio/x-wav", "audio/aiff", "audio/x-aifc", "audio/x-aiff",
        "audio/x-gsm", "audio/gsm", "audio/ulaw", "audio/basic",
    }
)  # fmt: skip
_MOST_BYTES = 40_000_000
_BAD_TYPE = 13420


def fetched(line: Line, prompts: tuple[Prompt, ...]) -> tuple[Prompt, ...]:
    """The same prompts with every recording fetched, before the first is played; raises CarrierFault."""
    return tuple(_fetched(line, each) if isinstance(each, Play) and each.url else each for each in prompts)


def _fetched(line: Line, verb: Play) -> Play:
    target, connection = split_settings(verb.url)
    request = Request(target, "GET", (), line.network.ids.token(), connection, _MOST_BYTES)
    reply = Reply(target, failure=REFUSED)
    injected = line.network.delivery.recording(target) is not Passage.DELIVERED
    if not injected:
        reply = send(line.http, request, line.network.account.token, connection.total_s)
    why = reply.failure.why if reply.failure else ""
    line.transcript.add(
        Entry(line.now, Kind.SOUND, target, exchange=Exchange(target, (), reply.status, "", reply.seconds, why))
    )
    if reply.failure:
        raise _fault(target, reply.failure.why, reply.failure.code, injected=injected)
    title = line.network.titles(target) or Title(verb.spoken.text, verb.spoken.language)
    return replace(verb, spoken=_heard(title, _seconds(reply)))


def _seconds(reply: Reply) -> float:
    """How long it lasts; only WAV is looked into, as nothing else is served by us."""
    kind = reply.content_type.partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise _fault(reply.url, f"has the content type {kind!r}", _BAD_TYPE)
    try:
        with wave.open(io.BytesIO(reply.body)) as file:
            return float(file.getnframes() / file.getframerate())
    except (wave.Error, EOFError, ZeroDivisionError):
        raise _fault(reply.url, "is no WAV file that can be played", _BAD_TYPE) from None


def _fault(url: str, why: str, code: int, *, injected: bool = False) -> CarrierFault:
    return CarrierFault(f"Play {code}: {urlsplit(url).path}: {why}.", code, injected, url)


def _heard(title: Title, seconds: float) -> Spoken:
    """Words spread evenly over the time that they take."""
    words = title.text.split()
    marks = tuple(round(seconds * at / len(words), 3) for at in range(len(words)))
    return Spoken(" ".join(words), title.language, round(seconds, 3), marks)
