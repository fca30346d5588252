"""One made-up call, from its beginning to its end, as records in the order in which they are kept."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

from app.domain.calls import CallState
from app.domain.events import DialEnded, Event, Started
from app.domain.record import CallStatusRecord, LegStatusRecord, TurnRecord
from app.domain.results import STATUS_OF_RESULT, LineResult, Status
from app.services.demo_data.plays import Opening, Past, Plays, alike
from app.services.demo_data.supporters import Supporter, act

Kept = TurnRecord | CallStatusRecord | LegStatusRecord


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a call, as the record keeps them, and what is remembered of them."""

    who: Supporter
    pseudonym: str
    past: Past | None


@dataclass(slots=True)
class _Call:
    """A call that goes on until its supporter hangs up, or we do."""

    plays: Plays
    draw: Random
    call_sid: str
    caller: Caller
    begun: datetime
    at: datetime
    dials: int = 0
    summary_s: int = 0
    kept: list[Kept] = field(default_factory=list)


def call_id(seed: str, number: int) -> str:
    """The id of one call of a history, the same each time."""
    return "CA" + sha256(f"{seed} {number}".encode()).hexdigest()[:32]


def play(plays: Plays, state: CallState, call_sid: str, caller: Caller, begun: datetime, draw: Random) -> list[Kept]:
    """All that a call leaves in the record."""
    call = _Call(plays, draw, call_sid, caller, begun, begun)
    opening = Opening(caller.who.area_code if caller.pseudonym else "", bool(caller.pseudonym), caller.past)
    event: Event | None = Started()
    while event is not None:
        heard = plays.turn(opening, state, alike(event), call.at, begun)
        turn = plays.follow(heard, (opening, replace(state, summary_s=call.summary_s), event), call.at, begun)
        call.kept.append(plays.record(heard, turn, call_sid, caller.pseudonym, event, call.at))
        # Times differ from call to call; what is asked of the flow must not.
        state, call.summary_s = heard.turn.state, turn.state.summary_s
        dial_call_sid = call_id(call_sid, call.dials)
        does = act(draw, caller.who, heard.turn, call.dials, dial_call_sid)
        began, call.at = call.at, call.at + timedelta(seconds=does.after_s)
        event = does.event
        if isinstance(event, DialEnded):
            call.dials += 1
            _report_leg(call, state.leg, event, began)
    lasted_s = int((call.at - begun).total_seconds())
    call.kept.append(CallStatusRecord(call_sid, "completed", call.at, 0, lasted_s))
    return call.kept


def _report_leg(call: _Call, leg: int, dial: DialEnded, began: datetime) -> None:
    """What the carrier reports of an office call: that it was answered, and that it is over."""
    if dial.result is LineResult.ANSWERED:
        answered_at = call.at - timedelta(seconds=dial.duration_s or 0)
        answered = LegStatusRecord(call.call_sid, leg, dial.dial_call_sid, Status.IN_PROGRESS.value, answered_at, 0)
        call.kept.append(answered)
    status = STATUS_OF_RESULT[dial.result].value
    call.kept.append(LegStatusRecord(call.call_sid, leg, dial.dial_call_sid, status, call.at, 1, dial.duration_s))
