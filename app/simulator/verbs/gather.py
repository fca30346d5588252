"""Gather: prompts that a key cuts short, then keys or speech (Twilio: Gather)."""

from dataclasses import dataclass

from app.simulator.acts import Activity, Input, Key, Speech, Steps, Wait
from app.simulator.line import Line
from app.simulator.transcript import Kind
from app.simulator.twiml.speech import timed
from app.simulator.twiml.verbs import Dial, Gather, Verb
from app.simulator.verbs.prompts import prompt
from app.simulator.verbs.sounds import fetched
from app.simulator.webhooks import Go

_DEFAULT_SPEECH_END_S = 1


@dataclass(frozen=True, slots=True)
class _Taken:
    digits: str = ""
    finished_on: str = ""
    speech: Speech | None = None


def gather(line: Line, verb: Gather, following: Verb | None) -> Steps[Go | None]:
    """Collect; go to the action, or with nothing collected to the next verb unless it asks for it."""
    line.answer()
    first = yield from _prompts(line, verb)
    taken = yield from _collect(line, verb, first, following)
    if taken.speech:
        sent = (("SpeechResult", taken.speech.text), ("Confidence", str(taken.speech.confidence)))
        return Go(verb.action, verb.method, sent)
    finished = ("FinishedOnKey", taken.finished_on)
    if taken.digits:
        return Go(verb.action, verb.method, (("Digits", taken.digits), finished))
    if verb.action_on_empty_result:
        empty = (("Digits", ""), finished, ("msg", "Gather End"))
        return Go(verb.action, verb.method, empty)
    return None


def _takes(verb: Gather, given: Input) -> bool:
    if isinstance(given, Key):
        return "dtmf" in verb.input
    return isinstance(given, Speech) and "speech" in verb.input


def _prompts(line: Line, verb: Gather) -> Steps[Input | None]:
    for one in fetched(line, verb.prompts):
        given = yield from prompt(line, one, lambda given: _takes(verb, given), "speech" in verb.input)
        if given is not None:
            return given
    return None


def _collect(line: Line, verb: Gather, given: Input | None, following: Verb | None) -> Steps[_Taken]:
    digits = ""
    while True:
        if given is None:
            given = yield from _listen(line, verb, digits, following)
        if given is None:
            if not digits and verb.action_on_empty_result:
                line.note(Kind.SILENT, f"for {verb.timeout} s")
            return _Taken(digits)
        if isinstance(given, Speech):
            yield from _speak(line, verb, given)
            return _Taken(speech=given)
        assert isinstance(given, Key)
        if given.digit == verb.finish_on_key:
            return _Taken(digits, given.digit)
        digits += given.digit
        if len(digits) == verb.num_digits:
            return _Taken(digits)
        given = None


def _listen(line: Line, verb: Gather, digits: str, following: Verb | None) -> Steps[Input | None]:
    """Wait for the next input; after the first key, keys only: the first kind detected wins."""
    speech = "speech" in verb.input and not digits
    announces = not verb.action_on_empty_result and isinstance(following, Dial)
    wait = Wait(verb.timeout, Activity.LISTENING, takes_speech=speech, announces=announces and not digits)
    return (yield from line.wait(wait, lambda given: _takes(verb, given) and (speech or isinstance(given, Key))))


def _speak(line: Line, verb: Gather, speech: Speech) -> Steps[None]:
    """The time of speaking and of the silence that ends it; keys no longer count."""
    end = _DEFAULT_SPEECH_END_S if verb.speech_timeout is None else verb.speech_timeout
    yield from line.quiet(min(60.0, timed(speech.text).seconds) + end)
