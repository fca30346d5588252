"""Say, Play and Pause."""

from collections.abc import Callable

from app.simulator.acts import Activity, Input, Interrupted, Steps, Wait
from app.simulator.line import Line
from app.simulator.twiml.verbs import Pause, Play, Prompt

Wanted = Callable[[Input], bool]


def nothing(given: Input) -> bool:
    """Take no input: keys pressed when nothing gathers are lost."""
    return False


def prompt(line: Line, verb: Prompt, wanted: Wanted = nothing, speech: bool = False) -> Steps[Input | None]:
    """Speak until the end or until a wanted input comes, which is returned."""
    line.answer()
    if isinstance(verb, Pause):
        return (yield from line.wait(_wait(verb, speech), wanted))
    for _ in range(verb.loop):
        entry = line.hear(verb.spoken, is_played=bool(_sound(verb)))
        try:
            given = yield from line.wait(_wait(verb, speech), wanted)
        except Interrupted:
            line.cut(entry, verb.spoken)
            raise
        if given is not None:
            line.cut(entry, verb.spoken)
            return given
    return None


def _wait(verb: Prompt, speech: bool) -> Wait:
    if isinstance(verb, Pause):
        return Wait(verb.length, Activity.QUIET, takes_speech=speech)
    return Wait(verb.spoken.seconds, Activity.SPEAKING, verb.spoken, takes_speech=speech, sound=_sound(verb))


def _sound(verb: Prompt) -> str:
    return verb.url if isinstance(verb, Play) else ""
