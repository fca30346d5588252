"""Calling an office: the announcement, the dial, how it ended, and what the caller reports."""

from dataclasses import replace
from datetime import timedelta

from app.domain.campaigns import CallerId
from app.domain.events import DialEnded, Event, Pressed
from app.domain.picking import Scene
from app.domain.record import LegEnded, Note, OutcomeReported
from app.domain.results import LineResult, Outcome
from app.domain.verbs import Dial, Gather, Name, Say, Text, Verb
from app.flow.engine import Move, Moved
from app.flow.hearing import in_hand, recorded
from app.flow.prompts import P, say, sentence
from app.flow.steps.offices import with_offer

_DIALING = frozenset({"connect", "dialing"})
_SECONDS_PER_MINUTE = 60

# What a caller presses at the outcome question.
OUTCOMES = {"1": Outcome.SPOKE, "2": Outcome.VOICEMAIL, "3": Outcome.UNREACHED}

# The phrase to ask for one's own language with, for callers who may be answered in English.
_ASK_FOR_SPANISH = Name("Spanish, please", "en")


def announce_and_dial(scene: Scene) -> tuple[Verb, ...]:
    """The announcement, which a key interrupts, and the dial that follows it without another webhook."""
    language = scene.state.language
    lead_in = Gather(_announcement(scene), 1, language, falls_through=True)
    return (lead_in, *dial(scene))


def _announcement(scene: Scene) -> tuple[Say, ...]:
    language, office = scene.state.language, in_hand(scene)
    brief = office.brief.get(language)
    is_first = not (scene.state.tried or scene.state.before)
    prompt = P.CONNECT_FIRST if is_first else P.CONNECT_LATER
    calling = sentence(language, prompt, office=office.spoken(language), phrase=_ASK_FOR_SPANISH)
    if brief and (recording := recorded(scene, "brief", office)):
        return say(language, (Text(brief),), recording=recording), say(language, calling)
    return (say(language, (Text(brief),) if brief else (), calling),)


def unannounced(scene: Scene) -> tuple[Note, ...]:
    """What a recording that could not be played means for an announcement: the dial behind it never began."""
    if scene.state.step != "connect":
        return ()
    return (LegEnded(scene.state.leg, in_hand(scene).id, LineResult.CANCELED),)


def dial(scene: Scene) -> tuple[Verb, ...]:
    """The dial alone."""
    office, limits = in_hand(scene), scene.campaign.limits
    minutes = limits.patient_talk_minutes if scene.state.patient else limits.talk_minutes
    return (
        Dial(
            number=office.number,
            extension=office.extension,
            hide_caller=scene.campaign.caller_id is CallerId.CAMPAIGN or not scene.known,
            ring_s=limits.ring_seconds,
            talk_s=minutes * _SECONDS_PER_MINUTE,
            leg=scene.state.leg,
        ),
    )


def leaving(move: Move) -> Move:
    """The same move out of an announcement: unless the office is still to be rung, its leg is canceled."""

    def run(scene: Scene, event: Event) -> Moved:
        moved = move.run(scene, event)
        if moved.state.step in _DIALING:
            return moved
        canceled = LegEnded(scene.state.leg, in_hand(scene).id, LineResult.CANCELED)
        return Moved(moved.state, (canceled, *moved.notes))

    return Move(move.name, run, move.targets)


def _leg_ended(scene: Scene, event: Event) -> Moved:
    assert isinstance(event, DialEnded)
    office, state = in_hand(scene), scene.state
    cooldown = timedelta(minutes=scene.campaign.limits.busy_cooldown_minutes)
    note = LegEnded(
        state.leg,
        office.id,
        event.result,
        event.dial_call_sid,
        event.duration_s,
        bridged=event.result is LineResult.ANSWERED,
        cool_until=scene.now + cooldown if event.result is LineResult.BUSY else None,
        hide=event.result is LineResult.FAILED,
    )
    if event.result is LineResult.CANCELED:
        return Moved(state.at("menu"), (note,))
    state = state.add("tried", office.mark)
    if event.result is LineResult.ANSWERED:
        state = replace(state.add("reached", office.mark), bridges=state.bridges + office.mark)
        return Moved(state.at("outcome"), (note,))
    return Moved(with_offer(scene, state.at(event.result.value), besides=office.mark), (note,))


def _report(scene: Scene, event: Event) -> Moved:
    assert isinstance(event, Pressed)
    state, office = scene.state, in_hand(scene)
    outcome = OUTCOMES[event.key]
    if outcome is Outcome.UNREACHED:
        state = replace(state, reached=state.reached.replace(office.mark, ""))
    reached = office.mark in state.done
    return Moved(state.at("after"), (OutcomeReported(state.leg, office.id, outcome, reached),))


def _ask_outcome_again(scene: Scene, event: Event) -> Moved:
    state = scene.state
    return Moved(state.at("after") if state.attempt else replace(state, attempt=1))


LEG_ENDED = Move("line result", _leg_ended, ("outcome", "menu", "busy", "no_answer", "failed"))
REPORT = Move("outcome", _report, ("after",))
ASK_OUTCOME_AGAIN = Move("ask once more", _ask_outcome_again, ("after",))
