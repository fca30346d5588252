"""What the network said, what the caller reported, and which moves between statuses are legal."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class LineResult(StrEnum):
    """What the network said about an office leg; never mixed with what the caller reports."""

    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    FAILED = "failed"
    CANCELED = "canceled"


class Outcome(StrEnum):
    """What the caller reports after an answered leg (the log calls it the disposition)."""

    SPOKE = "spoke"
    VOICEMAIL = "voicemail"
    UNREACHED = "unreached"


class EndReason(StrEnum):
    """Why a call ended, as written in the log."""

    CALLER_HANGUP = "caller-hangup"
    GOODBYE = "goodbye"
    ALL_REACHED = "all-reached"
    NO_INPUT = "no-input"
    WRONG_KEYS = "wrong-keys"
    CALL_LIMIT = "call-limit"
    CAMPAIGN_ENDED = "campaign-ended"
    CAMPAIGN_PAUSED = "campaign-paused"
    SYSTEM_FAULT = "system-fault"
    BLOCKED = "blocked"


class Status(StrEnum):
    """A call's or a leg's place in its life, in the carrier's words (Twilio: Call resource, CallStatus)."""

    PLANNED = "planned"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    CANCELED = "canceled"


END_STATUSES = frozenset({Status.COMPLETED, Status.BUSY, Status.NO_ANSWER, Status.FAILED, Status.CANCELED})

_RANK: Mapping[Status, int] = MappingProxyType(
    {Status.PLANNED: 0, Status.INITIATED: 1, Status.RINGING: 2, Status.IN_PROGRESS: 3}
)

# The carrier's words for how a dial ended (Twilio: TwiML Dial, DialCallStatus), in ours.
LINE_RESULTS: Mapping[str, LineResult] = MappingProxyType(
    {
        "completed": LineResult.ANSWERED,
        "answered": LineResult.ANSWERED,
        "busy": LineResult.BUSY,
        "no-answer": LineResult.NO_ANSWER,
        "failed": LineResult.FAILED,
        "canceled": LineResult.CANCELED,
    }
)

STATUS_OF_RESULT: Mapping[LineResult, Status] = MappingProxyType(
    {
        LineResult.ANSWERED: Status.COMPLETED,
        LineResult.BUSY: Status.BUSY,
        LineResult.NO_ANSWER: Status.NO_ANSWER,
        LineResult.FAILED: Status.FAILED,
        LineResult.CANCELED: Status.CANCELED,
    }
)

# The carrier's other words for a status we know.
_STATUS_WORDS: Mapping[str, Status] = MappingProxyType(
    {
        **{s.value: s for s in Status if s is not Status.PLANNED},
        "queued": Status.INITIATED,
        "answered": Status.IN_PROGRESS,
    }
)


def read_status(word: str) -> Status | None:
    """The status that a carrier's word stands for, or None for a word we do not know."""
    return _STATUS_WORDS.get(word)


def is_legal_move(current: Status, new: Status) -> bool:
    """Whether a status may follow another: only forward, and end statuses stick."""
    if current in END_STATUSES:
        return False
    return new in END_STATUSES or _RANK[new] > _RANK[current]
