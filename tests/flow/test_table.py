"""Rules that hold for every row of the table."""

from collections import deque
from dataclasses import replace

import pytest

from app.domain.calls import CallState
from app.domain.events import Pressed
from app.domain.picking import Scene
from app.domain.results import LineResult
from app.domain.verbs import Dial, Gather, Hangup
from app.flow.engine import HOME, KEYS, LET_GO, MAX_TURNS, FlowError, Move, Moved, Step, advance, move_for, resume
from app.flow.engine import apologizing as apologize
from app.flow.faults import apology
from app.flow.patch_through import ALIASES, FLOW
from tests.support.campaigns import CHRISTMAS, FRIDAY_16_15, TUESDAY_10, campaign, many_offices
from tests.support.dry_call import DryCall

WORLDS = [(campaign(), TUESDAY_10), (campaign(), FRIDAY_16_15), (campaign(), CHRISTMAS), (many_offices(40), TUESDAY_10)]


def state(step: str, **changes: int | str) -> CallState:
    return CallState(step, 1, "en", started=int(TUESDAY_10.timestamp()), turn=3).at(step, **changes)


def moves(step: Step) -> list[Move]:
    return [*(step.on or {}).values(), *([step.choose] if step.choose else [])]


def test_every_target_is_a_step() -> None:
    targets = {target for step in FLOW.values() for move in moves(step) for target in move.targets}
    assert targets | {LET_GO, HOME} | set(ALIASES.values()) <= set(FLOW)


def test_every_step_is_reachable() -> None:
    seen, queue = {"screen"}, deque(["screen"])
    while queue:
        for move in moves(FLOW[queue.popleft()]):
            new = set(move.targets) - seen
            seen |= new
            queue.extend(new)
    assert seen == set(FLOW)


def test_a_step_either_speaks_or_chooses() -> None:
    assert [name for name, step in FLOW.items() if (step.hear is None) == (step.choose is None)] == []


@pytest.mark.parametrize("name", [name for name, step in FLOW.items() if step.hear])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("attempt", [0, 1, 2])
def test_what_is_heard_ends_in_one_gather_dial_or_hangup(name: str, language: str, attempt: int) -> None:
    for whole, now in WORLDS:
        call = replace(state(name, office="3", offered="4", leg=3), attempt=attempt, language=language)
        hear = FLOW[name].hear
        assert hear is not None
        verbs = hear(Scene(call, whole, now))
        assert isinstance(verbs[-1], Gather | Dial | Hangup)
        controls = [verb for verb in verbs if isinstance(verb, Gather | Dial | Hangup)]
        lead_ins = [verb for verb in controls if isinstance(verb, Gather) and verb.falls_through]
        assert len(controls) - len(lead_ins) == 1
        # A gather that asks for no empty result must be followed by what happens then.
        assert verbs[-1] not in lead_ins
        assert (FLOW[name].ends is not None) == isinstance(verbs[-1], Hangup)


@pytest.mark.parametrize("name", [name for name, step in FLOW.items() if step.hear and not step.ends])
def test_every_key_leads_somewhere_wherever_keys_are_taken(name: str) -> None:
    takes_keys = name != "dialing"  # during a dial only the carrier's own star is taken
    missing = [key for key in KEYS if move_for(FLOW[name], Pressed(key)) is None]
    assert (missing == []) == takes_keys or (name == "connect" and missing == [])


@pytest.mark.parametrize("office", [*LineResult])
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("whole", [campaign(), campaign(languages=("en",)), many_offices(40)], ids=["7", "en", "40"])
def test_a_stuck_key_ends_the_call(key: str, office: LineResult, whole: object) -> None:
    call = DryCall(whole)  # type: ignore[arg-type]  # a campaign
    for _ in range(MAX_TURNS + 1):
        if call.is_over:
            return
        call.office_is(office) if call.step == "dialing" else call.presses(key)
    pytest.fail(f"{key} held down goes on for ever")


def test_a_call_is_let_go_after_its_turns() -> None:
    call = DryCall()
    while not call.is_over:
        call.presses("9")
    assert call.turn.state.turn == MAX_TURNS
    assert call.step == LET_GO


def test_a_move_to_where_the_table_does_not_say_is_an_error() -> None:
    astray = Move("astray", lambda scene, event: Moved(scene.state.at("menu")))
    flow = {**FLOW, "welcome": Step(FLOW["welcome"].hear, {"#": astray})}
    with pytest.raises(FlowError, match="table does not say"):
        advance(flow, Scene(state("welcome"), campaign(), TUESDAY_10), Pressed("#"))


def test_a_table_without_words_or_without_an_end_is_an_error() -> None:
    scene = Scene(state("circle"), campaign(), TUESDAY_10)
    stay = {"1": Move("stay", lambda scene, event: Moved(scene.state))}
    circle = Step(choose=Move("round", lambda scene, event: Moved(scene.state.at("circle")), ("circle",)))
    with pytest.raises(FlowError, match="circle"):
        advance({"circle": replace(circle, on=stay)}, scene, Pressed("1"))
    with pytest.raises(FlowError, match="nothing to say"):
        advance({"circle": Step(on=stay)}, scene, Pressed("1"))


def test_a_renamed_step_is_found_by_its_old_name() -> None:
    from app.domain.events import Silence

    old = Scene(state("once_menu"), campaign(), TUESDAY_10)
    assert advance(FLOW, old, Silence(), {"once_menu": "next"}).state.step == "next"


@pytest.mark.parametrize("name", list(FLOW))
def test_a_lost_answer_never_dials_and_takes_a_number_of_its_own(name: str) -> None:
    scene = Scene(state(name, office="3", offered="4", leg=3), campaign(), TUESDAY_10)
    turn = apologize(resume(FLOW, scene), apology(scene))
    assert turn.state.turn == 5
    assert isinstance(turn.verbs[-1], Gather)
    assert turn.verbs[-1].says[0] == apology(scene)


def test_a_call_that_loses_answers_for_ever_is_let_go() -> None:
    scene = Scene(replace(state("menu"), turn=MAX_TURNS - 1), campaign(), TUESDAY_10)
    turn = apologize(resume(FLOW, scene), apology(scene))
    assert isinstance(turn.verbs[-1], Hangup)


def test_a_lost_step_of_another_release_goes_on_at_the_menu() -> None:
    scene = Scene(state("unheard_of"), campaign(), TUESDAY_10)
    assert resume(FLOW, scene).state.step == HOME
