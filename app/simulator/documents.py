"""From an answer to verbs: content types, the body cap, and text that would be read aloud."""

from app.simulator.twiml import TwimlFault, parse
from app.simulator.twiml.fault import CONTENT_TYPE, TOO_LARGE
from app.simulator.twiml.speech import timed
from app.simulator.twiml.verbs import Hangup, Play, Say, Verb
from app.simulator.wire import BODY_CAP, Reply

_TWIML_TYPES = ("text/xml", "application/xml", "text/html")


def read_document(reply: Reply) -> tuple[Verb, ...]:
    """The verbs of an answer; raises TwimlFault (Twilio: TwiML, response content types)."""
    if len(reply.body) > BODY_CAP:
        raise TwimlFault("is over 64 kB", code=TOO_LARGE)
    kind = reply.content_type.partition(";")[0].strip().lower()
    if kind in _TWIML_TYPES:
        return parse(_text(reply))
    if kind == "text/plain":
        return _plain(_text(reply))
    if kind.startswith("audio/"):
        return Play(timed("(recording)")), Hangup()
    raise TwimlFault(f"has the content type {kind!r}", code=CONTENT_TYPE)


def accepts_callback(reply: Reply) -> bool:
    """Whether a status callback was answered without a warning: 204, or an empty Response."""
    if reply.status == 204:
        return True
    try:
        return reply.status == 200 and parse(_text(reply)) == ()
    except TwimlFault:
        return False


def _text(reply: Reply) -> str:
    return reply.body.decode("utf-8", "replace")


def _plain(text: str) -> tuple[Verb, ...]:
    """Run it if it is TwiML, else read it aloud and hang up: a stack trace would be spoken."""
    try:
        return parse(text)
    except TwimlFault:
        return Say(timed(text)), Hangup()
