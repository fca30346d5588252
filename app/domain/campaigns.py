"""A campaign as one published, immutable version of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.domain.offices import NO_WORDS, Office, Words
from app.domain.recordings import NO_RECORDINGS, Recordings

T = TypeVar("T")

KEYED_OFFICES = 7
"""Offices that fit on the keys 1-7; with more, 7 turns the page and a page holds six."""


class CampaignStatus(StrEnum):
    """Whether a campaign takes calls."""

    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


class CallerId(StrEnum):
    """Which number an office sees."""

    SUPPORTER = "supporter"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of calls; each name carries its unit."""

    bridges_per_call: int = 14
    minutes_per_call: int = 60
    bridges_per_office_per_day: int = 3
    live_legs_per_office: int = 2
    ring_seconds: int = 30
    talk_minutes: int = 20
    patient_talk_minutes: int = 30
    busy_cooldown_minutes: int = 10


@dataclass(frozen=True, slots=True)
class Campaign:
    """One version of a campaign: everything that a call needs to know about it.

    `number` is the hotline's own E.164 number, or empty for the installation's (TWILIO_PHONE_NUMBER).
    `holidays` names the country whose federal holidays close the offices, or is empty.
    `contact` is how to reach the organizers, spoken in the help. `recordings` are played in place of some texts.
    `goal_calls` is how many calls are hoped for, or 0. `ends_on` is the last day on which calls are taken, in
    `time_zone`, or None: from the midnight after it the campaign is over, without anybody or anything ending it.
    """

    slug: str
    name: str
    organization: str
    time_zone: str
    languages: tuple[str, ...]
    greeting: Words
    summary: Words
    script: Words
    offices: tuple[Office, ...]
    number: str = ""
    contact: Words = field(default_factory=lambda: NO_WORDS)
    caller_id: CallerId = CallerId.SUPPORTER
    welcomes_back: bool = True
    holidays: str = ""
    closures: tuple[date, ...] = ()
    limits: Limits = field(default_factory=Limits)
    recordings: Recordings = field(default_factory=lambda: NO_RECORDINGS)
    goal_calls: int = 0
    ends_on: date | None = None

    def is_over(self, at: datetime) -> bool:
        """Whether the last day has passed at a moment."""
        return self.ends_on is not None and at.astimezone(ZoneInfo(self.time_zone)).date() > self.ends_on

    @property
    def closes_at(self) -> datetime | None:
        """The midnight after the last day."""
        if self.ends_on is None:
            return None
        return datetime.combine(self.ends_on + timedelta(days=1), time(), ZoneInfo(self.time_zone)).astimezone(UTC)

    def at_mark(self, mark: str) -> Office | None:
        """The office that a character of the travelling state stands for."""
        return next((office for office in self.offices if office.mark == mark), None)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published version with its row numbers, as the store gives it."""

    campaign: Campaign
    campaign_id: int
    version_id: int


def pages(campaign: Campaign) -> tuple[tuple[Office, ...], ...]:
    """The offices as the keypad offers them: one page of up to seven, or pages of six."""
    return paged(campaign.offices)


def paged(offices: tuple[T, ...]) -> tuple[tuple[T, ...], ...]:
    """The same for whatever stands for offices in their order."""
    if len(offices) <= KEYED_OFFICES:
        return (offices,)
    size = KEYED_OFFICES - 1
    return tuple(offices[at : at + size] for at in range(0, len(offices), size))
