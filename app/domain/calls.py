"""The state of a call that travels in its action URLs: small, versioned, bounded and sealed."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from operator import attrgetter
from typing import Self

STATE_VERSION = "1"
MAX_STATE_LENGTH = 300
_TAG_BYTES = 9

LONGEST_CALL = timedelta(hours=4)
"""No call lasts longer (Twilio: Dial, timeLimit)."""


class BadState(ValueError):
    """The text is not a state that we sealed for this call."""


@dataclass(frozen=True, slots=True)
class CallState:
    """What a call needs to go on. Offices are marks (one character each); lists of them are texts of marks.

    `turn` counts webhooks answered; `started` is the UTC second of the first. `office` is the one in hand, `leg` the
    turn that announced it, `offered` the one that # leads to. `before` were reached in earlier calls, `tried` and
    `reached` in this one (in order), `bridges` has one mark a bridge; `today` counts bridges of earlier calls today.
    `attempt`, `wrong`, `zeros` and `unheard` count silences, wrong keys, zeros in a row and speech not understood;
    `page` and `scan` are places in the list of offices; `asked` is set while the script is read within the outcome
    question; `unplayed` once the carrier could not use an answer: from then on all is spoken, nothing played;
    `summary_s` is the second of the call by which the summary that is being spoken will have been heard, 0 while none
    is, and -1 once it was heard.
    """

    step: str
    version_id: int
    language: str
    started: int
    turn: int = 0
    office: str = ""
    offered: str = ""
    leg: int = 0
    tried: str = ""
    reached: str = ""
    before: str = ""
    bridges: str = ""
    today: int = 0
    attempt: int = 0
    wrong: int = 0
    zeros: int = 0
    unheard: int = 0
    patient: int = 0
    page: int = 0
    scan: int = 0
    asked: int = 0
    unplayed: int = 0
    summary_s: int = 0

    def at(self, step: str, **changes: str | int) -> Self:
        """This state at another step, with attempts and wrong keys forgotten."""
        return replace(self, step=step, **{"attempt": 0, "wrong": 0, **changes})  # type: ignore[arg-type]  # each name is a field

    def add(self, name: str, mark: str) -> Self:
        """This state with a mark at the end of one of its lists of different offices."""
        return replace(self, **{name: getattr(self, name).replace(mark, "") + mark})

    @property
    def done(self) -> str:
        """Marks of the offices that the supporter has reached, in this call or before."""
        return self.before + "".join(mark for mark in self.reached if mark not in self.before)


_FIELDS: tuple[tuple[str, type[str | int]], ...] = tuple(
    (field.name, int if field.type is int else str) for field in fields(CallState)
)
_VALUES = attrgetter(*(name for name, _ in _FIELDS))


def seal(state: CallState, call_sid: str, key: bytes) -> str:
    """The state as URL-safe text, bound to its call by a keyed tag; under 300 characters."""
    payload = ".".join([STATE_VERSION, *map(str, _VALUES(state))])
    return f"{payload}.{_tag(payload, call_sid, key)}"


def unseal(text: str, call_sid: str, key: bytes) -> CallState:
    """The state that `seal` wrote for this call; raises BadState for anything else."""
    payload, _, tag = text.rpartition(".")
    is_ours = text.isascii() and hmac.compare_digest(_tag(payload, call_sid, key), tag)
    if len(text) > MAX_STATE_LENGTH or not is_ours:
        raise BadState("The state was not written for this call.")
    return _parse(payload)


def _parse(payload: str) -> CallState:
    version, *values = payload.split(".")
    if version != STATE_VERSION or len(values) > len(_FIELDS):
        raise BadState(f"The state is of version {version!r}, which this release does not read.")
    # A release before this one may have written fewer fields: new ones come last and have a default.
    typed = {name: kind(value) for (name, kind), value in zip(_FIELDS, values, strict=False)}
    return CallState(**typed)  # type: ignore[arg-type]  # the tag proves that `seal` wrote these values


def _tag(payload: str, call_sid: str, key: bytes) -> str:
    digest = hmac.digest(key, f"state|{call_sid}|{payload}".encode(), "sha256")
    return urlsafe_b64encode(digest[:_TAG_BYTES]).decode()
