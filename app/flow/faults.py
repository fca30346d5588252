"""What a caller hears when something of ours is wrong, or nothing is at the number dialed."""

from app.domain.hours import is_open
from app.domain.offices import Office
from app.domain.phone_numbers import digits_to_say
from app.domain.picking import Scene
from app.domain.verbs import Gather, Hangup, Say, Verb
from app.flow.prompts import LANGUAGES, P, in_turn, say, sentence

MAX_FAULTS = 3
"""Failed turns in a row after which a call is let go."""

_WAIT_S = 6


def apology(scene: Scene) -> Say:
    """X2: our system has a problem, and the number of an office to call oneself."""
    language = scene.state.language
    office = _reachable(scene)
    number = digits_to_say(office.number)
    return Say(
        in_turn(
            sentence(language, P.FAULT),
            sentence(language, P.FAULT_NUMBER, office=office.spoken(language), number=number),
        ),
        language,
    )


def _reachable(scene: Scene) -> Office:
    in_hand = scene.campaign.at_mark(scene.state.office)
    is_waiting = in_hand is not None and in_hand.mark not in scene.state.done
    if in_hand and is_waiting:
        return in_hand
    opened = (office for office in scene.campaign.offices if is_open(office.calendar, scene.now))
    return next(opened, scene.campaign.offices[0])


def fault(sorry: tuple[Say, ...], faults: int) -> tuple[Verb, ...]:
    """The answer to a webhook that failed: an apology and, unless it keeps failing, a way on."""
    if faults >= MAX_FAULTS:
        return (*sorry, Hangup())
    go_on = (say(each.language, sentence(each.language, P.FAULT_GO_ON)) for each in sorry)
    return (Gather((*sorry, *go_on), _WAIT_S, sorry[0].language, falls_through=True), Hangup())


def plain_fault(faults: int) -> tuple[Verb, ...]:
    """The same where not even the campaign is known, in every language."""
    return fault(tuple(say(code, sentence(code, P.FAULT)) for code in LANGUAGES), faults)


def no_campaign() -> tuple[Verb, ...]:
    """What is heard at a number that belongs to no campaign."""
    return (*(say(code, sentence(code, P.NO_CAMPAIGN)) for code in LANGUAGES), Hangup())
