"""What is heard at the menus and offers, from greeting to goodbye."""

import re

from app.domain.campaigns import KEYED_OFFICES, pages
from app.domain.hours import is_holiday, next_opening
from app.domain.offices import Office
from app.domain.picking import Scene, bridges_today
from app.domain.verbs import Break, Gather, Name, Say, Speech, Text, Verb
from app.flow.hearing import closed, in_hand, other_languages, recorded, scan_list
from app.flow.prompts import LANGUAGES, P, listing, moment, say, sentence

_SCAN_WAIT_S = 3
_NAMED_OFFICES = 3
_CHUNK_CHARACTERS = 300


def greeting(scene: Scene) -> tuple[Say, ...]:
    """G1: the welcome, and in each other language how to get it."""
    language = scene.state.language
    others = [say(code, sentence(code, P.OTHER_LANGUAGE)) for code in other_languages(scene)[:1]]
    return (_text(scene, "greeting", scene.campaign.greeting[language]), *others)


def summary(scene: Scene) -> tuple[Say, ...]:
    """S1: what to say, in short."""
    return (_text(scene, "summary", scene.campaign.summary[scene.state.language]),)


def _text(scene: Scene, name: str, text: str, office: Office | None = None) -> Say:
    return say(scene.state.language, (Text(text),), recording=recorded(scene, name, office))


def script(scene: Scene) -> tuple[Say, ...]:
    """The full script in chunks of whole sentences, so that none is longer than a carrier speaks."""
    language = scene.state.language
    offered = scene.campaign.at_mark(scene.state.offered)
    office = offered if offered and language in offered.script else None
    text = office.script[language] if office else scene.campaign.script[language]
    if recorded(scene, "script", office):
        return (_text(scene, "script", text, office),)
    for placeholder, spoken in LANGUAGES[language].placeholders.items():
        text = text.replace(placeholder, spoken)
    return tuple(say(language, (Text(chunk),)) for chunk in chunks(text))


def chunks(text: str) -> list[str]:
    """A text cut at sentence ends into pieces of about 300 characters; a sentence stays whole."""
    pieces: list[str] = []
    for part in re.split(r"(?<=[.!?…])\s+|\n+", text.strip()):
        if pieces and len(pieces[-1]) + len(part) < _CHUNK_CHARACTERS:
            pieces[-1] = f"{pieces[-1]} {part}"
        else:
            pieces.append(part)
    return pieces


def help_text(scene: Scene) -> tuple[Say, ...]:
    """H0: what the keys do, how to reach the organizers, and that we wait longer from now on."""
    language = scene.state.language
    contact = scene.campaign.contact.get(language, "")
    all_pages = pages(scene.campaign)
    more = sentence(language, P.HELP_MORE, key=KEYED_OFFICES) if len(all_pages) > 1 else ()
    others = [say(code, sentence(code, P.HELP_LANGUAGE)) for code in other_languages(scene)[:1]]
    return (
        say(language, sentence(language, P.HELP, last=len(all_pages[0])), more),
        *others,
        *_reach(scene, contact),
    )


def _reach(scene: Scene, contact: str) -> tuple[Say, ...]:
    """How to reach the organizers, in one breath with the end of the help unless it is a recording."""
    language = scene.state.language
    patient = sentence(language, P.HELP_PATIENT)
    if not (contact and recorded(scene, "contact")):
        reach = sentence(language, P.HELP_CONTACT, contact=contact) if contact else ()
        return (say(language, reach, patient),)
    # What stands before it is ours to say; what stands after it is a full stop.
    place = Break(0)
    lead = sentence(language, P.HELP_CONTACT, contact=(place,))
    return say(language, lead[: lead.index(place)]), _text(scene, "contact", contact), say(language, patient)


def back(scene: Scene) -> Speech:
    """The opening of R1: which offices this supporter has reached before."""
    language = scene.state.language
    reached = [office for office in scene.campaign.offices if office.mark in scene.state.before]
    if not reached:
        return sentence(language, P.BACK)
    if len(reached) > _NAMED_OFFICES:
        return sentence(language, P.BACK_MANY, count=len(reached))
    return sentence(language, P.BACK_SOME, offices=listing(language, tuple(o.spoken(language) for o in reached)))


def back_all(scene: Scene) -> tuple[Say, ...]:
    """R2: every office was reached before."""
    return _about_all(scene, P.BACK_ALL, P.BACK_ALL_ONE)


def _about_all(scene: Scene, many: P, one: P) -> tuple[Say, ...]:
    language, all_offices = scene.state.language, scene.campaign.offices
    if len(all_offices) == 1:
        return (say(language, sentence(language, one, office=all_offices[0].spoken(language))),)
    return (say(language, sentence(language, many, total=len(all_offices))),)


def thanks(scene: Scene) -> Speech:
    """The opening of N1: how many offices have been reached."""
    language, done = scene.state.language, len(scene.state.done)
    if not done:
        return sentence(language, P.THANKS)
    return sentence(language, P.THANKS_COUNT, count=done, total=len(scene.campaign.offices))


def limit(scene: Scene) -> Speech:
    """The opening of L1: this office has been called often enough today."""
    language, office = scene.state.language, in_hand(scene)
    return sentence(language, P.LIMIT, office=office.spoken(language), count=bridges_today(scene, office))


def full(scene: Scene) -> Speech:
    """The opening of W1: as many callers as allowed are on with the office."""
    language, office = scene.state.language, in_hand(scene)
    live, words = scene.facts(office).live_legs, LANGUAGES[language].callers
    if live <= 1:
        return sentence(language, P.FULL_ONE, office=office.spoken(language))
    count = words[live - 2] if live - 2 < len(words) else str(live)
    return sentence(language, P.FULL_MANY, office=office.spoken(language), count=count)


def one_closed(scene: Scene) -> tuple[Say, ...]:
    """CL1: the office in hand is closed."""
    return closed(scene, in_hand(scene))


def all_closed(scene: Scene) -> tuple[Say, ...]:
    """CL2 and HOL: no office is open; when they open and how to leave a voicemail."""
    language = scene.state.language
    opening = _closed_until(scene)
    return (say(language, opening, sentence(language, P.ALL_CLOSED_KEYS)),)


def _closed_until(scene: Scene) -> Speech:
    language = scene.state.language
    openings = [(at, office) for office in scene.campaign.offices if (at := next_opening(office.calendar, scene.now))]
    if not openings:
        return sentence(language, P.ALL_CLOSED)
    at, office = min(openings, key=lambda opening: opening[0])
    local = office.calendar.local(scene.now)
    prompt = P.HOLIDAY if _is_holiday_for_all(scene) else P.ALL_CLOSED_UNTIL
    return sentence(language, prompt, when=moment(language, at, local))


def _is_holiday_for_all(scene: Scene) -> bool:
    def today(office: Office) -> bool:
        return is_holiday(office.calendar, office.calendar.local(scene.now).date())

    return all(today(office) for office in scene.campaign.offices)


def scan(scene: Scene) -> tuple[Verb, ...]:
    """I2: one office at a time, three seconds each; any key takes it."""
    language, offices_ = scene.state.language, scan_list(scene)
    name: Name = offices_[scene.state.scan % len(offices_)].spoken(language)
    intro = sentence(language, P.SCAN) if scene.state.scan == 0 else ()
    return (Gather((say(language, intro, (name,)),), _SCAN_WAIT_S, language),)


def goodbye(scene: Scene) -> tuple[Say, ...]:
    """B1: how many calls were made today, and thanks."""
    language, made = scene.state.language, scene.state.today + len(scene.state.bridges)
    prompt = {0: P.GOODBYE_NONE, 1: P.GOODBYE_ONE}.get(made, P.GOODBYE_MANY)
    return (say(language, sentence(language, prompt, count=made)),)


def all_reached(scene: Scene) -> tuple[Say, ...]:
    """N2: every office has been reached."""
    return _about_all(scene, P.ALL_REACHED, P.ALL_REACHED_ONE)
