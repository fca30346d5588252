"""The engine: a table of steps, and the pure function that takes a call one turn further."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.domain.calls import CallState
from app.domain.events import DialEnded, Event, Pressed, Silence, Spoke
from app.domain.picking import Scene
from app.domain.record import Ending, Note
from app.domain.results import EndReason
from app.domain.verbs import Dial, Gather, Say, Verb

MAX_TURNS = 80
"""Webhooks answered in one call before it is let go, whatever happens."""

LET_GO = "no_input"
"""The step in which a call that has used up its turns ends."""

HOME = "menu"
"""The step of a call whose own step is not in the table, or cannot be spoken again."""

_MAX_PASSES = 10

KEYS = "1234567890*#"
SILENCE, SPEECH, DIAL_ENDED, STARTED, OTHER = "silence", "speech", "dial_ended", "started", "other"


class FlowError(Exception):
    """The table is wrong: a step or a target that does not exist, or a loop without input."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a move led: the state at its new step, and what to record."""

    state: CallState
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """What an answer leads to; `targets` names every step it may lead to (empty: the same step)."""

    name: str
    run: Callable[[Scene, Event], Moved]
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A place in the flow: what is heard and what each answer leads to; or a choice that needs no input.

    A step with `ends` is the last of its call; `again` is the step that asks again, where this one has much to say.
    The keys of `on` are triggers: a text of telephone keys, or one of the words SILENCE, SPEECH, DIAL_ENDED, STARTED,
    OTHER.
    """

    hear: Callable[[Scene], tuple[Verb, ...]] | None = None
    on: Mapping[str, Move] | None = None
    choose: Move | None = None
    ends: EndReason | None = None
    again: str = ""


Flow = Mapping[str, Step]


@dataclass(frozen=True, slots=True)
class Turn:
    """One webhook decided: the next state, what to record, and the verbs to answer with."""

    state: CallState
    notes: tuple[Note, ...]
    verbs: tuple[Verb, ...]


def move_for(step: Step, event: Event) -> Move | None:
    """The move that a step makes on an event, or None if it expects none of this kind."""
    on = step.on or {}
    match event:
        case Pressed(key):
            named = next((move for keys, move in on.items() if key in keys and set(keys) <= set(KEYS)), None)
            return named or on.get(OTHER)
        case Spoke():
            return on.get(SPEECH) or on.get(OTHER)
        case Silence():
            return on.get(SILENCE)
        case DialEnded():
            return on.get(DIAL_ENDED)
        case _:
            return on.get(STARTED)


def number(state: CallState, *, is_lost: bool = False) -> int:
    """The number of the turn that goes on from a state."""
    # A turn that was lost may have been recorded under the next number, so this one takes the number after.
    return state.turn + (2 if is_lost else 1)


def advance(flow: Flow, scene: Scene, event: Event, aliases: Mapping[str, str] | None = None) -> Turn:
    """Take a call one turn further; an event that the step does not expect leads to its prompt again."""
    state = scene.state
    name = (aliases or {}).get(state.step, state.step)
    zeros = state.zeros if event == Pressed("0") else 0
    unheard = state.unheard if isinstance(event, Spoke) else 0
    state = replace(state, step=name if name in flow else HOME, zeros=zeros, unheard=unheard)
    scene = replace(scene, state=state)
    move = move_for(flow[state.step], event)
    # Asking again never dials again: what was expected of a dial may still come.
    moved = _run(flow, move, scene, event) if move else Moved(state.at(_to_repeat(flow, scene)))
    moved = _pass_through(flow, scene, moved, event)
    turn = number(state)
    if turn >= MAX_TURNS:
        moved = Moved(moved.state.at(LET_GO), moved.notes)
    return _speak(flow, replace(scene, state=replace(moved.state, turn=turn)), moved.notes)


def resume(flow: Flow, scene: Scene, *, in_full: bool = False) -> Turn:
    """Take a call further after the carrier could not use our last answer: ask again, never dial.

    With `in_full` all that the step says is said again, however much it is.
    """
    state = replace(scene.state, turn=number(scene.state, is_lost=True), zeros=0, unheard=0)
    if state.turn >= MAX_TURNS:
        return _speak(flow, replace(scene, state=state.at(LET_GO)), ())
    scene = replace(scene, state=state)
    state = state.at(_to_ask_again(flow, scene, in_full=in_full))
    return _speak(flow, replace(scene, state=state), ())


def _to_ask_again(flow: Flow, scene: Scene, *, in_full: bool) -> str:
    step = flow.get(scene.state.step)
    if step is None or step.ends:
        return HOME
    return (not in_full and step.again) or _to_repeat(flow, scene)


def _to_repeat(flow: Flow, scene: Scene) -> str:
    step = flow[scene.state.step]
    dials = step.hear is None or any(isinstance(verb, Dial) for verb in step.hear(scene))
    return HOME if dials else scene.state.step


def apologizing(turn: Turn, apology: Say) -> Turn:
    """The same turn with a sentence said before what it asks."""
    return replace(turn, verbs=tuple(_prefixed(verb, apology) for verb in turn.verbs))


def _prefixed(verb: Verb, apology: Say) -> Verb:
    return replace(verb, says=(apology, *verb.says)) if isinstance(verb, Gather) else verb


def _run(flow: Flow, move: Move, scene: Scene, event: Event) -> Moved:
    moved = move.run(scene, event)
    if moved.state.step not in (scene.state.step, *move.targets) or moved.state.step not in flow:
        raise FlowError(
            f"{scene.state.step!r} led to {moved.state.step!r} by {move.name!r}, which the table does not say."
        )
    return moved


def _pass_through(flow: Flow, scene: Scene, moved: Moved, event: Event) -> Moved:
    for _ in range(_MAX_PASSES):
        choice = flow[moved.state.step].choose
        if choice is None:
            return moved
        further = _run(flow, choice, replace(scene, state=moved.state), event)
        moved = Moved(further.state, moved.notes + further.notes)
    raise FlowError(f"The table runs in a circle at {moved.state.step!r}.")


def _speak(flow: Flow, scene: Scene, notes: tuple[Note, ...]) -> Turn:
    step = flow[scene.state.step]
    if step.hear is None:
        raise FlowError(f"The step {scene.state.step!r} has nothing to say.")
    ending = (Ending(step.ends),) if step.ends else ()
    return Turn(scene.state, notes + ending, step.hear(scene))
