"""What a call waits for, and what can come in while it waits.

Each verb is a generator: it yields a `Wait` and is sent None when the time has passed, or the
input that came before that. So one core serves virtual time (tests, scripts) and real time
(terminal, browser), and never sleeps itself.
"""

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.simulator.twiml.verbs import Spoken


class Activity(StrEnum):
    """What goes on on the line during a wait."""

    SPEAKING = "speaking"
    LISTENING = "listening"
    RINGING = "ringing"
    TALKING = "talking"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Wait:
    """Time in which something may come in, in seconds; `office` is the name of who rings or talks.

    `announces` marks a listening that goes on to dial by itself: the supporter need not answer it. `sound` is the
    address of the recording that is played.
    """

    seconds: float
    activity: Activity
    spoken: Spoken | None = None
    office: str = ""
    takes_speech: bool = False
    announces: bool = False
    sound: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """The supporter presses one key: 0-9, * or #."""

    digit: str


@dataclass(frozen=True, slots=True)
class Speech:
    """The supporter says something, as the carrier's recognizer would write it."""

    text: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class OfficePicksUp:
    """The office that is rung answers now, whatever it was set to do."""


@dataclass(frozen=True, slots=True)
class OfficeHangsUp:
    """The office ends the talk; while it is rung, it declines as busy."""


Input = Key | Speech | OfficePicksUp | OfficeHangsUp


class Interrupted(Exception):
    """Whatever the call was waiting for is over: thrown into it."""


class CallerLeft(Interrupted):
    """The supporter's side of the call has ended."""


T = TypeVar("T")
Steps = Generator[Wait, Input | None, T]
