"""The recordings of a draft and of the offices in it, of which nothing need be right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.draft_offices import changed_office, office_of, refs_of
from app.domain.drafts import Body, languages_of, offices_of, read_words, with_fields
from app.domain.recordings import ID, OFFICE_RECORDED, RECORDED

_FIELD = "recordings"


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a draft in one language, empty if it is missing, and the id of the recording that is played for it.

    The name of an office's text begins with what the office is found by, and a dot.
    """

    name: str
    language: str
    text: str
    recording_id: str

    @property
    def office(self) -> str:
        """What the office is found by; empty for a text of the campaign."""
        return self.name.rpartition(".")[0]

    @property
    def field(self) -> str:
        """The text's field in the draft, or in the office."""
        return self.name.rpartition(".")[2]


def places_of(body: Body) -> Iterator[Place]:
    """Every text that may have a recording, in each language of the draft; of an office those that are its own."""
    languages = languages_of(body)
    for name in RECORDED:
        yield from _places(body, name, "", languages)
    for ref, office in zip(refs_of(body), offices_of(body), strict=True):
        for name in OFFICE_RECORDED:
            own = list(_places(office, name, f"{ref}.", languages))
            yield from own if any(each.text or each.recording_id for each in own) else ()


def _places(of: Body, name: str, prefix: str, languages: tuple[str, ...]) -> Iterator[Place]:
    texts, ids = read_words(of.get(name), languages), _ids(of, name, languages)
    for code in languages:
        known = ids[code] if ID.fullmatch(ids[code]) else ""
        yield Place(prefix + name, code, texts[code].strip(), known)


def place_of(body: Body, name: str, language: str) -> Place | None:
    """One of these, or None if there is no such text."""
    return next((each for each in places_of(body) if (each.name, each.language) == (name, language)), None)


def with_recording(body: Body, place: Place, recording_id: str) -> dict[str, Any]:
    """A draft in which another recording is played for a text; with an empty id none is."""
    languages = languages_of(body)
    if not place.office:
        return with_fields(body, _played(body, place, recording_id, languages))
    office = office_of(body, place.office)
    if office is None:
        return dict(body)
    return dict(changed_office(body, place.office, _played(office, place, recording_id, languages)))


def _played(of: Body, place: Place, recording_id: str, languages: tuple[str, ...]) -> dict[str, Any]:
    ids = {**_ids(of, place.field, languages), place.language: recording_id}
    kept = {code: each for code, each in ids.items() if each}
    return {_FIELD: {name: each for name, each in {**_given(of), place.field: kept}.items() if each}}


def _given(of: Body) -> Mapping[str, Any]:
    given = of.get(_FIELD)
    return given if isinstance(given, Mapping) else {}


def _ids(of: Body, name: str, languages: tuple[str, ...]) -> dict[str, str]:
    return read_words(_given(of).get(name), languages)
