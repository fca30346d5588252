"""What the audit keeps: who did what, in a sentence that a person can read."""

import hashlib
import hmac
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
    BLOCK = "block"
    ERASURE = "erasure"
    NUMBERS = "numbers"
    SHARE = "share"
    API_KEY = "API key"
    SETTINGS = "settings"


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
    """The hash of an entry that follows another one, without a key: whoever changes one breaks all that come after."""
    return hashlib.sha256(_told(previous_hash, entry)).hexdigest()


def signed(previous_hash: str, entry: Entry, key: bytes) -> str:
    """The same with a key, so that nobody without it can make the entries anew; the key's own mark stands before."""
    return f"{key_mark(key)}:{hmac.new(key, _told(previous_hash, entry), hashlib.sha256).hexdigest()}"


def key_mark(key: bytes) -> str:
    """What tells which key an entry was signed with, and nothing about the key."""
    return hashlib.sha256(b"audit key|" + key).hexdigest()[:8]


def mark_of(entry_hash: str) -> str:
    """The mark of the key that an entry was signed with; empty for one without a key."""
    mark, colon, _ = entry_hash.partition(":")
    return mark if colon else ""


def _told(previous_hash: str, entry: Entry) -> bytes:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [previous_hash, at, entry.who, entry.deed, entry.campaign, entry.sentence, entry.why, entry.place]
    return json.dumps(told).encode()


@dataclass(frozen=True, slots=True)
class Checked:
    """What reading the audit through has shown.

    `broken` is the first entry that does not follow from the one before it. `signed` is the first entry that has a
    key, and `signed_at` when it was made. `strange` is the first entry whose key is not ours, which we cannot check.
    """

    broken: int | None = None
    signed: int | None = None
    signed_at: datetime | None = None
    strange: int | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and from where: an organizer's address, or what stands for nobody in particular."""

    who: str
    place: str = ""


COMMAND_LINE = By("command line")
