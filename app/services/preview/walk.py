"""A walk through a call as a short text: keys, a silence, and what became of an office that was dialed."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.results import LineResult

KEYS = "1234567890*#"
SILENCE = "s"
OFFICE_ENDS: Mapping[str, LineResult] = MappingProxyType(
    {
        "a": LineResult.ANSWERED,
        "b": LineResult.BUSY,
        "n": LineResult.NO_ANSWER,
        "f": LineResult.FAILED,
    }
)
"""What a dialed office may do; the caller cancels by `*`."""

MOST_STEPS = 60
"""A call is let go after 80 turns, and few have ten."""

_KNOWN = frozenset((*KEYS, SILENCE, *OFFICE_ENDS))
_CANCELED = "*"
_LETTERS = {**{result.value: letter for letter, result in OFFICE_ENDS.items()}, LineResult.CANCELED.value: _CANCELED}


def read_walk(text: str) -> str:
    """The steps of a walk that anybody may have written: what is no step is left out, what is too long is cut."""
    return "".join(letter for letter in text[: 2 * MOST_STEPS] if letter in _KNOWN)[:MOST_STEPS]


def step_of(event: str) -> str:
    """The step that an event of the record stands for (`app.domain.events.describe`), or empty for none."""
    kind, _, rest = event.partition(" ")
    match kind:
        case "pressed" if len(rest) == 1 and rest in KEYS:
            return rest
        case "silence":
            return SILENCE
        case "dial_ended":
            return _LETTERS.get(rest, "")
        case _:
            return ""


def step_words(step: str) -> str:
    """A step as it is read: a key, or what happened instead of one."""
    return _WORDS.get(step, step)


_WORDS = {SILENCE: "silence", **{letter: result.value.replace("_", " ") for letter, result in OFFICE_ENDS.items()}}
