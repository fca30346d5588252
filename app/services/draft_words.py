"""The fields of a campaign in words, for the editor, the review of a draft, and the audit."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from app.domain.documents import Path
from app.domain.draft_changes import OFFICES, Changed, office_id
from app.domain.drafts import Body, languages_of, offices_of, read_words
from app.domain.languages import LANGUAGE_WORDS

FIELD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "name": "Name",
        "organization": "Organization",
        "number": "Number of the hotline",
        "languages": "Languages",
        "time_zone": "Time zone",
        "holidays": "Closed on holidays",
        "closures": "Days on which all offices are closed",
        "ends_on": "Last day of the campaign",
        "caller_id": "What offices see",
        "welcomes_back": "Welcomes supporters back",
        "goal_calls": "Goal: how many calls you hope for",
        "limits": "Limits",
        "recordings": "Recordings",
        "contact": "How to reach you",
        "greeting": "Greeting",
        "summary": "Summary",
        "script": "Script",
        "offices": "Offices and their order",
    }
)

LIMIT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "bridges_per_call": "Office calls in one call",
        "minutes_per_call": "Minutes of one call",
        "bridges_per_office_per_day": "Calls of one supporter to one office a day",
        "live_legs_per_office": "Callers at once at one office",
        "ring_seconds": "Seconds an office may ring",
        "talk_minutes": "Minutes with an office",
        "patient_talk_minutes": "Minutes with an office for who asked for more time",
        "busy_cooldown_minutes": "Minutes a busy office is left alone",
    }
)

OFFICE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "id": "id",
        "name": "name",
        "say_as": "say it as",
        "aliases": "other names",
        "number": "number",
        "extension": "extension",
        "time_zone": "time zone",
        "hours": "hours",
        "hours_assumed": "hours are assumed",
        "holidays": "closed on holidays",
        "closures": "closed on",
        "area_codes": "area codes",
        "brief": "said before the call",
        "script": "own script",
        "voicemail_tip": "voicemail tip",
        "recordings": "recordings",
    }
)

_MOST_NAMED = 4


def office_names(*bodies: Body) -> dict[str, str]:
    """The names of the offices of some documents by id; the first document that has one names it."""
    named: dict[str, str] = {}
    for body in bodies:
        languages = languages_of(body)
        for office in offices_of(body):
            own = office_id(office, languages)
            named.setdefault(own, next(filter(None, read_words(office.get("name"), languages).values()), own))
    return named


def field_words(path: Path, names: Mapping[str, str]) -> str:
    """A field in words: 'Script, Spanish', 'Madison: number'."""
    first, *rest = map(str, path)
    if first == OFFICES and len(rest) > 1:
        own, field, *language = rest
        if field == "recordings" and language:
            field, *language = language
            return _spoken(f"{names.get(own, own)}: recording of the {OFFICE_WORDS.get(field, field)}", language)
        return _spoken(f"{names.get(own, own)}: {OFFICE_WORDS.get(field, field)}", language)
    if first == "limits" and rest:
        return LIMIT_WORDS.get(rest[0], rest[0])
    if first == "recordings" and rest:
        return _spoken(f"Recording of the {FIELD_WORDS.get(rest[0], rest[0]).lower()}", rest[1:])
    return _spoken(FIELD_WORDS.get(first, first), rest)


def fault_words(path: Path, body: Body) -> str:
    """The field of a fault in words; its path names an office by where it stands, and may lead to a part of a field."""
    if not path:
        return "The campaign"
    languages, offices = languages_of(body), offices_of(body)
    if path[:1] == (OFFICES,) and path[1:] and path[1] in range(len(offices)):
        own = office_id(offices[int(path[1])], languages)
        path = (OFFICES, own, *path[2:])
    known = (
        path if path[0] in ("limits", "recordings", OFFICES) else (path[0], *(p for p in path[1:] if p in languages))
    )
    return field_words(known, office_names(body))


def _spoken(words: str, language: Sequence[str]) -> str:
    return ", ".join((words, *(LANGUAGE_WORDS.get(code, code) for code in language)))


def summary_of(changed: Sequence[Changed], names: Mapping[str, str]) -> str:
    """What changed in a few words, for the audit and the list of versions."""
    if not changed:
        return "nothing changed"
    words = list(dict.fromkeys(field_words(each.path, names) for each in changed))
    more = len(words) - _MOST_NAMED
    return "; ".join(words[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
