"""What the record says, in words that a person reads: results, outcomes, steps, reasons, ends."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.came_from import CameFrom
from app.domain.furthest import Furthest

STEP_WORDS: Mapping[Furthest, str] = MappingProxyType(
    {
        Furthest.BRIEF: "Under 3 seconds",
        Furthest.ANSWERED: "Answered",
        Furthest.HEARD: "Heard the summary",
        Furthest.CHOSE: "Chose an office",
        Furthest.CONNECTED: "Connected",
        Furthest.TALKED: "Talked",
        Furthest.AGAIN: "Called again",
    }
)
STEP_DEFINITIONS: Mapping[Furthest, str] = MappingProxyType(
    {
        Furthest.ANSWERED: "We picked up, and the caller stayed for 3 seconds or longer. Tests and blocked callers are"
        " left out.",
        Furthest.HEARD: "Nine tenths of the summary or more were spoken to the caller, by the time its words take, or"
        " they had heard it in a call before. Whoever chose an office without waiting for it is counted too; the time"
        " is that of those who heard it in this call.",
        Furthest.CHOSE: "An office was about to be called, by its digit, by pound or by voice.",
        Furthest.CONNECTED: "The line of an office was answered, by a person or by a mailbox.",
        Furthest.TALKED: "The caller told us that they spoke with staff; or told nothing, and was on with an office for"
        " 45 seconds or longer, which is drawn as likely.",
        Furthest.AGAIN: "The caller talked, and the line of a second office was answered in the same call.",
    }
)
"""What each step of the funnel counts, exactly as migrations/call_log_triggers.py derives it."""

OF_OLD_CALLS = (
    "Of calls from before this was measured, all that we picked up count as answered, and all in which the caller"
    " answered the first menu, let it pass or stayed for 30 seconds as having heard the summary."
)

CAME_FROM_WORDS: Mapping[CameFrom, str] = MappingProxyType(
    {CameFrom.DIALED_IN: "Dialed in", CameFrom.CALL_ME: "Call-me"}
)
RESULT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "spoke": "Spoke with staff",
        "voicemail": "Voicemail",
        "unreached": "Could not get through",
        "not-told": "Not told",
        "answered": "Answered",
        "busy": "Busy",
        "no_answer": "No answer",
        "failed": "Failed",
        "canceled": "Canceled",
        "open": "On the line",
    }
)
"""Line results and outcomes."""

RESULT_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "spoke": "good",
        "answered": "good",
        "voicemail": "info",
        "open": "info",
        "busy": "warn",
        "no_answer": "warn",
        "unreached": "warn",
        "failed": "bad",
    }
)
"""How a chip shows a result; what is not here is plain."""

END_WORDS: Mapping[str | None, str] = MappingProxyType(
    {
        "caller-hangup": "left",
        "goodbye": "said goodbye",
        "all-reached": "had reached every office",
        "no-input": "was let go after silence",
        "wrong-keys": "was let go after wrong keys",
        "call-limit": "had used up the calls that one may make",
        "campaign-ended": "was told that the campaign has ended",
        "campaign-paused": "was told that the campaign is paused",
        "system-fault": "was cut off by a fault",
        "blocked": "was turned away as blocked",
    }
)
MENU_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "welcome": "the welcome and the summary",
        "summary": "the summary",
        "back": "the welcome for returning callers",
        "back_all": "that every office was reached before",
        "menu": "the list of offices",
        "help": "the help",
        "script": "the full script",
        "script_end": "the end of the script",
        "scan": "the offices one by one",
        "closed_one": "that the office is closed",
        "all_closed": "that all offices are closed",
        "limit": "that the office was called often enough today",
        "full": "that the office has enough callers on",
        "none_left": "that no office is left",
        "connect": "that an office is being called",
        "dialing": "ringing",
        "busy": "that the office is busy",
        "no_answer": "that nobody answered",
        "failed": "that the call failed",
        "outcome": "the question how it went",
        "next": "the offer of the next office",
        "star": "the question whether to end",
        "goodbye": "the goodbye",
        "all_reached": "that every office is reached",
        "call_limit": "that the call has come to its limit",
        "no_input": "the goodbye after silence",
        "scan_over": "the goodbye after wrong keys",
        "ended": "that the campaign has ended",
        "paused": "that the campaign is paused",
        "blocked": "that the call cannot be put through",
    }
)
"""What a caller hears at each step of the flow; a newer step is called by its name."""


def result_words(result: str) -> str:
    """A result in words; one that is not known as it is."""
    return RESULT_WORDS.get(result, result)


def lasted(seconds: int | None) -> str:
    """A length of time as it is read."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
