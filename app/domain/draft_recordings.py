"""The recordings of a draft, of which nothing need be right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.drafts import Body, languages_of, read_words, with_fields
from app.domain.recordings import ID, RECORDED

_FIELD = "recordings"


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a draft in one language, empty if it is missing, and the id of the recording that is played for it."""

    name: str
    language: str
    text: str
    recording_id: str


def places_of(body: Body) -> Iterator[Place]:
    """Every text that may have a recording, in each language of the draft."""
    languages = languages_of(body)
    for name in RECORDED:
        texts, ids = read_words(body.get(name), languages), _ids(body, name, languages)
        for code in languages:
            known = ids[code] if ID.fullmatch(ids[code]) else ""
            yield Place(name, code, texts[code].strip(), known)


def place_of(body: Body, name: str, language: str) -> Place | None:
    """One of these, or None if there is no such text."""
    return next((each for each in places_of(body) if (each.name, each.language) == (name, language)), None)


def with_recording(body: Body, place: Place, recording_id: str) -> dict[str, Any]:
    """A draft in which another recording is played for a text; with an empty id none is."""
    ids = {**_ids(body, place.name, languages_of(body)), place.language: recording_id}
    given = body.get(_FIELD)
    others = given if isinstance(given, Mapping) else {}
    kept = {code: each for code, each in ids.items() if each}
    return with_fields(body, {_FIELD: {name: each for name, each in {**others, place.name: kept}.items() if each}})


def _ids(body: Body, name: str, languages: tuple[str, ...]) -> dict[str, str]:
    given = body.get(_FIELD)
    return read_words(given.get(name) if isinstance(given, Mapping) else None, languages)
