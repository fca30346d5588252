"""What a turn tells the carrier to do, before it is written as TwiML."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A pause within speech, in milliseconds."""

    ms: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name, with the language it is pronounced in and, where spelling misleads, how to say it."""

    text: str
    language: str
    say_as: str = ""


Span = Text | Break | Name
Speech = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """Speak in a language (a code of the languages table).

    A recording, by its id, is played in place of the speech, which is then the text that it says.
    """

    speech: Speech
    language: str
    recording: str = ""


@dataclass(frozen=True, slots=True)
class Gather:
    """Speak, a key interrupting at once, and wait `timeout_s` seconds for one key.

    With hints it takes speech too. With `falls_through`, no key means that the next verb runs, without a webhook.
    """

    says: tuple[Say, ...]
    timeout_s: int
    language: str
    hints: tuple[str, ...] = ()
    falls_through: bool = False


@dataclass(frozen=True, slots=True)
class Dial:
    """Ring a published office and bridge it with the caller; times in seconds.

    `extension` is sent as keys after the answer; with `hide_caller` the office sees the campaign's number.
    """

    number: str
    extension: str
    hide_caller: bool
    ring_s: int
    talk_s: int
    leg: int


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""


Verb = Say | Gather | Dial | Hangup


def plain(speech: Speech) -> str:
    """The words of a speech, as a reader of the transcript sees them."""
    words = "".join(" " if isinstance(span, Break) else span.text for span in speech)
    return " ".join(words.split())
