"""A document, verb by verb."""

from dataclasses import dataclass
from itertools import zip_longest

from app.simulator.acts import Steps
from app.simulator.line import Line
from app.simulator.twiml.verbs import Dial, Gather, Hangup, Redirect, Reject, Verb
from app.simulator.verbs.dial import dial
from app.simulator.verbs.gather import gather
from app.simulator.verbs.prompts import prompt
from app.simulator.verbs.sounds import fetched
from app.simulator.webhooks import Go


@dataclass(frozen=True, slots=True)
class _End:
    """The call is over."""


def play_document(line: Line, verbs: tuple[Verb, ...]) -> Steps[Go | None]:
    """Play the verbs in turn; the document to go on with, or None when the call is over."""
    for verb, following in zip_longest(verbs, verbs[1:]):
        result = yield from _play(line, verb, following)
        if isinstance(result, Go):
            return result
        if isinstance(result, _End):
            return None
    line.answer()
    return None


def _play(line: Line, verb: Verb, following: Verb | None) -> Steps[Go | _End | None]:
    match verb:
        case Gather():
            return (yield from gather(line, verb, following))
        case Dial():
            return (yield from dial(line, verb))
        case Redirect():
            return Go(verb.url, verb.method)
        case Hangup():
            line.answer()
            return _End()
        case Reject():
            line.status = _rejected(line, verb)
            return _End()
        case _:
            for one in fetched(line, (verb,)):
                yield from prompt(line, one)
            return None


def _rejected(line: Line, verb: Reject) -> str:
    """A call that has been answered before is only hung up (Twilio: Reject)."""
    if line.answered_at is not None:
        return line.status
    return "busy" if verb.reason == "busy" else "no-answer"
