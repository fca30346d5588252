"""What just happened in a call, once the carrier's form has been read."""

from dataclasses import dataclass

from app.domain.results import LineResult


@dataclass(frozen=True, slots=True)
class Started:
    """The call has arrived and wants its first words."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """One key of the telephone: 0-9, * or #."""

    key: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """Speech that the carrier recognized, as text."""

    text: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was pressed or said in the time given."""


@dataclass(frozen=True, slots=True)
class DialEnded:
    """The office leg is over."""

    result: LineResult
    dial_call_sid: str = ""
    duration_s: int | None = None
    bridged: bool | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """The carrier could not use our last answer, or the state in its URL is not ours: speak again.

    With `unplayed` it had the answer, and could not get a recording that is played in it.
    """

    apologize: bool = True
    unplayed: bool = False


Event = Started | Pressed | Spoke | Silence | DialEnded | Lost

EVENT_KINDS: dict[type[Event], str] = {
    Started: "started",
    Pressed: "pressed",
    Spoke: "spoke",
    Silence: "silence",
    DialEnded: "dial_ended",
    Lost: "lost",
}


def describe(event: Event) -> str:
    """The event as one word or two for the record; what was said aloud is never kept."""
    match event:
        case Pressed(key):
            return f"pressed {key}"
        case DialEnded(result):
            return f"dial_ended {result}"
        case _:
            return EVENT_KINDS[type(event)]
