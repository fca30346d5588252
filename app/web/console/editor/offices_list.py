"""The list of a draft's offices, as the editor shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.documents.hours import CLOSED, DAYS
from app.domain.draft_changes import office_id
from app.domain.draft_offices import keys_of, mark_of_order, refs_of, typed_week, write_typed_week
from app.domain.drafts import Body, languages_of, offices_of, read_words
from app.domain.offices import MAX_OFFICES
from app.services.drafts import Draft
from app.services.office_care import line_of, verified_offices
from app.services.review import moves
from app.store.verified_offices import Verified
from app.web.console.editor.office_fields import readable_number
from app.web.parts import desk


@dataclass(frozen=True, slots=True)
class Row:
    """An office in the list; `wrong` is how much of it stands in the way of publishing."""

    ref: str
    key: str
    label: str
    spoken: str
    number: str
    zone: str
    hours: str
    is_assumed: bool
    wrong: int
    verified: Verified | None


def shown_offices(draft: Draft) -> dict[str, object]:
    """What the list shows: the offices, what stands for their order, and whose printed keys would lead elsewhere."""
    body, languages = draft.body, languages_of(draft.body)
    refs = refs_of(body)
    keys = keys_of(refs)
    verified = verified_offices(desk(), draft.slug)
    rows = []
    for at, (ref, office) in enumerate(zip(refs, offices_of(body), strict=True)):
        names, spoken = (read_words(office.get(name), languages) for name in ("name", "say_as"))
        rows.append(
            Row(
                ref,
                keys[ref],
                next(filter(None, names.values()), office_id(office, languages)),
                ", ".join(dict.fromkeys(filter(None, spoken.values()))),
                readable_number(office.get("number")),
                str(office.get("time_zone") or body.get("time_zone") or ""),
                hours_words(office.get("hours")),
                office.get("hours_assumed", True) is not False,
                sum(fault.path[:2] == ("offices", at) for fault in draft.faults),
                verified_as(verified, ref, office),
            )
        )
    of_all = [fault.message for fault in draft.faults if fault.path == ("offices",)]
    return {
        "rows": rows,
        "order": mark_of_order(body),
        "moved": moves(desk(), draft),
        "of_all": of_all,
        "has_room": len(rows) < MAX_OFFICES,
        "section": None,
    }


def verified_as(verified: Mapping[str, Verified], ref: str, office: Body) -> Verified | None:
    """The last verification of an office, unless its line is another one now."""
    found = verified.get(ref)
    return found if found and found.line == line_of(office.get("number"), office.get("extension")) else None


def hours_words(value: object) -> str:
    """The hours of a week in a line, without the days that are closed."""
    week = write_typed_week(typed_week(value))
    told = (f"{_days_words(days)} {hours.replace('-', '–')}" for days, hours in week.items() if hours != CLOSED)
    return "; ".join(told) or "Never open"


def _days_words(span: str) -> str:
    return "–".join(day.capitalize() for day in span.split("-") if day in DAYS)
