"""What a check of the installation came to."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing is: as it should be, worth a look, or so that calls or data suffer."""

    OK = "ok"
    LOOK = "look at"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """How a thing is, in a sentence, and what to do about it; nothing is to be done about what is ok."""

    verdict: Verdict
    what: str
    remedy: str = ""


def ok(what: str) -> Finding:
    """A thing that is as it should be."""
    return Finding(Verdict.OK, what)


def look(what: str, remedy: str) -> Finding:
    """A thing that may be meant, or that becomes a fault later."""
    return Finding(Verdict.LOOK, what, remedy)


def wrong(what: str, remedy: str) -> Finding:
    """A thing by which calls or data suffer."""
    return Finding(Verdict.WRONG, what, remedy)
