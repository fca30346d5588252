"""What a step of a walk means where a call stands: the event, the seconds it takes, and the words for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.events import DialEnded, Event, Pressed, Silence
from app.domain.results import LineResult
from app.domain.verbs import Dial, Gather
from app.services.call_words import result_words
from app.services.preview.walk import KEYS, OFFICE_ENDS, SILENCE
from app.simulator import Conduct, Manner

CANCEL = "Stops calling {office}"

# As the offices of the browser phone do it: seconds until something happens, and of talk.
CONDUCTS: Mapping[LineResult, Conduct] = MappingProxyType(
    {
        LineResult.ANSWERED: Conduct(),
        LineResult.BUSY: Conduct(Manner.BUSY, after=2),
        LineResult.NO_ANSWER: Conduct(Manner.NO_ANSWER),
        LineResult.FAILED: Conduct(Manner.FAILS, after=1),
    }
)
_END_LABELS: Mapping[LineResult, str] = MappingProxyType(
    {
        LineResult.ANSWERED: "{office} answers, and the talk ends",
        LineResult.BUSY: "{office} is busy",
        LineResult.NO_ANSWER: "Nobody answers",
        LineResult.FAILED: "The call fails",
    }
)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, the seconds until it, and the words for it."""

    event: Event
    takes_s: float
    did: str


def happening(gather: Gather | None, dial: Dial | None, office: str, step: str) -> Happening | None:
    """What a step means while the hotline listens, dials, or listens and then dials; None if it means nothing."""
    if step in KEYS and gather:
        return Happening(Pressed(step), 0, f"Pressed {step}")
    if step == "*" and dial:
        return Happening(DialEnded(LineResult.CANCELED), 0, CANCEL.format(office=office))
    if step == SILENCE and gather and not dial:
        return Happening(Silence(), gather.timeout_s, f"Pressed nothing for {gather.timeout_s} s")
    if step in OFFICE_ENDS and dial:
        # Whoever lets the office ring has listened to the announcement to its end.
        return _office_ends(office, dial, OFFICE_ENDS[step], gather.timeout_s if gather else 0)
    return None


def _office_ends(office: str, dial: Dial, result: LineResult, waited_s: float) -> Happening:
    conduct = CONDUCTS[result]
    rang_s, _ = conduct.ringing(dial.ring_s)
    talked_s = min(conduct.talk or 0, dial.talk_s) if result is LineResult.ANSWERED else 0
    did = f"{office}: {result_words(result).lower()} after {rang_s:.0f} s"
    talked = f", talked {talked_s:.0f} s" if talked_s else ""
    return Happening(DialEnded(result), waited_s + rang_s + talked_s, did + talked)


def end_labels(office: str) -> Iterator[tuple[str, str]]:
    """What an office that is dialed may do, each by its letter."""
    for letter, result in OFFICE_ENDS.items():
        yield letter, _END_LABELS[result].format(office=office)
