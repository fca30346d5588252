"""When a caller has heard the summary: told by what comes next, and by when it comes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.calls import LONGEST_CALL, CallState
from app.domain.campaigns import Campaign, CampaignStatus
from app.domain.events import Event, Lost, Pressed, Silence, Started
from app.domain.picking import Advice, Memory, Scene
from app.domain.record import SummaryHeard
from app.domain.speaking import seconds_of, seconds_spoken
from app.flow.engine import Turn, advance
from app.flow.patch_through import FLOW
from app.flow.steps import menus
from app.flow.summary import HEARD, WITH_SUMMARY, follow_summary, seconds_to_summary
from tests.support.campaigns import TUESDAY_10, campaign

NEW = Memory("en", patient=False)


class Listened:
    """A call as `take_turn` takes it; `heard` are the seconds by which the summary was."""

    def __init__(self, advice: Advice | None = None, of: Campaign | None = None) -> None:
        state = CallState("screen", 1, "en", started=int(TUESDAY_10.timestamp()))
        self.scene = Scene(state, of or campaign(), TUESDAY_10, advice or Advice())
        self.heard: list[int] = []
        self.turn = self.then(0, Started())

    def then(self, at_s: float, event: Event) -> Turn:
        self.scene = replace(self.scene, now=TUESDAY_10 + timedelta(seconds=at_s))
        turn = advance(FLOW, self.scene, event)
        self.turn = follow_summary(self.scene, event, turn, seconds_to_summary(self.scene, turn))
        self.scene = replace(self.scene, state=self.turn.state)
        self.heard += [note.second for note in self.turn.notes if isinstance(note, SummaryHeard)]
        return self.turn


def test_each_step_that_speaks_the_summary_is_known() -> None:
    scene = Listened().scene
    wanted = menus.summary(scene)[0]
    speaking = [
        name
        for name, step in FLOW.items()
        if step.hear and any(wanted in getattr(verb, "says", ()) for verb in step.hear(at(scene, name)))
    ]
    assert tuple(speaking) == WITH_SUMMARY


def at(scene: Scene, step: str) -> Scene:
    return replace(scene, state=replace(scene.state, step=step, office="1", offered="1"))


def test_nine_tenths_of_it_are_enough_and_a_key_before_that_is_not() -> None:
    call = Listened()
    greeting, summary = (
        sum(seconds_of(say.speech) for say in part(call.scene)) for part in (menus.greeting, menus.summary)
    )
    enough = call.scene.state.summary_s
    assert greeting + 0.9 * summary <= enough < greeting + 0.9 * summary + 1
    assert enough < seconds_spoken(call.turn.verbs), "the list of offices comes after it"
    call.then(enough - 1, Pressed("8"))
    assert call.heard == []
    assert call.scene.state.summary_s == 0, "the script does not speak it"


def test_it_is_told_once_by_the_second_at_which_it_was_heard() -> None:
    call = Listened()
    enough = call.scene.state.summary_s
    call.then(enough + 20, Silence())
    assert call.heard == [enough]
    call.then(enough + 30, Pressed("0"))
    call.then(enough + 90, Pressed("0"))
    assert (call.heard, call.scene.state.summary_s) == ([enough], HEARD)


def test_who_interrupts_it_and_asks_for_it_again_hears_it_then() -> None:
    call = Listened()
    call.then(4, Pressed("0"))
    assert call.turn.state.step == "summary"
    enough = call.scene.state.summary_s
    call.then(enough, Pressed("#"))
    assert call.heard == [enough]


@pytest.mark.parametrize("event", [Lost(), Lost(unplayed=True)])
def test_what_the_carrier_could_not_use_was_not_heard(event: Event) -> None:
    call = Listened()
    call.then(120, event)
    assert call.heard == []


def test_a_caller_who_heard_it_before_has_heard_it_unless_they_are_turned_away() -> None:
    knows = Advice(memory=replace(NEW, has_heard_summary=True))
    assert Listened(knows).heard == [0]
    assert Listened(Advice(memory=NEW)).heard == []
    assert Listened(replace(knows, status=CampaignStatus.PAUSED)).heard == []


@pytest.mark.parametrize("jump", [-LONGEST_CALL, timedelta(days=30_000)])
def test_a_clock_that_jumps_leaves_numbers_that_the_record_can_hold(jump: timedelta) -> None:
    call = Listened()
    call.then(jump.total_seconds(), Pressed("0"))
    assert 0 <= call.scene.state.summary_s <= 2 * LONGEST_CALL.total_seconds() or call.heard


def test_in_a_campaign_whose_summary_is_nothing_it_is_heard_at_once() -> None:
    of = campaign()
    nothing = replace(of, greeting={"en": ""}, summary={"en": ""}, languages=("en",))
    assert Listened(of=nothing).scene.state.summary_s == 1


def test_while_a_question_is_asked_again_nothing_is_waited_for() -> None:
    scene = Listened().scene
    asked_again = Turn(replace(scene.state, step="summary"), (), ())
    assert seconds_to_summary(scene, asked_again) == 0
