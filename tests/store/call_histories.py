"""Histories of calls for the tests of the log: any calls at all, kept by the real recording code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import strategies as st

from app.domain.record import (
    CallStatusRecord,
    Ending,
    LegEnded,
    LegPlanned,
    LegStatusRecord,
    Note,
    OutcomeReported,
    SummaryHeard,
)
from app.domain.results import LineResult, Outcome
from app.store.database import Database
from tests.store.making import ANNA, BERT, OFFICES, after, keep, save, turn

_DAY_S = 86400
# The carrier never tells that it was answered, only that it was over.
_UNTOLD_TALK_S = 44


@dataclass(frozen=True)
class MadeLeg:
    """An office call as a history has it."""

    office: str
    result: LineResult | None
    talk_s: int
    outcome: Outcome | None


@dataclass(frozen=True)
class MadeCall:
    """A call as a history has it; `end_s` is None while it goes on.

    `summary` is, turn by turn, the second by which a summary will have been heard, and None of an earlier release;
    `heard` is in which turn it was found to have been heard.
    """

    started_s: int
    pseudonym: str
    language: str
    direction: str
    is_test: bool
    legs: Sequence[MadeLeg]
    end: str | None
    end_s: int | None
    summary: Sequence[int] | None = None
    heard: int | None = None


_LEGS = st.builds(
    MadeLeg,
    office=st.sampled_from(sorted(OFFICES)),
    result=st.one_of(st.none(), st.sampled_from([*LineResult, LineResult.ANSWERED, LineResult.ANSWERED])),
    talk_s=st.sampled_from([3, 5, 6, 44, 45, 200]),
    outcome=st.one_of(st.none(), st.sampled_from(Outcome)),
)
CALLS = st.builds(
    MadeCall,
    started_s=st.integers(0, 6).map(lambda n: n * 15_000) | st.integers(0, 3 * _DAY_S),
    pseudonym=st.sampled_from([ANNA, BERT, ""]),
    language=st.sampled_from(["en", "es"]),
    direction=st.sampled_from(["inbound", "outbound"]),
    is_test=st.sampled_from([False, False, True]),
    legs=st.lists(_LEGS, max_size=3),
    end=st.sampled_from([None, "goodbye", "wrong-keys", "system-fault", "blocked"]),
    end_s=st.sampled_from([None, 2, 20, 40, 400]),
    summary=st.none() | st.lists(st.sampled_from([0, 15, 30]), min_size=9, max_size=9),
    heard=st.none() | st.integers(0, 3),
)
OF_EARLIER_RELEASE = CALLS.map(lambda call: replace(call, summary=None, heard=None))


def keep_history(database: Database, history: Sequence[MadeCall], prefix: str = "CA") -> None:
    """Keeps each call turn by turn, as webhooks and callbacks bring it."""
    for number, call in enumerate(history):
        sid = f"{prefix}{number}"
        notes: list[tuple[Note, ...]] = [()]
        answered = set()
        for leg in call.legs:
            if leg.result is LineResult.ANSWERED and leg.talk_s != _UNTOLD_TALK_S:
                answered.add(len(notes))
            notes += _turns(leg, len(notes) + 1)
        if call.end:
            notes.append((Ending(call.end),))
        if call.summary and call.heard is not None and call.heard < len(notes):
            notes[call.heard] = (*notes[call.heard], SummaryHeard(5 * call.heard))
        for at, of_turn in enumerate(notes):
            moment = after(call.started_s + 10 * at)
            local = moment - timedelta(hours=6)
            made = turn(at + 1, *of_turn, call_sid=sid, language=call.language, pseudonym=call.pseudonym)
            made = replace(made, at=moment, day=local.date().isoformat(), hour=local.hour, speech_s=7 * at % 30)
            made = replace(made, summary_s=call.summary[at % 9] if call.summary else None)
            save(database, replace(made, is_test=call.is_test, direction=call.direction))
            if at in answered:
                keep(
                    database, LegStatusRecord(sid, at + 1, f"{sid}-{at}", "in-progress", moment + timedelta(seconds=4))
                )
        if call.end_s is not None:
            over = after(call.started_s + call.end_s)
            keep(database, CallStatusRecord(sid, "completed", over, 1, call.end_s))


def _turns(leg: MadeLeg, number: int) -> list[tuple[Note, ...]]:
    turns: list[tuple[Note, ...]] = [(LegPlanned(number, leg.office, "+16082645338"),)]
    if leg.result is None:
        return turns
    is_answered = leg.result is LineResult.ANSWERED
    talk_s = leg.talk_s if is_answered else None
    turns.append((LegEnded(number, leg.office, leg.result, duration_s=talk_s, bridged=is_answered),))
    if is_answered and leg.outcome:
        reached = leg.outcome is not Outcome.UNREACHED
        turns.append((OutcomeReported(number, leg.office, leg.outcome, reached),))
    return turns
