"""A draft made whole for a preview: what is missing or wrong gets a stand-in, and is told."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.campaigns import Campaign
from app.domain.documents import DocumentError, Fault, Path, read_campaign, read_published
from app.domain.documents.texts import SCRIPT_LIMIT, SPEECH_LIMIT, text
from app.domain.languages import CODES, LANGUAGE_WORDS
from app.domain.offices import MAX_OFFICES, Office
from app.services.preview.transcript import Missing

# Reading finds some faults only after others are gone: ids and numbers are compared when all offices can be read.
_ROUNDS = 4
_MOST_NOTICES = 5
_TOO_MUCH = "There is too much wrong with this draft to preview it: see what is marked in its sections."

_TEXTS = {"greeting": SPEECH_LIMIT, "summary": SPEECH_LIMIT, "script": SCRIPT_LIMIT}
_UNHEARD: Mapping[str, object] = {"slug": "draft", "name": "Draft", "organization": "Draft", "time_zone": "UTC"}
"""What no caller hears and a campaign must have."""

EXAMPLE = "Example office"
_NO_OFFICE = f"There is no office yet, so the preview calls “{EXAMPLE}” in its place. Add an office to hear yours."

STAND_IN = re.compile("\ue000\\d+\ue001", re.ASCII)
"""What stands for a missing text: characters of private use, which nobody types."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mended:
    """A campaign that can be walked through; `stand_ins` has what is missing by the mark that stands for it.

    `sounds` are the seconds of recordings by their ids.
    """

    campaign: Campaign
    stand_ins: Mapping[str, Missing]
    notices: tuple[str, ...]
    sounds: Mapping[str, float]


class Hopeless(ValueError):
    """So little of a draft can be read that there is nothing to hear; the message says so to the organizer."""


def mend(document: object, sounds: Mapping[str, float]) -> Mended:
    """The campaign of a draft, as far as it can be read; raises Hopeless."""
    if not isinstance(document, Mapping):
        raise Hopeless("There is nothing to preview yet.")
    body = dict(document)
    languages = _languages(body)
    if isinstance(body.get("offices"), list | tuple):
        body["offices"] = body["offices"][:MAX_OFFICES]
    texts, stand_ins = _take_texts(body, languages)
    notices = tuple(_notices(body, _faults(body)))
    campaign = replace(_read(body), **texts)  # type: ignore[arg-type]  # the fields of _TEXTS
    offices = tuple(_with_briefs(office, languages, stand_ins) for office in campaign.offices)
    return Mended(replace(campaign, offices=offices), stand_ins, notices, sounds)


def _languages(body: Body) -> tuple[str, ...]:
    """The languages that can be read, put into the body: at least one."""
    given = body.get("languages")
    named = [code for code in given if code in CODES] if isinstance(given, list | tuple) else []
    languages = tuple(dict.fromkeys(named)) or CODES[:1]
    body["languages"] = list(languages)
    return languages


def _take_texts(body: Body, languages: tuple[str, ...]) -> tuple[Mapping[str, Mapping[str, str]], dict[str, Missing]]:
    """The texts that every call needs, taken out of the body, where words that any reader takes are left."""
    stand_ins: dict[str, Missing] = {}
    texts: dict[str, dict[str, str]] = {}
    for field, most in _TEXTS.items():
        read = {code: _read_text(_in(body.get(field), code, languages), most) for code in languages}
        texts[field] = {
            code: words or _stand_in(stand_ins, _missing(code, why, read)) for code, (words, why) in read.items()
        }
        body[field] = dict.fromkeys(languages, "Words.")
    return texts, stand_ins


def _in(value: object, language: str, languages: tuple[str, ...]) -> object:
    if isinstance(value, Mapping):
        return value.get(language)
    return value if language == languages[0] else None


def _read_text(value: object, most: int) -> tuple[str, str]:
    """A text, or empty and why it cannot be spoken; empty twice for one that is not there."""
    if value is None or value == "":
        return "", ""
    try:
        return text(most)(value), ""
    except DocumentError as error:
        return "", error.faults[0].message


def _missing(language: str, why: str, read: Mapping[str, tuple[str, str]]) -> Missing:
    name = LANGUAGE_WORDS[language]
    lacks = f"{name} is missing: the caller would hear nothing here."
    instead = next(((words, code) for code, (words, _) in read.items() if words), ("", ""))
    return Missing(f"{name} cannot be spoken yet: {why}" if why else lacks, *instead)


def _stand_in(stand_ins: dict[str, Missing], missing: Missing) -> str:
    mark = f"\ue000{len(stand_ins)}\ue001"
    stand_ins[mark] = missing
    return mark


def _with_briefs(office: Office, languages: tuple[str, ...], stand_ins: dict[str, Missing]) -> Office:
    """The office with what is said before it is called marked where it is not translated."""
    if not office.brief:
        return office
    read = {code: (office.brief.get(code, ""), "") for code in languages}
    brief = {code: words or _stand_in(stand_ins, _missing(code, "", read)) for code, (words, _) in read.items()}
    return replace(office, brief=brief)


def _faults(body: Body) -> tuple[Fault, ...]:
    try:
        read_campaign(body)
    except DocumentError as error:
        return error.faults
    return ()


def _read(body: Body) -> Campaign:
    faults = _faults(body)
    for _ in range(_ROUNDS):
        # Where a list loses an entry, those behind it move up: so the last one goes first.
        for fault in reversed(faults):
            body = _repaired(body, fault.path)
        try:
            return read_published(body)
        except DocumentError as error:
            faults = error.faults
    raise Hopeless(_TOO_MUCH)


def _repaired(body: Body, path: Path) -> Body:
    match path:
        case (str(field),) if field in _UNHEARD:
            put: tuple[object, ...] = (_UNHEARD[field],)
        case ("offices",):
            put = ([_office(0)],)
        case ("offices", int(at)):
            put = (_office(at),)
        case ("offices", int(at), "name" | "number" | "id" as field, *_):
            path, put = path[:3], (_office(at)[field],)
        case ("offices", int(), "hours", *_):
            # Without hours an office has the usual ones; with a day less it would seem to be closed.
            path, put = path[:3], ()
        case _:
            put = ()
    try:
        return dict(_changed(body, path, put))
    except (KeyError, IndexError, TypeError):
        # The name of a field that is no text: nothing that a form or a file of ours can hold.
        raise Hopeless(_TOO_MUCH) from None


def _changed(value: Any, path: Path, put: tuple[object, ...]) -> Any:
    """A copy in which what is at the path is what `put` holds, or is left out."""
    copied: Any = dict(value) if isinstance(value, Mapping) else list(value)
    if len(path) > 1:
        copied[path[0]] = _changed(copied[path[0]], path[1:], put)
    elif put:
        copied[path[0]] = put[0]
    else:
        del copied[path[0]]
    return copied


def _office(at: int) -> Body:
    """A stand-in for an office; its number is of those that are kept for fiction, and is called by nobody."""
    name = EXAMPLE if at == 0 else f"Office {at + 1}"
    return {"id": f"stand-in-{at + 1}", "name": name, "number": f"+120255501{at:02}"}


def _notices(body: Body, faults: tuple[Fault, ...]) -> Iterator[str]:
    """What is told of the draft beside its preview: why offices are not as they should be, and what is left out."""
    heard = [fault for fault in faults if fault.path[:1] not in {(name,) for name in _UNHEARD}]
    for fault in heard[:_MOST_NOTICES]:
        yield _NO_OFFICE if fault.path == ("offices",) else f"{_place(body, fault.path)}: {fault.message}"
    if len(heard) > _MOST_NOTICES:
        yield f"And {len(heard) - _MOST_NOTICES} more: see what is marked in the sections."


def _place(body: Body, path: Path) -> str:
    """Where a fault is, in words: 'Madison, number'."""
    steps = [LANGUAGE_WORDS.get(str(step), str(step).replace("_", " ")) for step in path]
    if path[0] != "offices":
        return ", ".join(steps).capitalize()
    return ", ".join((_called(body["offices"][path[1]], path[1]), *steps[2:]))


def _called(office: object, at: str | int) -> str:
    names = office.get("name") if isinstance(office, Mapping) else None
    name = next(iter(names.values()), None) if isinstance(names, Mapping) else names
    return name[:80] if isinstance(name, str) and name.strip() else f"Office {int(at) + 1}"
