"""When a caller has heard the summary: nine tenths of it were spoken to them, or they had heard it in a call before.

The carrier does not tell how much of an answer was played. What comes next tells it: a key, a silence or the hanging up
comes so many seconds after the answer began, and how long its words take is estimated (app/domain/speaking.py).
"""

from dataclasses import replace
from math import ceil

from app.domain.calls import LONGEST_CALL
from app.domain.events import Event, Lost
from app.domain.picking import Scene
from app.domain.record import Ending, SummaryHeard
from app.domain.speaking import seconds_of
from app.domain.verbs import Gather
from app.flow.engine import Turn
from app.flow.steps.menus import summary

WITH_SUMMARY = ("welcome", "summary")
"""The steps in which the summary is heard."""

HEARD = -1
"""In `CallState.summary_s`: it has been heard, so nobody needs to ask any more."""

_ENOUGH = 0.9
_LONGEST_S = int(LONGEST_CALL.total_seconds())


def follow_summary(scene: Scene, event: Event, turn: Turn, spoken_s: int) -> Turn:
    """A turn with what it tells of the summary: whether it has been heard by now, and else by when it will have been.

    `spoken_s` is what `seconds_to_summary` says of the turn.
    """
    before, after = scene.state, turn.state
    now_s = min(max(int(scene.now.timestamp()) - before.started, 0), _LONGEST_S)
    heard_s = _heard_s(scene, event, turn, now_s)
    if heard_s is not None:
        heard = SummaryHeard(heard_s)
        return replace(turn, state=replace(after, summary_s=HEARD), notes=(*turn.notes, heard))
    if before.summary_s == HEARD:
        return turn
    return replace(turn, state=replace(after, summary_s=now_s + spoken_s if spoken_s else 0))


def _heard_s(scene: Scene, event: Event, turn: Turn, now_s: int) -> int | None:
    state, memory = scene.state, scene.advice.memory
    if state.turn == 0 and memory and memory.has_heard_summary:
        # Whoever is turned away was not even greeted.
        return None if any(isinstance(note, Ending) for note in turn.notes) else 0
    # An answer that the carrier could not use was not heard.
    is_through = 0 < state.summary_s <= now_s and not isinstance(event, Lost)
    return state.summary_s if is_through else None


def seconds_to_summary(scene: Scene, turn: Turn) -> int:
    """Seconds into a turn's answer until nine tenths of the summary are spoken; 0 if it does not speak it."""
    if turn.state.step not in WITH_SUMMARY:
        return 0
    wanted = summary(replace(scene, state=turn.state))[0]
    passed = 0.0
    for say in (say for verb in turn.verbs if isinstance(verb, Gather) for say in verb.says):
        if say == wanted:
            return max(ceil(passed + _ENOUGH * seconds_of(say.speech)), 1)
        passed += seconds_of(say.speech)
    return 0
