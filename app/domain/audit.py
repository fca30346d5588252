"""What the audit keeps: who did what, in a sentence that a person can read."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Deed(StrEnum):
    """The kinds of things that the audit tells apart."""

    SIGN_IN = "sign-in"
    ACCOUNT = "account"
    PEOPLE = "people"
    DRAFT = "draft"
    PUBLISH = "publish"
    PAUSE = "pause"
    RECORDING = "recording"
    SEARCH = "search by number"
    EXPORT = "export"
    NOTE = "note"
    CORRECTION = "correction"
    ERASURE = "erasure"
    NUMBERS = "numbers"
    SHARE = "share"
    API_KEY = "API key"


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed; `who` is empty where nobody had signed in, `campaign` where it is about none.

    `deed` is a Deed, unless somebody has written another one into the database itself.
    """

    at: datetime
    who: str
    deed: str
    sentence: str
    campaign: str = ""
    why: str = ""
    place: str = ""


FIRST = "0" * 64
"""What stands before the first entry."""


def chained(previous_hash: str, entry: Entry) -> str:
    """The hash of an entry that follows another one: whoever changes one breaks all that come after."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [previous_hash, at, entry.who, entry.deed, entry.campaign, entry.sentence, entry.why, entry.place]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and from where: an organizer's address, or what stands for nobody in particular."""

    who: str
    place: str = ""


COMMAND_LINE = By("command line")
