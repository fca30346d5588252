"""How long words take to be spoken: the one estimate, at 150 words a minute, with the pauses that are written."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from app.domain.verbs import Break, Dial, Gather, Say, Speech, Verb

SECONDS_A_WORD = 60 / 150


class SpeechTimer:
    """Collects words, which may come in pieces, and the second at which each begins."""

    def __init__(self) -> None:
        """Begin at nought."""
        self.words: list[str] = []
        self.marks: list[float] = []
        self.seconds = 0.0
        self._inside_word = False

    def text(self, piece: str) -> None:
        """Speak on; a word goes on where the piece before ended within one."""
        for part in re.findall(r"\s+|\S+", piece):
            if part.isspace():
                self._inside_word = False
            elif self._inside_word:
                self.words[-1] += part
            else:
                self._begin(part)

    def pause(self, seconds: float) -> None:
        """Say nothing for so long; a word ends here in any case."""
        self.seconds += seconds
        self._inside_word = False

    def _begin(self, part: str) -> None:
        self.words.append(part)
        self.marks.append(round(self.seconds, 3))
        self._inside_word = True
        if any(character.isalnum() for character in part):
            self.seconds += SECONDS_A_WORD


def seconds_to_say(text: str) -> float:
    """How long a text takes to be spoken."""
    timer = SpeechTimer()
    timer.text(text)
    return round(timer.seconds, 3)


def seconds_of(speech: Speech) -> float:
    """How long a speech takes, its pauses included."""
    return _seconds_of(speech)


# Every answer is measured, and callers hear the same sentences.
@lru_cache(maxsize=4096)
def _seconds_of(speech: Speech) -> float:
    timer = SpeechTimer()
    for span in speech:
        if isinstance(span, Break):
            timer.pause(span.ms / 1000)
        else:
            timer.text(span.text)
    return round(timer.seconds, 3)


def seconds_spoken(verbs: Sequence[Verb]) -> int:
    """How long an answer speaks before an office is dialed, in whole seconds."""
    heard = list(takewhile(lambda verb: not isinstance(verb, Dial), verbs))
    says = [say for verb in heard for say in (verb.says if isinstance(verb, Gather) else (verb,))]
    return round(sum(seconds_of(say.speech) for say in says if isinstance(say, Say)))
