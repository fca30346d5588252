"""What the flow makes of what a made-up supporter does. It is asked once for all calls that go the same way.

Asking it anew for each call would take longer than keeping the call does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.calls import CallState, seal
from app.domain.campaigns import Snapshot
from app.domain.events import DialEnded, Event, describe
from app.domain.hours import is_open
from app.domain.picking import Advice, Memory, OfficeFacts, Scene
from app.domain.record import LegEnded, LegPlanned, Note, OutcomeReported, Preferred, SummaryHeard, TurnRecord
from app.domain.results import LineResult
from app.domain.speaking import seconds_spoken
from app.flow.engine import Turn, advance
from app.flow.patch_through import FLOW
from app.flow.summary import follow_summary, seconds_to_summary
from app.services.hotline import VOICES, Hotline
from app.telephony.twiml import render

# They stand in an answer for what differs from call to call.
_CALL, _STATE = "CALL-OF-THE-DEMO", "STATE-OF-THE-DEMO"

# A few kilobytes each.
_MOST_HEARD = 20_000


@dataclass(frozen=True, slots=True)
class Opening:
    """All that the flow knows of a call at its beginning."""

    area_code: str
    known: bool
    past: "Past | None"


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a supporter from earlier calls: how they like it, the offices they tried, and those reached."""

    memory: Memory
    tried: frozenset[str] = frozenset()
    reached: frozenset[str] = frozenset()

    def advice(self, now: datetime) -> Advice:
        """The same as the flow is advised; their earlier calls were not on the same day."""
        before = now - timedelta(days=1)
        facts = {office: OfficeFacts(my_tried_at=before, my_reached=office in self.reached) for office in self.tried}
        return Advice(memory=self.memory, offices=facts)

    def after(self, notes: Iterable[Note]) -> "Past":
        """The same after a call that left these notes."""
        memory, tried, reached = self.memory, set(self.tried), set(self.reached)
        for note in notes:
            match note:
                case Preferred():
                    memory = replace(memory, language=note.language, patient=note.patient)
                case SummaryHeard() | LegPlanned():
                    memory = replace(memory, has_heard_summary=True)
                case LegEnded() if note.result is not LineResult.CANCELED:
                    tried.add(note.office)
                case OutcomeReported() if note.reached:
                    reached.add(note.office)
        return Past(memory, frozenset(tried), frozenset(reached))


_Met = tuple[Opening, CallState, Event]
"""What the flow goes by: how a call opened, where it stands, and what happens in it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn as the flow decided it at a moment, with its answer but for what is one call's own."""

    turn: Turn
    at: datetime
    answer: str
    speech_s: int
    to_summary_s: int


class Plays:
    """The turns of one version of a campaign, as far as calls led to them."""

    def __init__(self, hotline: Hotline, snapshot: Snapshot, called: str) -> None:
        """Take the hotline whose answers these are, and the number that is called."""
        self._hotline, self._snapshot, self._called = hotline, snapshot, called
        self._zone = ZoneInfo(snapshot.campaign.time_zone)
        self._hour: datetime | None = None
        self._while_open: dict[_Met, Heard] = {}
        self._heard = self._while_open

    def turn(self, opening: Opening, before: CallState, event: Event, at: datetime, begun: datetime) -> Heard:
        """The turn to which an event leads in a call that began at a moment."""
        self._turn_to(begun)
        met = (opening, before, event)
        found = self._heard.get(met)
        if found is None:
            found = self._heard[met] = self._decide(met, at, begun)
        return found

    def _turn_to(self, begun: datetime) -> None:
        hour = begun.replace(minute=0, second=0, microsecond=0)
        if len(self._heard) > _MOST_HEARD:
            self._heard.clear()
        if hour == self._hour:
            return
        self._hour = hour
        # How a closed office is spoken of depends on the hour; as long as all are open, one hour is like the other.
        around = (hour, hour + timedelta(hours=2))
        all_open = all(is_open(each.calendar, at) for each in self._snapshot.campaign.offices for at in around)
        self._heard = self._while_open if all_open else {}

    def _decide(self, met: _Met, at: datetime, begun: datetime) -> Heard:
        opening, before, event = met
        advice = opening.past.advice(at) if opening.past else Advice()
        before = replace(before, started=int(begun.timestamp()))
        scene = Scene(before, self._snapshot.campaign, at, advice, opening.area_code, opening.known)
        turn = advance(FLOW, scene, event)
        answer = render(turn.verbs, self._hotline.urls(_CALL, turn.state.leg, _STATE), VOICES, self._called)
        alike = replace(turn, state=replace(turn.state, started=0))
        return Heard(alike, at, answer, seconds_spoken(turn.verbs), seconds_to_summary(scene, turn))

    def follow(self, heard: Heard, met: _Met, at: datetime, begun: datetime) -> Turn:
        """A turn as it goes in one call, whose times are its own."""
        opening, before, event = met
        advice, started = Advice(memory=opening.past.memory if opening.past else None), int(begun.timestamp())
        scene = Scene(replace(before, started=started), self._snapshot.campaign, at, advice)
        turn = replace(heard.turn, state=replace(heard.turn.state, started=started))
        return follow_summary(scene, event, turn, heard.to_summary_s)

    def record(self, heard: Heard, turn: Turn, call_sid: str, pseudonym: str, event: Event, at: datetime) -> TurnRecord:
        """The turn as one call leaves it in the record."""
        state, local = turn.state, at.astimezone(self._zone)
        sealed = seal(state, call_sid, self._hotline.state_key)
        return TurnRecord(
            call_sid=call_sid,
            turn=state.turn,
            at=at,
            day=local.date().isoformat(),
            campaign_id=self._snapshot.campaign_id,
            version_id=self._snapshot.version_id,
            called=self._called,
            direction="inbound",
            pseudonym=pseudonym,
            language=state.language,
            patient=bool(state.patient),
            step=state.step,
            event=describe(event),
            state=sealed,
            answer=heard.answer.replace(_STATE, sealed).replace(_CALL, call_sid),
            notes=tuple(_of_call(note, event, at - heard.at) for note in turn.notes),
            is_test=True,
            hour=local.hour,
            speech_s=heard.speech_s,
            summary_s=max(state.summary_s, 0),
        )


def alike(event: Event) -> Event:
    """The event as far as the flow goes by it: what differs from one dial to the next only stands in the record."""
    return replace(event, dial_call_sid="", duration_s=None) if isinstance(event, DialEnded) else event


def _of_call(note: Note, event: Event, later: timedelta) -> Note:
    if not isinstance(note, LegEnded):
        return note
    if isinstance(event, DialEnded):
        note = replace(note, dial_call_sid=event.dial_call_sid, duration_s=event.duration_s)
    # Somebody has looked into each failure since: the history must not hide an office from whoever calls next.
    return replace(note, hide=False, cool_until=note.cool_until and note.cool_until + later)
