"""What the record would know after a turn, so that the next one is decided as in a real call."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from app.domain.picking import Advice, OfficeFacts, Scene
from app.domain.record import LegEnded, LegPlanned, Note, OutcomeReported
from app.domain.results import LineResult, Outcome


def remember(scene: Scene, notes: tuple[Note, ...]) -> Advice:
    """The advice of a scene with what a turn leaves in the record (as `store.turns` keeps it, for one caller)."""
    known = dict(scene.advice.offices)
    for note in notes:
        keep = _KEEP.get(type(note))
        if keep:
            known[note.office] = keep(scene, known.get(note.office, OfficeFacts()), note)  # type: ignore[union-attr]  # notes in _KEEP are about an office
    return replace(scene.advice, offices=known)


def _planned(scene: Scene, facts: OfficeFacts, note: LegPlanned) -> OfficeFacts:
    dials = facts.dials_on_day if facts.day == scene.today else 0
    return replace(facts, live_legs=1, day=scene.today, dials_on_day=dials + 1, my_tried_at=scene.now)


def _ended(scene: Scene, facts: OfficeFacts, note: LegEnded) -> OfficeFacts:
    hidden = facts.hidden or note.hide
    facts = replace(facts, live_legs=0, cooled_until=note.cool_until or facts.cooled_until, hidden=hidden)
    if note.result is not LineResult.ANSWERED:
        return facts
    bridges = facts.my_bridges_on_day if facts.my_day == scene.today else 0
    return replace(facts, hidden=False, my_reached=True, my_day=scene.today, my_bridges_on_day=bridges + 1)


def _reported(scene: Scene, facts: OfficeFacts, note: OutcomeReported) -> OfficeFacts:
    facts = replace(facts, my_reached=note.reached)
    if note.outcome is not Outcome.UNREACHED:
        return facts
    return replace(facts, could_not_at=(scene.now, *facts.could_not_at)[:2])


_KEEP: Mapping[type[Note], Callable[[Scene, OfficeFacts, Any], OfficeFacts]] = MappingProxyType(
    {LegPlanned: _planned, LegEnded: _ended, OutcomeReported: _reported}
)
