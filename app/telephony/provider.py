"""What Patchline asks of a carrier, whichever it is; one module implements it for each carrier."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.domain.results import Status


class ProviderError(Exception):
    """The carrier refused: nothing was done. The message is one sentence for a person; `code` is the carrier's."""

    def __init__(self, code: int, message: str) -> None:
        """Say what to do about it; `message` never has a supporter's number in it."""
        self.code = code
        super().__init__(message)


class ProviderUnavailable(Exception):
    """No usable answer came: what was asked may or may not have been done, so it is never blindly asked again."""

    def __init__(self, why: str) -> None:
        """Say what went wrong, such as 'it did not answer within 10 s'."""
        super().__init__(f"The carrier gave no sure answer ({why}); look whether it was done before trying again.")


@dataclass(frozen=True, slots=True)
class CallOrder:
    """A call to place: whom it rings, which number is shown, where its documents and callbacks go; times in seconds."""

    to: str = field(repr=False)
    caller_id: str
    url: str
    fallback_url: str
    status_url: str
    ring_s: int = 30
    talk_s: int = 3600


@dataclass(frozen=True, slots=True)
class CallReport:
    """A call or a leg as the carrier has it; `duration_s` is None unless it was answered and has ended."""

    sid: str
    status: Status
    direction: str
    called: str = field(repr=False)
    caller: str = field(repr=False)
    parent_sid: str
    created_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    duration_s: int | None
    queued_ms: int


@dataclass(frozen=True, slots=True)
class NumberUrls:
    """Where a number's calls and messages go, absolute; an empty one is not set.

    All shall be asked by POST, but for a voice fallback that a web host serves as a file.
    """

    voice: str = ""
    voice_fallback: str = ""
    status: str = ""
    messaging: str = ""
    messaging_fallback: str = ""
    voice_fallback_method: str = "POST"
    voice_method: str = "POST"
    status_method: str = "POST"
    messaging_method: str = "POST"


@dataclass(frozen=True, slots=True)
class OwnedNumber:
    """A number of ours and how the carrier has it configured.

    `overridden_by` is what decides about its calls instead of its Voice URL, or empty.
    """

    sid: str
    number: str
    name: str
    urls: NumberUrls
    takes_texts: bool
    overridden_by: str = ""


class NumberKind(StrEnum):
    """The kinds of number that are for sale."""

    LOCAL = "local"
    TOLL_FREE = "toll-free"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class NumberSearch:
    """Which numbers to look for; an empty text asks for none in particular."""

    kind: NumberKind = NumberKind.LOCAL
    country: str = "US"
    area_code: str = ""
    contains: str = ""
    limit: int = 20


@dataclass(frozen=True, slots=True)
class NumberForSale:
    """A number that can be had, and where it belongs."""

    number: str
    place: str
    region: str
    takes_texts: bool


class Provider(Protocol):
    """A carrier's REST side; each method raises ProviderError or ProviderUnavailable."""

    def place_call(self, order: CallOrder) -> str:
        """Have a supporter rung; the call's sid."""

    def end_call(self, sid: str) -> None:
        """End a call, wherever it stands; one that has ended already is left alone."""

    def fetch_call(self, sid: str) -> CallReport | None:
        """A call as the carrier has it now, or None if it has no such call."""

    def legs_of(self, sid: str) -> Sequence[CallReport]:
        """The office legs of a call, first dialed first."""

    def calls_since(self, moment: datetime, to: str = "") -> Sequence[CallReport]:
        """Calls begun at or after an aware moment; with `to` only those to that number, waiting ones included."""

    def send_message(self, *, to: str, sender: str, body: str, status_url: str) -> str:
        """Text a supporter; the message's sid."""

    def owned_numbers(self) -> Sequence[OwnedNumber]:
        """All numbers of the account."""

    def configure_number(self, sid: str, urls: NumberUrls) -> OwnedNumber:
        """Let a number's calls and messages go to these URLs."""

    def search_numbers(self, search: NumberSearch) -> Sequence[NumberForSale]:
        """Numbers for sale."""
