"""The offices of a draft: how each is found again, put in another order, taken away, and what its keys become."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from app.domain.campaigns import KEYED_OFFICES, paged
from app.domain.documents.faults import DocumentError
from app.domain.documents.hours import CLOSED, DAYS, days_of, write_week
from app.domain.documents.values import SLUG_LIMIT, slug, slug_of
from app.domain.draft_changes import OFFICES, office_id
from app.domain.drafts import Body, digest, languages_of, offices_of, with_fields
from app.domain.hours import WEEK

_ELSE = "office"
# Room for a number after it.
_LONGEST = SLUG_LIMIT - 8


def refs_of(body: Body) -> list[str]:
    """What each office is found again by, in the order of the keys: its id, as far as that is one and its alone."""
    languages, found = languages_of(body), list[str]()
    for office in offices_of(body):
        own = office_id(office, languages)
        found.append(own if _is_slug(own) and own not in found else _free(_ELSE, found))
    return found


def position_of(body: Body, ref: str) -> int:
    """Where an office stands; past the last one if there is none such."""
    refs = refs_of(body)
    return refs.index(ref) if ref in refs else len(refs)


def office_of(body: Body, ref: str) -> Body | None:
    """An office of a draft, or None."""
    return dict(zip(refs_of(body), offices_of(body), strict=True)).get(ref)


def mark_of_office(body: Body, ref: str) -> str:
    """What stands for an office as it is: it tells whether somebody has changed it since."""
    return digest(office_of(body, ref))


def mark_of_order(body: Body) -> str:
    """What stands for the order of the offices."""
    return digest(refs_of(body))


def changed_office(body: Body, ref: str, fields: Body) -> Body:
    """A draft with an office changed, or added if there is none such; an id is made of the first name, once.

    Adding the same again adds nothing.
    """
    refs, offices, at = refs_of(body), offices_of(body), position_of(body, ref)
    if not ref and any(_without_id(office) == _without_id(with_fields({}, fields)) for office in offices):
        return body
    own = {"id": ref or _free(_named(fields, body), refs)}
    changed = with_fields({**own, **(offices[at] if at < len(offices) else {}), **own}, fields)
    return with_fields(body, {OFFICES: [*offices[:at], changed, *offices[at + 1 :]]})


def changed_if_there(body: Body, ref: str, fields: Body) -> Body:
    """A draft with an office changed, or as it is if there is none such."""
    return body if office_of(body, ref) is None else changed_office(body, ref, fields)


def with_closure(body: Body, ref: str, day: str, is_closed: bool) -> Body:
    """A draft with one more day on which an office is closed, or without it."""
    given = (office_of(body, ref) or {}).get("closures")
    others = [each for each in given if str(each) != day] if isinstance(given, list) else []
    return changed_if_there(body, ref, {"closures": [*others, day] if is_closed else others})


def moved_office(body: Body, ref: str, by: int) -> Body:
    """A draft with an office so many keys later, or earlier, as far as there are any."""
    offices, at = offices_of(body), position_of(body, ref)
    if at == len(offices):
        return body
    rest = [*offices[:at], *offices[at + 1 :]]
    to = min(max(at + by, 0), len(rest))
    return with_fields(body, {OFFICES: [*rest[:to], offices[at], *rest[to:]]})


def placed_office(body: Body, ref: str, place: int) -> Body:
    """A draft with an office at a place in the order of the keys, of which the first is 1."""
    return moved_office(body, ref, place - 1 - position_of(body, ref))


def without_office(body: Body, ref: str) -> Body:
    """A draft without an office."""
    kept = [office for own, office in zip(refs_of(body), offices_of(body), strict=True) if own != ref]
    return with_fields(body, {OFFICES: kept})


def keys_of(refs: Sequence[str]) -> dict[str, str]:
    """The keys that lead to each office; one on a later page takes several, one after the other."""
    return {
        ref: str(KEYED_OFFICES) * turned + str(key)
        for turned, page in enumerate(paged(tuple(refs)))
        for key, ref in enumerate(page, start=1)
    }


def moved_keys(before: Body, after: Body) -> dict[str, tuple[str, str]]:
    """The offices whose keys are others now, with both: whoever reads them from paper presses wrong ones."""
    old, new = (keys_of(refs_of(body)) for body in (before, after))
    return {own: (old[own], new[own]) for own in new if own in old and old[own] != new[own]}


def typed_week(value: object) -> dict[str, str]:
    """The hours of each day as they were typed; those of an office that names none are as usual."""
    given: Mapping[Any, Any] = value if isinstance(value, Mapping) else write_week(WEEK)
    week = dict.fromkeys(DAYS, CLOSED)
    for days, hours in given.items():
        week |= dict.fromkeys(_days(days), str(hours))
    return week


def write_typed_week(week: Mapping[str, str]) -> dict[str, str]:
    """The hours of each day as a document has them, days in a row with the same ones together."""
    spans: list[tuple[list[str], str]] = []
    for day in DAYS:
        hours = " ".join(week.get(day, "").split()) or CLOSED
        if spans and spans[-1][1] == hours:
            spans[-1][0].append(day)
        else:
            spans.append(([day], hours))
    return {days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}": hours for days, hours in spans}


def day_of(span: object) -> str:
    """The first day of a span such as 'mon-fri'; the first of all for what is none."""
    return next(iter(_days(span)), DAYS[0])


def _days(span: object) -> list[str]:
    try:
        return [DAYS[day] for day in days_of(span)]
    except DocumentError:
        return []


def _named(office: Body, body: Body) -> str:
    return slug_of(office_id(office, languages_of(body)))[:_LONGEST] or _ELSE


def _free(wanted: str, taken: Iterable[str]) -> str:
    numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    known = set(taken)
    return next(own for own in numbered if own not in known)


def _is_slug(text: str) -> bool:
    try:
        return slug(text) == text
    except DocumentError:
        return False


def _without_id(office: Body) -> str:
    return json.dumps({name: value for name, value in office.items() if name != "id"}, sort_keys=True)
