"""Turns: each is one short transaction that leaves the turn, moves its call and applies its notes.

A turn without notes takes two statements, a call's first one up to six. Whatever offices its notes name are found by
one more; then a planned leg takes five, an ended one up to five, an outcome up to four, a preference one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from app.domain.record import (
    Ending,
    LegEnded,
    LegPlanned,
    Note,
    OutcomeReported,
    Preferred,
    TurnRecord,
)
from app.domain.results import Outcome
from app.store.callbacks import apply_waiting
from app.store.calls import KnownCall, hold_call, move_call
from app.store.legs import end_leg, keep_outcome, plan_leg
from app.store.live_legs import count_live
from app.store.office_facts import count_dial, lock_offices, mark_could_not, mark_trouble
from app.store.plain import to_plain
from app.store.statements import insert_once
from app.store.supporters import count_call, note_try, prefer
from app.store.tables import calls, turns

_OfficeNote = LegPlanned | LegEnded | OutcomeReported


class OfficeFilled(Exception):
    """Another call took the last place at the office that this turn would dial: nothing was kept, decide again."""


def save_turn(connection: Connection, record: TurnRecord, *, admits: bool = False) -> str:
    """Keep a turn and give the answer to send; of a repeat nothing is kept, and the stored answer given.

    With `admits`, an office takes no more callers than the turn's notes allow; raises OfficeFilled, upon which the
    transaction must end without a commit.
    """
    if not _insert(connection, record):
        stored = stored_answer(connection, record.call_sid, record.turn)
        assert stored is not None
        return stored
    call, is_new = move_call(connection, record)
    if is_new:
        count_call(connection, call.supporter, record.language, record.at)
        hold_call(connection, record.call_sid)
    _apply_notes(connection, call, record, admits=admits)
    if is_new or any(isinstance(note, LegPlanned) for note in record.notes):
        apply_waiting(connection, call)
    return record.answer


def stored_answer(connection: Connection, call_sid: str, turn: int) -> str | None:
    """The TwiML that a turn was answered with, or None if it was never kept."""
    return connection.scalar(select(turns.c.answer).where(turns.c.call_sid == call_sid, turns.c.turn == turn))


def latest_state(connection: Connection, call_sid: str) -> str:
    """The sealed state that a call's latest answer carried, or empty for an unknown call."""
    return connection.scalar(select(calls.c.state).where(calls.c.call_sid == call_sid)) or ""


@dataclass(frozen=True, slots=True)
class _Saving:
    """What the notes of one turn are applied with."""

    connection: Connection
    call: KnownCall
    record: TurnRecord
    day: date
    offices: dict[str, int]
    admits: bool


def _insert(connection: Connection, record: TurnRecord) -> bool:
    values = {
        "call_sid": record.call_sid,
        "turn": record.turn,
        "step": record.step,
        "event": record.event,
        "at": record.at,
        "answer": record.answer,
        "speech_s": record.speech_s,
        "notes": [to_plain(note) for note in record.notes],
    }
    return insert_once(connection, turns, ("call_sid", "turn"), values)


def _apply_notes(connection: Connection, call: KnownCall, record: TurnRecord, *, admits: bool) -> None:
    named = _offices_of(record.notes)
    offices = lock_offices(connection, call.campaign_id, named) if named else {}
    saving = _Saving(connection, call, record, date.fromisoformat(record.day), offices, admits)
    for note in record.notes:
        match note:
            case LegPlanned():
                _plan(saving, note)
            case LegEnded():
                _end(saving, note)
            case OutcomeReported():
                _report(saving, note)
            case Preferred():
                prefer(connection, call.supporter, note.language, note.patient, record.at)
            case Ending():
                # The call's row has it already.
                pass


def _offices_of(notes: Iterable[Note]) -> set[str]:
    return {note.office for note in notes if isinstance(note, _OfficeNote)}


def _plan(saving: _Saving, note: LegPlanned) -> None:
    office_id, at = saving.offices[note.office], saving.record.at
    # The office's row is locked, so nobody else takes a place between this look and our commit.
    if saving.admits and note.most_live and count_live(saving.connection, office_id, at) >= note.most_live:
        raise OfficeFilled(note.office)
    plan_leg(saving.connection, saving.call, note, office_id, at, saving.day)
    count_dial(saving.connection, office_id, saving.day)
    note_try(saving.connection, saving.call.supporter, office_id, at)


def _end(saving: _Saving, note: LegEnded) -> None:
    office_id, at = saving.offices[note.office], saving.record.at
    end_leg(saving.connection, saving.call, note, office_id, at, saving.day)
    mark_trouble(saving.connection, office_id, at, note.cool_until, note.hide)


def _report(saving: _Saving, note: OutcomeReported) -> None:
    office_id, at = saving.offices[note.office], saving.record.at
    keep_outcome(saving.connection, saving.call, note, office_id, at, saving.day)
    if note.outcome is Outcome.UNREACHED:
        mark_could_not(saving.connection, office_id, at)
