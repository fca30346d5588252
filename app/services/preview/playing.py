"""Walks through a call by the flow itself, with a scene made up for it: no database, no network, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.calls import CallState
from app.domain.events import Event, Started
from app.domain.picking import Scene
from app.domain.record import Ending
from app.domain.speaking import seconds_of
from app.domain.verbs import Dial, Gather, Hangup, Say, Speech, Text, plain
from app.flow.engine import Turn, advance
from app.flow.hearing import in_hand
from app.flow.patch_through import FLOW
from app.services.call_words import END_WORDS
from app.services.preview.happening import CANCEL, end_labels, happening
from app.services.preview.labels import key_labels
from app.services.preview.memory import remember
from app.services.preview.mending import STAND_IN, Mended
from app.services.preview.transcript import Choice, PreviewTurn, Spoken
from app.services.preview.walk import SILENCE


@dataclass(frozen=True, slots=True)
class Standing:
    """A call after a turn: what is decided from next, what the turn says, and the second by which it is said."""

    scene: Scene
    turn: Turn
    shown: PreviewTurn
    said_by_s: float

    @property
    def gather(self) -> Gather | None:
        """The listening of this turn, if it listens."""
        return next((verb for verb in self.turn.verbs if isinstance(verb, Gather)), None)

    @property
    def dial(self) -> Dial | None:
        """The dial of this turn, if it dials."""
        return next((verb for verb in self.turn.verbs if isinstance(verb, Dial)), None)

    @property
    def office(self) -> str:
        """The office in hand."""
        return in_hand(self.scene).label(self.scene.campaign.languages[0])

    @property
    def is_over(self) -> bool:
        """Whether the hotline hangs up."""
        return isinstance(self.turn.verbs[-1], Hangup)

    @property
    def ended(self) -> str:
        """How the call ended, or empty."""
        reason = next((note.reason for note in self.turn.notes if isinstance(note, Ending)), None)
        return f"The call is over: the caller {END_WORDS[reason]}." if reason else ""


def begin(mended: Mended, language: str, moment: datetime) -> Standing:
    """A call that comes in at a moment, in a language."""
    state = CallState("screen", 0, language, started=int(moment.timestamp()))
    return _go(mended, Scene(state, mended.campaign, moment), Started(), "The call comes in", 0)


def step_on(mended: Mended, call: Standing, step: str) -> Standing | None:
    """The call one step further; None if nobody waits for such a step."""
    happened = happening(call.gather, call.dial, call.office, step)
    if happened is None:
        return None
    at_s = call.said_by_s + happened.takes_s
    scene = replace(call.scene, now=call.scene.now + timedelta(seconds=at_s - call.shown.at_s))
    return _go(mended, scene, happened.event, happened.did, at_s)


def _go(mended: Mended, scene: Scene, event: Event, did: str, at_s: float) -> Standing:
    turn = advance(FLOW, scene, event)
    after = replace(scene, state=turn.state, advice=remember(scene, turn.notes))
    said = tuple(_spoken(mended, turn, at_s))
    said_by_s = said[-1].at_s + said[-1].takes_s if said else at_s
    return Standing(after, turn, PreviewTurn(did, at_s, turn.state.step, said, tuple(_does(after, turn))), said_by_s)


def _spoken(mended: Mended, turn: Turn, at_s: float) -> Iterator[Spoken]:
    for say in (say for verb in turn.verbs for say in _says(verb)):
        missing, speech = _without_stand_ins(say.speech)
        for mark in missing:
            yield Spoken(at_s, 0, "", say.language, mended.stand_ins.get(mark))
        if words := plain(speech):
            takes_s = mended.sounds.get(say.recording, seconds_of(speech))
            yield Spoken(round(at_s, 3), takes_s, words, say.language, is_played=bool(say.recording))
            at_s += takes_s


def _without_stand_ins(speech: Speech) -> tuple[list[str], Speech]:
    """The marks in a speech that stand for missing texts, and the rest of it."""
    missing = [mark for span in speech if isinstance(span, Text) for mark in STAND_IN.findall(span.text)]
    return missing, tuple(Text(STAND_IN.sub("", span.text)) if isinstance(span, Text) else span for span in speech)


def _says(verb: object) -> tuple[Say, ...]:
    if isinstance(verb, Gather):
        return verb.says
    return (verb,) if isinstance(verb, Say) else ()


def _does(scene: Scene, turn: Turn) -> Iterator[str]:
    """What the hotline does besides speaking."""
    for verb in turn.verbs:
        match verb:
            case Dial():
                yield _dials(scene, verb)
            case Gather() if not verb.falls_through:
                yield f"Waits {verb.timeout_s} s for a key" + (" or an office’s name" if verb.hints else "")
            case Hangup():
                yield "Hangs up"


def _dials(scene: Scene, dial: Dial) -> str:
    office = in_hand(scene).label(scene.campaign.languages[0])
    shows = "the campaign’s number" if dial.hide_caller else "the caller’s number"
    keys = f", then sends the keys {dial.extension}" if dial.extension else ""
    return f"Dials {office} for up to {dial.ring_s} s{keys}; at most {dial.talk_s // 60} minutes of talk; shows {shows}"


def choices(call: Standing, walk: str) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """The keys that can be pressed now, and what else can happen, each with the walk that goes there."""
    if call.is_over:
        return (), ()
    labels = key_labels(call.scene) if call.gather else [("*", CANCEL.format(office=call.office), True)]
    keys = tuple(Choice(key, label, walk + key, is_used) for key, label, is_used in labels)
    if not call.dial:
        return keys, (Choice(SILENCE, "Press nothing", walk + SILENCE),)
    return keys, tuple(Choice(letter, label, walk + letter) for letter, label in end_labels(call.office))
