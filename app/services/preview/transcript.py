"""What a preview shows: a call as plain facts, with the seconds at which things happen."""

from dataclasses import dataclass, field

from app.domain.documents import Meter, meter


@dataclass(frozen=True, slots=True)
class Missing:
    """A text that a campaign lacks in a language: why it cannot be spoken, and the same in another language, if any."""

    sentence: str
    instead: str = ""
    instead_language: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that the hotline says, or plays from a recording, from a second on for so many."""

    at_s: float
    takes_s: float
    text: str
    language: str
    missing: Missing | None = None
    is_played: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What can happen next: a step of a walk, what it leads to, and the walk that goes there.

    `is_used` is false for a key that leads to nothing but the sentence that says so.
    """

    step: str
    label: str
    walk: str
    is_used: bool = True


@dataclass(frozen=True, slots=True)
class PreviewTurn:
    """What one step of a walk leads to: what was done, the words that are heard, and what the hotline then does."""

    did: str
    at_s: float
    step: str
    said: tuple[Spoken, ...]
    does: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A call in one language as far as a walk goes. `walk` are the steps that counted, `ended` is empty until the end.

    `summary` is the meter of the summary; `notices` say what of the campaign had to be replaced.
    Without turns they say why there is nothing to hear.
    """

    language: str
    walk: str
    turns: tuple[PreviewTurn, ...] = ()
    keys: tuple[Choice, ...] = ()
    others: tuple[Choice, ...] = ()
    ended: str = ""
    length_s: float = 0
    notices: tuple[str, ...] = ()
    summary: Meter = field(default_factory=lambda: meter(""))


def minutes(seconds: float) -> str:
    """Seconds as a telephone shows them: 1:05."""
    whole = int(seconds + 1e-6)
    return f"{whole // 60}:{whole % 60:02}"
