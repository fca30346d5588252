"""The webhooks of a call as far as they are kept: fields by the carrier's names, and no supporter's number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.store.call_detail import CallDetail, DetailTurn

Fields = Mapping[str, str]

MASKED = "never kept"


@dataclass(frozen=True, slots=True)
class Received:
    """A webhook that a turn answered: where it went, and its fields."""

    path: str
    fields: Fields


def received(call: CallDetail, turn: DetailTurn) -> Received:
    """What the carrier sent for a turn; the fields that every webhook has are those of the call."""
    word, _, rest = turn.event.partition(" ")
    path, fields = _FORMS.get(word, _STRANGE)
    return Received(path, {**_of_every(call), **fields(turn, rest)})


def _of_every(call: CallDetail) -> Fields:
    tag = MASKED if call.caller == "withheld" else f"{MASKED}; its tag is {call.caller}"
    ours, theirs = ("From", "To") if call.direction == "outbound" else ("To", "From")
    return {theirs: tag, ours: call.called or MASKED}


def _dialed(turn: DetailTurn, result: str) -> Fields:
    ended: Mapping[str, Any] = next((note for note in turn.notes if note.get("kind") == "leg_ended"), {})
    found = {
        # As Patchline read it: the carrier's 'completed' is 'answered' only if the two were joined.
        "DialCallStatus": f"read as {result}",
        "DialCallSid": ended.get("dial_call_sid"),
        "DialCallDuration": ended.get("duration_s"),
        "DialBridged": str(ended["bridged"]).lower() if "bridged" in ended else None,
    }
    return {name: str(value) for name, value in found.items() if value not in (None, "")}


_Form = tuple[str, Callable[[DetailTurn, str], Fields]]

_FORMS: Mapping[str, _Form] = MappingProxyType(
    {
        "started": ("/voice/incoming", lambda _turn, _rest: {}),
        "pressed": ("/voice/turn", lambda _turn, key: {"Digits": key}),
        "spoke": ("/voice/turn", lambda _turn, _rest: {"SpeechResult": MASKED}),
        "silence": ("/voice/turn", lambda _turn, _rest: {"Digits": ""}),
        "dial_ended": ("/voice/turn", _dialed),
        "lost": ("/voice/fallback", lambda _turn, _rest: {"ErrorCode": "in the server's log"}),
    }
)
"""By the word of the event, as `domain.events.EVENT_KINDS` has it."""

_STRANGE: _Form = ("/voice/turn", lambda _turn, _rest: {})
