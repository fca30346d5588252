"""Dial: ring an office, bridge it, and tell the action how it went (Twilio: Dial)."""

from collections.abc import Callable
from dataclasses import dataclass

from app.simulator.acts import (
    Activity,
    CallerLeft,
    Input,
    Interrupted,
    Key,
    OfficeHangsUp,
    OfficePicksUp,
    Steps,
    Wait,
)
from app.simulator.line import Line
from app.simulator.transcript import Kind
from app.simulator.twiml import TwimlFault
from app.simulator.twiml.verbs import Dial
from app.simulator.verbs.leg import Leg
from app.simulator.webhooks import Go
from app.simulator.world import Conduct, Manner, OfficePhone, Rung

_SPOKEN = {"no-answer": "no answer", "canceled": "canceled by the caller"}


@dataclass(frozen=True, slots=True)
class _Dialing:
    line: Line
    verb: Dial
    office: OfficePhone
    leg: Leg
    name: str

    @property
    def conduct(self) -> Conduct:
        return self.office.conduct


def dial(line: Line, verb: Dial) -> Steps[Go | None]:
    """Ring and talk; then go to the action, or without one to the next verb."""
    if not verb.answer_on_bridge:
        line.answer()
    dialing = _begin(line, verb)
    try:
        end, by_hand = yield from _ring(dialing)
        if end is None:
            # Whoever picked up by hand also puts down by hand.
            yield from _talk(dialing, None if by_hand else dialing.conduct.talk)
            end = "completed"
    except Interrupted as why:
        _end(dialing, "completed" if dialing.leg.answered_at is not None else "canceled")
        if isinstance(why, CallerLeft):
            _tell_anyway(dialing)
        raise
    _end(dialing, end)
    if verb.action is None:
        return None
    return Go(verb.action, verb.method, dialing.leg.action_params())


def _begin(line: Line, verb: Dial) -> _Dialing:
    number = verb.number.number
    office = line.network.world.office(number)
    shown = _shown(line, verb)
    office.rung.append(Rung(shown))
    leg = Leg(line, verb, shown)
    leg.report("initiated")
    name = line.network.name(number)
    line.note(Kind.RINGING, name)
    return _Dialing(line, verb, office, leg, name)


def _shown(line: Line, verb: Dial) -> str:
    """The caller ID, which must be the caller's, the called number or one that the account has."""
    caller = line.supporter.number or ""
    if verb.caller_id is None:
        return caller
    if verb.caller_id not in {caller, line.to, *line.network.account.numbers}:
        raise TwimlFault(
            "is neither the caller's number nor one of the account",
            verb="Dial", attribute="callerId", value=verb.caller_id, code=13214,
        )  # fmt: skip
    return verb.caller_id


def _ring(dialing: _Dialing) -> Steps[tuple[str | None, bool]]:
    """Ring; gives None if the office answers, else how the leg ends, and whether somebody picked up by hand."""
    if dialing.conduct.rings:
        dialing.leg.report("ringing")
    seconds, end = dialing.conduct.ringing(dialing.verb.timeout)
    wait = Wait(seconds, Activity.RINGING, office=dialing.name)
    given = yield from dialing.line.wait(
        wait, _listens(dialing.verb, lambda given: isinstance(given, OfficePicksUp | OfficeHangsUp))
    )
    if given is None:
        return end, False
    if isinstance(given, Key):
        return "canceled", False
    return ("busy", False) if isinstance(given, OfficeHangsUp) else (None, True)


def _talk(dialing: _Dialing, talk: float | None) -> Steps[None]:
    """Talk for so many seconds, or until the office, the star key or the time limit ends it."""
    line, verb = dialing.line, dialing.verb
    line.answer()
    dialing.leg.report("answered")
    machine = dialing.conduct.manner is Manner.VOICEMAIL
    line.note(Kind.TALKING, dialing.name + (" (voicemail)" if machine else ""))
    if verb.number.send_digits:
        dialing.office.keys += verb.number.send_digits
        line.note(Kind.LINE, f"{dialing.name}: sent the keys {verb.number.send_digits}")
    length = verb.time_limit if talk is None else min(talk, verb.time_limit)
    wait = Wait(length, Activity.TALKING, office=dialing.name)

    def ends(given: Input) -> bool:
        if isinstance(given, Key):
            dialing.office.keys += given.digit
        return isinstance(given, OfficeHangsUp)

    yield from line.wait(wait, _listens(verb, ends))


def _listens(verb: Dial, also: Callable[[Input], bool]) -> Callable[[Input], bool]:
    """Star, where hangupOnStar makes it count, and what else ends this part."""

    def wanted(given: Input) -> bool:
        return (verb.hangup_on_star and given == Key("*")) or also(given)

    return wanted


def _end(dialing: _Dialing, status: str) -> None:
    dialing.leg.end(status)
    said = _SPOKEN.get(status, status)
    if dialing.leg.answered_at is not None:
        said += f" after {round(dialing.leg.seconds)} s"
    dialing.line.note(Kind.LINE, f"{dialing.name}: {said}")


def _tell_anyway(dialing: _Dialing) -> None:
    """Post the action to nobody, where the delivery has it so; its answer is not played."""
    line, verb = dialing.line, dialing.verb
    if verb.action is not None and line.network.delivery.action_after_hang_up():
        line.status = "completed"
        line.call_back(verb.action, verb.method, line.params(*dialing.leg.action_params()))
