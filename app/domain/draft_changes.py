"""What a draft changes, field by field: two documents are compared by their smallest parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.documents.campaign import read_document, write_campaign
from app.domain.documents.faults import DocumentError, Path
from app.domain.documents.values import slug_of
from app.domain.drafts import OFFICE_TEXTS, TEXTS, Body, languages_of, offices_of, read_words, recordings_of

OFFICES = "offices"


@dataclass(frozen=True, slots=True)
class Changed:
    """A part that differs; `path` names an office by its id, and a text is empty where there was or will be none."""

    path: Path
    before: str
    after: str


def changes(before: Body, after: Body) -> tuple[Changed, ...]:
    """What differs between two documents, in the order of the later one and then of what it has no more.

    What reads the same is the same: white space that publishing would tidy up is no change.
    """
    old, new = (dict(_parts(_tidied(body))) for body in (before, after))
    return tuple(
        Changed(path, old.get(path, ""), new.get(path, ""))
        for path in dict.fromkeys((*new, *old))
        if old.get(path, "").split() != new.get(path, "").split() or _lines(old, path) != _lines(new, path)
    )


def _lines(parts: Mapping[Path, str], path: Path) -> int:
    return len(parts.get(path, "").splitlines())


def _tidied(body: Body) -> Body:
    try:
        return write_campaign(read_document(body).campaign)
    except DocumentError:
        return body


def _parts(body: Body) -> Iterator[tuple[Path, str]]:
    languages = languages_of(body)
    for name, value in body.items():
        if name in TEXTS:
            yield from _texts((name,), value, languages)
        elif name == OFFICES:
            yield from _offices(body, languages)
        elif name == "recordings":
            yield from _recordings((name,), body, languages)
        elif isinstance(value, Mapping):
            yield from (((name, str(part)), _plain(each)) for part, each in value.items())
        else:
            yield (name,), _plain(value)


def _texts(path: Path, value: object, languages: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    yield from (((*path, code), text) for code, text in read_words(value, languages).items())


def _recordings(path: Path, of: Body, languages: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    for name, ids in recordings_of(of, languages).items():
        # As much of an id as tells one from another.
        yield from (((*path, name, code), own and f"recording {own[:6]}") for code, own in ids.items())


def _offices(body: Body, languages: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    named = [(office, office_id(office, languages)) for office in offices_of(body)]
    yield (OFFICES,), "\n".join(read_words(office.get("name"), languages)[languages[0]] for office, _ in named)
    for office, own in named:
        for name, value in office.items():
            if name in OFFICE_TEXTS:
                yield from _texts((OFFICES, own, name), value, languages)
            elif name == "recordings":
                yield from _recordings((OFFICES, own, name), office, languages)
            else:
                yield (OFFICES, own, name), _plain(value)


def office_id(office: Body, languages: tuple[str, ...]) -> str:
    """What an office of a draft is known by: its id, or the one that its name will make."""
    return str(office.get("id") or slug_of(next(iter(read_words(office.get("name"), languages).values()))))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "\n".join(f"{name} {_plain(each)}" for name, each in value.items())
    return "\n".join(map(_plain, value)) if isinstance(value, list) else str(value)
