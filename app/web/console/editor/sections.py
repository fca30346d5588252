"""The sections of the editor: one table, from which its list, its marks and the links to fields are made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import request, url_for

from app.domain.documents import Fault, Path
from app.domain.draft_offices import day_of, refs_of
from app.domain.drafts import OFFICE_TEXTS, TEXTS, Body, languages_of
from app.services.draft_words import fault_words
from app.services.drafts import Draft

FieldId = Callable[[Path, tuple[str, ...]], str]
"""Gives the id in the page of the field that a path in a draft leads to; the draft's languages come with it."""

PageOf = Callable[[str, Body, Path], str]
"""Gives the page of its own that the field of a path has within a section; empty where it is the section's own."""

_FORM = "console.edit_section"

OFFICES_OWN = "offices-own"
"""The part of the voice page that has the texts of the offices."""


def field_id(path: Path, languages: tuple[str, ...]) -> str:
    """The id of a field that is a text by language, a limit, or one field alone."""
    name = str(path[0])
    if name in TEXTS:
        return f"{name}.{path[1] if path[1:] and path[1] in languages else languages[0]}"
    return f"limits.{path[1]}" if name == "limits" and path[1:] else name


def office_field_id(path: Path, languages: tuple[str, ...]) -> str:
    """The id of a field in the page of an office; of the offices as a whole, that of their list."""
    _, _, name, *rest = (*map(str, path), "", "", "")
    if name == "recordings":
        return OFFICES_OWN
    if name == "hours":
        return f"hours.{day_of(rest[0])}"
    if name in OFFICE_TEXTS:
        return f"{name}.{rest[0] if rest[0] in languages else languages[0]}"
    return {"": "offices", "id": f"name.{languages[0]}"}.get(name, name)


def _office_href(slug: str, body: Body, path: Path) -> str:
    """The page of the office that a path leads to; empty where it leads to all of them."""
    if path[2:3] == ("recordings",):
        return url_for("console.voice", slug=slug)
    at = path[1] if len(path) > 2 else -1
    refs = refs_of(body)
    return url_for("console.office", slug=slug, office=refs[int(at)]) if at in range(len(refs)) else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the editor, and the fields of a draft that are edited there.

    One that is a simple form needs a template `console/editor/<key>.html` and a reader in `forms.READERS`; another one
    brings an endpoint with `<slug>` of its own.
    """

    key: str
    label: str
    fields: tuple[str, ...]
    endpoint: str = _FORM
    field_id: FieldId = field_id
    page_of: PageOf = lambda slug, body, path: ""

    def href(self, slug: str, anchor: str | None = None) -> str:
        """The address of the section, or of one field of it."""
        if self.endpoint == _FORM:
            return url_for(_FORM, slug=slug, section=self.key, _anchor=anchor)
        return url_for(self.endpoint, slug=slug, _anchor=anchor)


SECTIONS = (
    Section("message", "Message", ("name", "organization", "greeting", "summary", "script", "contact")),
    Section("offices", "Offices", ("offices",), "console.edit_offices", office_field_id, _office_href),
    Section("voice", "Voice", ("recordings",), "console.voice", lambda path, _: "-".join(map(str, path[1:3]))),
    Section("hours", "Hours", ("time_zone", "ends_on", "holidays", "closures")),
    Section("limits", "Goal and limits", ("goal_calls", "limits")),
    Section("languages", "Languages", ("languages",)),
    Section("line", "Phone line", ("number", "caller_id", "welcomes_back")),
)
"""In the order of the list."""

BY_KEY = {section.key: section for section in SECTIONS}


@dataclass(frozen=True, slots=True)
class Listed:
    """A section as the list shows it: how much in it stands in the way of publishing, and how much is not advised."""

    label: str
    href: str
    is_current: bool
    wrong: int
    unadvised: int


@dataclass(frozen=True, slots=True)
class Pointed:
    """A fault with its field in words and the address of it, which is empty where no section has the field."""

    fault: Fault
    words: str
    href: str


def list_sections(draft: Draft) -> Iterator[Listed]:
    """The sections with their marks."""
    for section in SECTIONS:
        href = section.href(draft.slug)
        wrong, unadvised = (_within(section, faults) for faults in (draft.faults, draft.warnings))
        yield Listed(section.label, href, request.path == href, wrong, unadvised)


def point(draft: Draft, fault: Fault) -> Pointed:
    """Where the field of a fault is edited."""
    words = fault_words(fault.path, draft.body)
    for section in SECTIONS:
        if fault.path and fault.path[0] in section.fields:
            anchor = section.field_id(fault.path, languages_of(draft.body))
            page = section.page_of(draft.slug, draft.body, fault.path)
            return Pointed(fault, words, f"{page}#{anchor}" if page else section.href(draft.slug, anchor))
    return Pointed(fault, words, "")


def _within(section: Section, faults: tuple[Fault, ...]) -> int:
    return sum(bool(fault.path) and fault.path[0] in section.fields for fault in faults)
