"""What each key leads to, in words: every key is tried on the flow itself, so that no label can be wrong."""

from collections.abc import Iterator

from app.domain.events import Event, Pressed
from app.domain.picking import Scene
from app.domain.record import OutcomeReported
from app.flow.engine import OTHER, Turn, advance, move_for
from app.flow.hearing import in_hand
from app.flow.patch_through import FLOW
from app.services.call_words import MENU_WORDS, result_words
from app.services.preview.walk import KEYS

NOT_USED = "Not used here"


def key_labels(scene: Scene) -> Iterator[tuple[str, str, bool]]:
    """Every key with what it leads to from a scene, and whether it leads to anything."""
    for key in KEYS:
        event = Pressed(key)
        turn = advance(FLOW, scene, event)
        is_used = _is_used(scene, event, turn)
        yield key, _label(scene, turn) if is_used else NOT_USED, is_used


def _is_used(scene: Scene, event: Event, turn: Turn) -> bool:
    step = FLOW[scene.state.step]
    if (move := move_for(step, event)) is None or move is (step.on or {}).get(OTHER):
        return False
    # An office digit without an office, and a language that there is not, count as wrong keys too.
    is_scan = turn.state.step == "scan" and scene.state.step != "scan"
    return turn.state.wrong <= scene.state.wrong and not is_scan


def _label(scene: Scene, turn: Turn) -> str:
    was, now = scene.state, turn.state
    told = next((note.outcome for note in turn.notes if isinstance(note, OutcomeReported)), None)
    if told:
        return f"Tells us: {result_words(told).lower()}"
    if now.language != was.language:
        # The same keys stand beside the call in every language.
        return "Changes the language"
    if now.step == was.step and now.office == was.office:
        return "Hears more offices" if now.page != was.page else "Hears it again"
    office = in_hand(Scene(now, scene.campaign, scene.now)).label(scene.campaign.languages[0])
    if now.step == "dialing":
        return f"Rings {office} at once"
    if now.step == "connect":
        return f"Calls {office}"
    heard = f"Hears {MENU_WORDS.get(now.step, now.step)}"
    return f"{office}: {heard[0].lower()}{heard[1:]}" if now.step in _OF_OFFICE else heard


_OF_OFFICE = frozenset({"closed_one", "limit", "full"})
