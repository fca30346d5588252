"""Reading a voice webhook: the carrier's form becomes an event of ours (Twilio: voice request parameters)."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.domain.events import DialEnded, Event, Lost, Pressed, Silence, Spoke
from app.domain.phone_numbers import RawNumber, is_e164, read_caller
from app.domain.recordings import PATH
from app.domain.results import LINE_RESULTS, LineResult

_SAFE_ID = re.compile(r"[A-Za-z0-9:._-]{1,64}", re.ASCII)
_MAX_SPEECH = 200
_MAX_SECONDS = 10**6
# Twilio (error dictionary): a Play got what is no sound. All else that a Play can fail by is told by its address alone.
_NO_SOUND = frozenset({"12300", "13420"})
_DIAL_FIELDS = ("DialCallStatus", "DialCallSid", "DialCallDuration", "DialBridged")


class Form:
    """A webhook's form; a name that comes twice with different values counts as absent."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        """Take every value of each name."""
        self._values = values

    def text(self, name: str) -> str:
        """The one value of a name, or empty."""
        values = set(self._values.get(name, ()))
        return values.pop() if len(values) == 1 else ""

    def has_any(self, names: Iterable[str]) -> bool:
        """Whether any of the names was sent, with whatever value."""
        return any(name in self._values for name in names)

    def number(self, name: str) -> int | None:
        """A whole number of reasonable size, or None."""
        text = self.text(name)
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
            return None
        return min(int(text), _MAX_SECONDS)

    def identifier(self, name: str) -> str:
        """A carrier's id (at most 64 plain characters), or a stand-in made from it if it has another form."""
        text = self.text(name)
        if not text or _SAFE_ID.fullmatch(text):
            return text
        return "x" + hashlib.sha256(text.encode(errors="replace")).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class CallFacts:
    """Who calls whom in which call; `caller` is None for a withheld caller ID."""

    call_sid: str
    called: str
    caller: RawNumber | None
    direction: str


def read_call(form: Form) -> CallFacts:
    """The call that a webhook speaks of."""
    is_outbound = form.text("Direction").startswith("outbound")
    ours, theirs = ("From", "To") if is_outbound else ("To", "From")
    called = form.text(ours).strip()
    return CallFacts(
        call_sid=form.identifier("CallSid"),
        called=called if is_e164(called) else "",
        caller=read_caller(form.text(theirs)),
        direction="outbound" if is_outbound else "inbound",
    )


def read_event(form: Form) -> Event:
    """What happened, from the form of a gather's or a dial's action."""
    if form.has_any(_DIAL_FIELDS):
        return _read_dial(form)
    if digits := form.text("Digits"):
        return Pressed(digits[0])
    if speech := form.text("SpeechResult").strip():
        return Spoke(speech[:_MAX_SPEECH])
    return Silence()


def read_lost(form: Form) -> Lost:
    """What the carrier could not use, from the form of a fallback: an answer, or a recording that is played in one."""
    try:
        path = urlsplit(form.text("ErrorUrl")).path
    except ValueError:  # an address such as http://[ that is none
        path = ""
    unplayed = path.startswith(PATH) or form.text("ErrorCode") in _NO_SOUND
    return Lost(apologize=not unplayed, unplayed=unplayed)


def _read_dial(form: Form) -> DialEnded:
    # A word we do not know, or none, says only that nobody was reached.
    result = LINE_RESULTS.get(form.text("DialCallStatus").strip().lower(), LineResult.NO_ANSWER)
    bridged = {"true": True, "false": False}.get(form.text("DialBridged").strip().lower())
    if result is LineResult.ANSWERED and bridged is False:
        # Somebody or something picked up, but the two legs were never joined.
        result = LineResult.NO_ANSWER
    return DialEnded(result, form.identifier("DialCallSid"), form.number("DialCallDuration"), bridged)
