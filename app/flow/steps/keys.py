"""The keys that mean the same everywhere: 0, 9, office digits; and what silence, wrong keys and speech lead to."""

import re
import unicodedata
from dataclasses import replace

from app.domain.calls import CallState
from app.domain.campaigns import KEYED_OFFICES, pages
from app.domain.events import Event, Pressed, Spoke
from app.domain.offices import Office
from app.domain.picking import Scene
from app.domain.record import Preferred
from app.flow.engine import HOME, Move, Moved
from app.flow.hearing import WAITS_S, other_languages

_ATTEMPTS = (3, 5)
"""Silences before goodbye; in patient mode the second."""

_UNHEARD = 3
"""Speech in a row that names no office, before goodbye."""


def to(step: str) -> Move:
    """A move to a step; the list of offices leaves behind what was offered."""

    def run(scene: Scene, event: Event) -> Moved:
        return Moved(go_home(scene.state) if step == HOME else scene.state.at(step))

    return Move(step, run, (step,))


def go_home(state: CallState, **changes: int) -> CallState:
    """The state at the list of offices, with nothing offered."""
    return state.at(HOME, offered="", page=0, **changes)


def zero(step: str = "", helped: str = "help") -> Move:
    """What 0 does: to a step, or the same again; twice in a row it turns patient mode on and leads to `helped`."""

    def run(scene: Scene, event: Event) -> Moved:
        state = scene.state
        if state.zeros:
            return Moved(state.at(helped, zeros=0, patient=1), (Preferred(state.language, patient=True),))
        if step == HOME:
            return Moved(go_home(state, zeros=1))
        return Moved(state.at(step or state.step, zeros=1))

    return Move(f"zero to {step}" if step else "repeat", run, (helped, *filter(None, [step])))


def to_script_and_back(scene: Scene, event: Event) -> Moved:
    """Read the script in the middle of a question, which is asked again afterwards."""
    return Moved(scene.state.at("script", asked=1))


def back_to_question(move: Move) -> Move:
    """The same move, unless a question was left for the script: then it is asked again."""

    def run(scene: Scene, event: Event) -> Moved:
        if scene.state.asked:
            return Moved(scene.state.at("outcome", asked=0))
        return move.run(scene, event)

    return Move(move.name, run, (*move.targets, "outcome"))


def _other_language(scene: Scene, event: Event) -> Moved:
    others = other_languages(scene)
    if not others:
        return _wrong_key(scene, event)
    state = scene.state.at(scene.state.step, language=others[0])
    return Moved(state, (Preferred(others[0], patient=bool(state.patient)),))


def _silence(scene: Scene, event: Event) -> Moved:
    state = replace(scene.state, attempt=scene.state.attempt + 1)
    return Moved(state.at("no_input") if state.attempt >= _ATTEMPTS[state.patient] else state)


def _wrong_key(scene: Scene, event: Event) -> Moved:
    state = scene.state
    if state.wrong:
        return Moved(state.at("scan", scan=0))
    return Moved(replace(state, wrong=1, attempt=0))


def _office_digit(scene: Scene, event: Event) -> Moved:
    assert isinstance(event, Pressed)
    digit = int(event.key)
    all_pages = pages(scene.campaign)
    page = all_pages[scene.state.page]
    if digit <= len(page):
        return choose_office(scene, page[digit - 1])
    if digit == KEYED_OFFICES and len(all_pages) > 1:
        return Moved(scene.state.at("menu", page=(scene.state.page + 1) % len(all_pages)))
    return _wrong_key(scene, event)


def choose_office(scene: Scene, office: Office) -> Moved:
    """Take an office in hand and see whether it can be called."""
    return Moved(scene.state.at("gate", office=office.mark, page=0, asked=0))


def _speech(scene: Scene, event: Event) -> Moved:
    assert isinstance(event, Spoke)
    office = named_office(scene, event.text)
    if office:
        return choose_office(scene, office)
    # Whoever speaks is there: this counts apart from silence.
    state = replace(scene.state, unheard=scene.state.unheard + 1)
    return Moved(state.at("no_input") if state.unheard >= _UNHEARD else state)


def named_office(scene: Scene, speech: str) -> Office | None:
    """The office whose name is heard in speech; the longest name that fits wins."""
    heard = _folded(speech)
    names = [
        (_folded(n), office) for office in scene.campaign.offices for n in (*office.name.values(), *office.aliases)
    ]
    fitting = [(name, office) for name, office in names if name and f" {name} " in f" {heard} "]
    return max(fitting, key=lambda fit: len(fit[0]), default=("", None))[1]


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c))))


OTHER_LANGUAGE = Move("other language", _other_language, ("scan",))
ASK_AGAIN = Move("ask again", _silence, ("no_input",))
WRONG_KEY = Move("wrong key", _wrong_key, ("scan",))
OFFICE_DIGIT = Move("office", _office_digit, ("gate", "menu", "scan"))
SCRIPT_AND_BACK = Move("script and back", to_script_and_back, ("script",))
SPOKEN_NAME = Move("spoken name", _speech, ("gate", "no_input"))

assert all(len(waits) >= attempts for waits, attempts in zip(WAITS_S, _ATTEMPTS, strict=True))
