"""The parts of what is heard: gathers with their waits, lists of offices, offers."""

from collections.abc import Callable

from app.domain.calls import CallState
from app.domain.campaigns import KEYED_OFFICES, pages
from app.domain.hours import is_open
from app.domain.offices import NO_WORDS, Office
from app.domain.picking import Scene
from app.domain.verbs import Gather, Hangup, Name, Say, Speech, Text, Verb
from app.flow.prompts import P, say, sentence

Prompt = Callable[[Scene], tuple[Say, ...]]
Hear = Callable[[Scene], tuple[Verb, ...]]

# Seconds of listening after a prompt, by attempt; in patient mode the second row.
WAITS_S = ((6, 10, 12), (15, 20, 20, 20, 20))
OUTCOME_WAIT_S = (8, 15)


def ask(prompt: Prompt) -> Hear:
    """A hearing that asks, and asks otherwise after silence, a wrong key or speech not understood."""

    def hear(scene: Scene) -> tuple[Verb, ...]:
        state = scene.state
        again = _asked_again(scene)
        says = (say(state.language, again),) if again else prompt(scene)
        # Speech is off at first: talk in the background causes false hits.
        hints = hints_of(scene) if again else ()
        return (Gather(says, WAITS_S[state.patient][state.attempt], state.language, hints),)

    return hear


def _asked_again(scene: Scene) -> Speech:
    state = scene.state
    if state.unheard:
        return sentence(state.language, P.NOT_HEARD)
    if state.attempt == 1:
        return sentence(state.language, P.SILENT_1)
    if state.attempt:
        return sentence(state.language, P.SILENT_2, office=_example(scene))
    return sentence(state.language, P.WRONG_KEY) if state.wrong else ()


def _example(scene: Scene) -> Name:
    offices = remaining(scene)
    return offices[len(offices) // 2].spoken(scene.state.language)


def hints_of(scene: Scene) -> tuple[str, ...]:
    """The names that a caller may say, for the speech recognizer (Twilio: Gather, hints, 100 characters each)."""
    names = (name for office in scene.campaign.offices for name in (*office.name.values(), *office.aliases))
    return tuple(dict.fromkeys(name.replace(",", " ")[:100] for name in names))


def ask_once(prompt: Prompt, timeout_s: Callable[[CallState], int]) -> Hear:
    """A hearing that asks the same whenever it is heard, and waits as long as the state says."""
    return lambda scene: (Gather(prompt(scene), timeout_s(scene.state), scene.state.language),)


def farewell(prompt: Prompt) -> Hear:
    """A hearing that speaks and ends the call."""
    return lambda scene: (*prompt(scene), Hangup())


def alone(prompt: P) -> Callable[[Scene], Speech]:
    """A sentence without values."""
    return lambda scene: sentence(scene.state.language, prompt)


def one(prompt: P) -> Prompt:
    """A prompt of one sentence without values."""
    return lambda scene: (say(scene.state.language, alone(prompt)(scene)),)


def together(*prompts: Prompt) -> Prompt:
    """Several prompts, one after the other."""
    return lambda scene: tuple(each for prompt in prompts for each in prompt(scene))


def remaining(scene: Scene) -> tuple[Office, ...]:
    """The offices in the order in which they are read out: those still to be reached, closed ones last."""
    page = pages(scene.campaign)[scene.state.page]
    waiting = [office for office in page if office.mark not in scene.state.done] or list(page)
    return tuple(sorted(waiting, key=lambda office: not is_open(office.calendar, scene.now)))


def scan_list(scene: Scene) -> tuple[Office, ...]:
    """The offices that are read one by one: those still to be reached, or all."""
    waiting = tuple(office for office in scene.campaign.offices if office.mark not in scene.state.done)
    return waiting or scene.campaign.offices


def key_of(scene: Scene, office: Office) -> int:
    """The key that calls an office of the page in hand."""
    return pages(scene.campaign)[scene.state.page].index(office) + 1


def offices(scene: Scene) -> tuple[Say, ...]:
    """M1: the list of offices with their keys; if all of them are closed that is said once."""
    language, listed = scene.state.language, remaining(scene)
    all_closed = not any(is_open(office.calendar, scene.now) for office in listed)
    lines = [_line(scene, office, tell=not all_closed, first=office is listed[0]) for office in listed]
    if len(pages(scene.campaign)) > 1:
        lines.append(sentence(language, P.MENU_MORE, key=KEYED_OFFICES))
    opening = sentence(language, P.ALL_CLOSED) if all_closed else ()
    first, last = sentence(language, P.MENU_FIRST), sentence(language, P.MENU_LAST)
    return (say(language, opening, first, *lines, last),)


def _line(scene: Scene, office: Office, *, tell: bool, first: bool) -> Speech:
    prompt = P.MENU_OFFICE_FIRST if first else P.MENU_OFFICE
    if tell and not is_open(office.calendar, scene.now):
        prompt = P.MENU_OFFICE_CLOSED
    language = scene.state.language
    return sentence(language, prompt, office=office.spoken(language), key=key_of(scene, office))


def offer(opening: Callable[[Scene], Speech], offering: P, closing: P | None = None) -> Prompt:
    """A prompt that opens with a sentence and offers the office in `offered`, or says how to go on without one."""

    def prompt(scene: Scene) -> tuple[Say, ...]:
        language, office = scene.state.language, scene.campaign.at_mark(scene.state.offered)
        end = sentence(language, closing) if closing and scene.state.offered else ()
        if office and not is_open(office.calendar, scene.now):
            return closed(scene, office, opening(scene), end)
        offered = sentence(language, offering, office=office.spoken(language)) if office else None
        return (say(language, opening(scene), offered or sentence(language, P.NO_OFFER), end),)

    return prompt


def closed(scene: Scene, office: Office, opening: Speech = (), end: Speech = ()) -> tuple[Say, ...]:
    """CL1: an office is closed, what to leave as a voicemail, and the keys; in one breath but for a recorded tip."""
    language = scene.state.language
    told = sentence(language, P.CLOSED, office=office.spoken(language))
    tip, keys = office.voicemail_tip.get(language), sentence(language, P.CLOSED_KEYS)
    if tip and (recording := recorded(scene, "voicemail_tip", office)):
        played = say(language, (Text(tip),), recording=recording)
        return say(language, opening, told), played, say(language, keys, end)
    return (say(language, opening, told, (Text(tip),) if tip else sentence(language, P.CLOSED_TIP), keys, end),)


def recorded(scene: Scene, name: str, office: Office | None = None) -> str:
    """The recording that is played in this call for a text of the campaign or an office; empty where it is spoken."""
    if scene.state.unplayed:
        return ""
    of = office or scene.campaign
    return of.recordings.get(name, NO_WORDS).get(scene.state.language, "")


def in_hand(scene: Scene) -> Office:
    """The office in hand; a state that has lost it falls back on the first."""
    return scene.campaign.at_mark(scene.state.office) or scene.campaign.offices[0]


def about_office(prompt: P) -> Callable[[Scene], Speech]:
    """The opening of an offer that tells how it went with the office in hand."""
    return lambda scene: sentence(scene.state.language, prompt, office=in_hand(scene).spoken(scene.state.language))


def other_languages(scene: Scene) -> tuple[str, ...]:
    """The campaign's languages besides the one in use, the next one first."""
    spoken = scene.campaign.languages
    at = spoken.index(scene.state.language)
    return spoken[at + 1 :] + spoken[:at]
