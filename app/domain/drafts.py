"""Drafts: campaigns that are being edited, as plain values that may be incomplete or wrong."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.documents.campaign import read_document
from app.domain.documents.faults import DocumentError, Fault
from app.domain.documents.plain import filled, plain_words
from app.domain.documents.values import day, time_zone
from app.domain.documents.warnings import campaign_warnings
from app.domain.languages import CODES

Body = Mapping[str, Any]
"""A campaign in the shape of a document; whatever is in it was typed, and nothing of it need be right."""

TEXTS = ("contact", "greeting", "summary", "script")
"""The fields that are texts by language."""

OFFICE_TEXTS = ("name", "say_as", "brief", "script", "voicemail_tip")
"""The same of an office."""


def faults_of(body: Body) -> tuple[Fault, ...]:
    """All that stands in the way of publishing a draft, each with its path."""
    try:
        read_document(body)
    except DocumentError as error:
        return error.faults
    return ()


def warnings_of(body: Body) -> tuple[Fault, ...]:
    """What is possible in a draft and not advised; while it has faults, nobody can tell."""
    try:
        return campaign_warnings(read_document(body).campaign)
    except DocumentError:
        return ()


def past_last_day(body: Body, published: str, now: datetime) -> tuple[Fault, ...]:
    """The fault of a last day that has passed already, as long as it can be read.

    One that was `published` so is none: a campaign that is over may still be corrected.
    """
    try:
        last, zone = day(body.get("ends_on")), ZoneInfo(time_zone(body.get("time_zone")))
    except DocumentError:
        return ()
    if str(last) == published or now.astimezone(zone).date() <= last:
        return ()
    told = f"{last} has passed, so nobody could call: give today or a later day, or leave it empty."
    return (Fault(("ends_on",), told),)


def with_fields(body: Body, fields: Body) -> dict[str, Any]:
    """A draft with some of its fields replaced; one that is empty now is left out."""
    return filled({**body, **fields})


def languages_of(body: Body) -> tuple[str, ...]:
    """The languages of a draft, as far as they are known ones; there is always a first."""
    given = body.get("languages")
    known = [code for code in given if code in CODES] if isinstance(given, list) else []
    return tuple(dict.fromkeys(known)) or CODES[:1]


def read_words(value: object, languages: tuple[str, ...]) -> dict[str, str]:
    """A text of a draft by language, empty where there is none; a text alone is in the first language."""
    given = value if isinstance(value, Mapping) else {languages[0]: value}
    return {code: text if isinstance(text := given.get(code), str) else "" for code in languages}


def write_words(words: Mapping[str, str], languages: tuple[str, ...]) -> str | dict[str, str]:
    """A text by language as a draft holds it, those left out in which nothing was typed."""
    return plain_words({code: words[code] for code in languages if words.get(code, "").strip()}, languages)


def offices_of(body: Body) -> list[Body]:
    """The offices of a draft in the order of their keys."""
    given = body.get("offices")
    return [office for office in given if isinstance(office, Mapping)] if isinstance(given, Sequence) else []


def recordings_of(of: Body, languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """The ids of the recordings of a draft or of an office in it, by text and language."""
    given = of.get("recordings")
    return {str(n): read_words(ids, languages) for n, ids in given.items()} if isinstance(given, Mapping) else {}


def with_office(body: Body, index: int, fields: Body) -> dict[str, Any]:
    """A draft with fields of one office replaced as in `with_fields`; an index past the last one adds an office."""
    offices = offices_of(body)
    changed = with_fields(offices[index] if index < len(offices) else {}, fields)
    return with_fields(body, {"offices": [*offices[:index], changed, *offices[index + 1 :]]})


def with_languages(body: Body, languages: tuple[str, ...]) -> dict[str, Any]:
    """A draft held in other languages: texts in one that it is held in no longer are left out."""
    before = languages_of(body)

    def again(fields: Body, names: Iterable[str]) -> dict[str, Any]:
        return with_fields(fields, {n: write_words(read_words(fields.get(n), before), languages) for n in names})

    def played(fields: Body) -> dict[str, Any]:
        kept = {n: {c: ids[c] for c in languages if ids.get(c)} for n, ids in recordings_of(fields, before).items()}
        return with_fields(fields, {"recordings": filled(kept)})

    offices = [played(again(office, OFFICE_TEXTS)) for office in offices_of(body)]
    return with_fields(played(again(body, TEXTS)), {"languages": list(languages), "offices": offices})


def mark_of(body: Body, names: Iterable[str]) -> str:
    """What stands for the present values of some fields: it tells whether somebody has changed them since."""
    return digest([body.get(name) for name in names])


def digest(value: object) -> str:
    """What stands for plain values in forms."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]
