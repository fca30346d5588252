"""Turns: each is one short transaction that leaves the turn, moves its call and applies its notes.

It takes one statement, and one more if the notes name a leg.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, select

from app.domain.record import Ending, LegEnded, LegPlanned, OutcomeReported, Preferred, SummaryHeard, TurnRecord
from app.domain.results import Status
from app.store.callbacks import apply_waiting
from app.store.calls import KnownCall, find_call
from app.store.database import Connection
from app.store.leg_changes import LegChange
from app.store.legs import find_leg, leg_row
from app.store.plain import to_plain
from app.store.tables import turns
from app.store.writes import TurnTaken, Write, write

_LegNote = LegPlanned | LegEnded | OutcomeReported

_ANSWER = select(turns.c.answer).where(turns.c.call_sid == bindparam("call_sid"), turns.c.turn == bindparam("turn"))


def save_turn(connection: Connection, record: TurnRecord, *, settles: bool = False) -> str:
    """Keep a turn that was just decided, and give its answer; raises DecideAgain.

    `settles` also applies what the carrier reported of the call before this turn, its first.
    """
    write(connection, list(_rows(connection, record, is_new=True, settles=settles)))
    if settles:
        apply_waiting(connection, record.call_sid)
    return record.answer


def replay_turn(connection: Connection, record: TurnRecord) -> str:
    """Keep a turn that was answered some time ago; of a repeat nothing is kept, and the stored answer given."""
    stored = stored_answer(connection, record.call_sid, record.turn)
    if stored is None:
        try:
            with connection.begin_nested():
                write(connection, list(_rows(connection, record, is_new=False, settles=True)))
        except TurnTaken:
            stored = stored_answer(connection, record.call_sid, record.turn)
    if stored is not None:
        return stored
    apply_waiting(connection, record.call_sid)
    return record.answer


def stored_answer(connection: Connection, call_sid: str, turn: int) -> str | None:
    """The TwiML that a turn was answered with, or None if it was never kept."""
    return connection.scalar(_ANSWER, {"call_sid": call_sid, "turn": turn})


def _rows(connection: Connection, record: TurnRecord, *, is_new: bool, settles: bool) -> Iterator[Write]:
    legs = _legs(connection, record, is_new=is_new)
    yield _turn_row(record, settles=settles)
    for note in record.notes:
        if isinstance(note, Preferred):
            values = {"campaign_id": record.campaign_id, "pseudonym": record.pseudonym or None, "at": record.at}
            yield Write("preference", {**values, "language": note.language, "patient": note.patient})
    # In one order, so that two calls never wait for each other's offices.
    for leg in sorted(legs, key=lambda leg: leg.office):
        yield leg_row(leg if is_new else replace(leg, most_live=0), record, record.at)


def _legs(connection: Connection, record: TurnRecord, *, is_new: bool) -> list[LegChange]:
    """The legs that the notes name, as they become."""
    notes = [note for note in record.notes if isinstance(note, _LegNote)]
    call, legs = _known(connection, record, notes, is_new=is_new)
    for note in notes:
        leg = legs.get(note.leg) or LegChange(note.leg, note.office, date.fromisoformat(record.day))
        legs[note.leg] = _noted(leg, note, record)
    if call and call.ended_at:
        # The caller hung up before this turn came.
        return [leg.closed(call.ended_at) for leg in legs.values()]
    return list(legs.values())


def _known(
    connection: Connection, record: TurnRecord, notes: Sequence[_LegNote], *, is_new: bool
) -> tuple[KnownCall | None, dict[int, LegChange]]:
    """The call and the legs that the notes name, as far as they have rows, locked."""
    call, legs = None, dict[int, LegChange]()
    # A leg that is only just announced has none, unless the turn comes from the journal.
    for number in sorted({note.leg for note in notes if not (is_new and isinstance(note, LegPlanned))}):
        if found := find_leg(connection, record.call_sid, number):
            call, legs[number] = found
    return call or (find_call(connection, record.call_sid) if notes else None), legs


def _noted(leg: LegChange, note: _LegNote, record: TurnRecord) -> LegChange:
    match note:
        case LegPlanned():
            return leg.planned(note, record.at, date.fromisoformat(record.day))
        case LegEnded():
            return leg.ended(note, record.at)
        case OutcomeReported():
            return leg.told(note)


def _turn_row(record: TurnRecord, *, settles: bool) -> Write:
    values = {
        "call_sid": record.call_sid,
        "turn": record.turn,
        "step": record.step,
        "event": record.event,
        "at": record.at,
        "answer": record.answer,
        "speech_s": record.speech_s,
        "summary_s": record.summary_s,
        "heard_s": next((note.second for note in record.notes if isinstance(note, SummaryHeard)), None),
        "notes": [to_plain(note) for note in record.notes],
        "campaign_id": record.campaign_id,
        "version_id": record.version_id,
        "pseudonym": record.pseudonym or None,
        "called": record.called,
        "direction": record.direction,
        "language": record.language,
        "day": date.fromisoformat(record.day),
        "hour": record.hour,
        "status": Status.IN_PROGRESS,
        "end_reason": next((note.reason for note in record.notes if isinstance(note, Ending)), None),
        "state": record.state,
        "is_test": record.is_test,
        "settles": settles,
    }
    return Write("turn", values)
