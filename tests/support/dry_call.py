"""A call without a telephone: the flow's own functions, one event after the other."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Self

from app.domain.calls import CallState
from app.domain.campaigns import Campaign
from app.domain.events import DialEnded, Event, Pressed, Silence, Spoke, Started
from app.domain.picking import Advice, OfficeFacts, Scene
from app.domain.record import Note
from app.domain.results import LineResult
from app.domain.verbs import Dial, Gather, Hangup, Say, plain
from app.flow.engine import Turn, advance
from app.flow.patch_through import FLOW
from tests.support.campaigns import TUESDAY_10, campaign


class DryCall:
    """A call that goes on by events; `heard` is what the last turn says, `notes` all that it leaves in the record."""

    def __init__(
        self,
        of: Campaign | None = None,
        *,
        at: datetime = TUESDAY_10,
        advice: Advice | None = None,
        area_code: str = "",
        known: bool = True,
    ) -> None:
        of = of or campaign()
        state = CallState("screen", 1, of.languages[0], started=int(at.timestamp()))
        self.scene = Scene(state, of, at, advice or Advice(), area_code, known)
        self.notes: list[Note] = []
        self.turn = self._go(Started())

    def _go(self, event: Event) -> Turn:
        self.turn = advance(FLOW, self.scene, event)
        self.scene = replace(self.scene, state=self.turn.state)
        self.notes.extend(self.turn.notes)
        return self.turn

    def presses(self, keys: str) -> Self:
        for key in keys:
            self._go(Pressed(key))
        return self

    def says(self, text: str) -> Self:
        self._go(Spoke(text))
        return self

    def is_silent(self) -> Self:
        self._go(Silence())
        return self

    def office_is(self, result: LineResult, *, bridged: bool | None = None) -> Self:
        self._go(DialEnded(result, "CA1", 60 if result is LineResult.ANSWERED else None, bridged))
        return self

    def office_answers(self) -> Self:
        return self.office_is(LineResult.ANSWERED)

    def happens(self, event: Event) -> Self:
        self._go(event)
        return self

    def later(self, minutes: int) -> Self:
        self.scene = replace(self.scene, now=self.scene.now + timedelta(minutes=minutes))
        return self

    def knowing(self, **offices: OfficeFacts) -> Self:
        named: Mapping[str, OfficeFacts] = {name.replace("_", "-"): facts for name, facts in offices.items()}
        self.scene = replace(self.scene, advice=replace(self.scene.advice, offices=named))
        return self

    @property
    def says_(self) -> list[Say]:
        says: list[Say] = []
        for verb in self.turn.verbs:
            says.extend(verb.says if isinstance(verb, Gather) else [verb] if isinstance(verb, Say) else [])
        return says

    @property
    def heard(self) -> str:
        return " ".join(plain(say.speech) for say in self.says_)

    @property
    def step(self) -> str:
        return self.turn.state.step

    @property
    def dials(self) -> Dial | None:
        return next((verb for verb in self.turn.verbs if isinstance(verb, Dial)), None)

    @property
    def gathers(self) -> Gather:
        return next(verb for verb in self.turn.verbs if isinstance(verb, Gather))

    @property
    def is_over(self) -> bool:
        return isinstance(self.turn.verbs[-1], Hangup)
