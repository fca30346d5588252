"""The verbs of a TwiML document once it has been read; times in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words as they are heard: SSML stripped, one space between words.

    `marks` holds the second at which each word begins; `seconds` includes the breaks.
    """

    text: str
    language: str
    seconds: float
    marks: tuple[float, ...]

    def until(self, seconds: float) -> str:
        """The words that have begun after so many seconds."""
        begun = sum(mark <= seconds + 1e-6 for mark in self.marks)
        return " ".join(self.text.split(" ")[:begun])

    def begins(self, phrase: str) -> float:
        """The second at which a phrase of the text begins."""
        words_before = self.text[: self.text.index(phrase)].count(" ")
        return self.marks[words_before]


@dataclass(frozen=True, slots=True)
class Say:
    """Speak; `loop` times."""

    spoken: Spoken
    loop: int = 1


@dataclass(frozen=True, slots=True)
class Play:
    """Play keys, shown as a note in the transcript; or the recording at `url`, which has yet to be fetched."""

    spoken: Spoken
    loop: int = 1
    url: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait in silence."""

    length: int = 1


Prompt = Say | Play | Pause


@dataclass(frozen=True, slots=True)
class Gather:
    """Speak the prompts and collect keys or speech."""

    action: str
    prompts: tuple[Prompt, ...]
    method: str = "POST"
    input: tuple[str, ...] = ("dtmf",)
    timeout: int = 5
    num_digits: int | None = None
    finish_on_key: str = "#"
    action_on_empty_result: bool = False
    speech_timeout: int | None = None
    language: str = "en-US"
    hints: tuple[str, ...] = ()
    profanity_filter: bool = True
    speech_model: str | None = None
    enhanced: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """The phone that a Dial rings, and where its progress is reported."""

    number: str
    send_digits: str = ""
    status_callback: str | None = None
    status_callback_event: tuple[str, ...] = ("completed",)
    status_callback_method: str = "POST"


@dataclass(frozen=True, slots=True)
class Dial:
    """Ring one phone and bridge it with the caller."""

    number: Number
    action: str | None = None
    method: str = "POST"
    timeout: int = 30
    time_limit: int = 14400
    caller_id: str | None = None
    answer_on_bridge: bool = False
    hangup_on_star: bool = False
    ring_tone: str | None = None
    record: str = "do-not-record"


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with another document."""

    url: str
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Reject:
    """End the call without answering it."""

    reason: str = "rejected"


Verb = Say | Play | Pause | Gather | Dial | Redirect | Hangup | Reject
