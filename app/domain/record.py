"""What a turn or a callback leaves in the record: frozen, and made of plain values so that a journal can hold it."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.results import LineResult, Outcome


@dataclass(frozen=True, slots=True)
class LegPlanned:
    """An office is announced and will be dialed; `reasons` say why # led to it and are empty if the caller chose it.

    The office may have `most_live` callers at once, this one included; 0 does not bound them.
    """

    leg: int
    office: str
    number: str
    reasons: tuple[str, ...] = ()
    most_live: int = 0


@dataclass(frozen=True, slots=True)
class LegEnded:
    """A dial is over. `cool_until` keeps # from a busy office; `hide` takes a failed one off # until it is checked."""

    leg: int
    office: str
    result: LineResult
    dial_call_sid: str = ""
    duration_s: int | None = None
    bridged: bool = False
    cool_until: datetime | None = None
    hide: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeReported:
    """The caller said how an answered leg went; `reached` is whether the supporter has reached the office by now."""

    leg: int
    office: str
    outcome: Outcome
    reached: bool


@dataclass(frozen=True, slots=True)
class Preferred:
    """The supporter chose a language or patient mode, to be remembered for the next call."""

    language: str
    patient: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """We are ending the call, for a reason of `EndReason`."""

    reason: str


@dataclass(frozen=True, slots=True)
class SummaryHeard:
    """The caller has heard the summary: by this second of the call, or in a call before, if it is 0."""

    second: int


Note = LegPlanned | LegEnded | OutcomeReported | Preferred | Ending | SummaryHeard


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One webhook answered: who and where, what happened, and the answer, kept so that a repeat gets the same bytes.

    `at` is UTC; `day` is that moment's day in the campaign's zone; `pseudonym` is empty for a withheld caller ID;
    `state` is the sealed state that the answer carries; `is_test` marks a simulated call; `hour` is that of the moment
    in the campaign's zone, and `speech_s` how long the answer speaks. `summary_s` is the second of the call by which
    the summary that the answer speaks will have been heard, and 0 if it speaks none. Releases before wrote none of the
    three to their journals.
    """

    call_sid: str
    turn: int
    at: datetime
    day: str
    campaign_id: int
    version_id: int
    called: str
    direction: str
    pseudonym: str
    language: str
    patient: bool
    step: str
    event: str
    state: str
    answer: str
    notes: tuple[Note, ...] = ()
    is_test: bool = False
    hour: int | None = None
    speech_s: int | None = None
    summary_s: int | None = None


@dataclass(frozen=True, slots=True)
class CallStatusRecord:
    """A status callback of a call (the caller's leg)."""

    call_sid: str
    status: str
    at: datetime
    sequence: int | None = None
    duration_s: int | None = None


@dataclass(frozen=True, slots=True)
class LegStatusRecord:
    """A status callback of an office leg, which `leg` names by the turn that announced it."""

    call_sid: str
    leg: int
    dial_call_sid: str
    status: str
    at: datetime
    sequence: int | None = None
    duration_s: int | None = None
