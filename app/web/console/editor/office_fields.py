"""The fields of one office: from a form into a draft, and from a draft into the form, right or wrong."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.documents import Fault
from app.domain.documents.hours import DAYS
from app.domain.draft_offices import changed_office, office_of, position_of, typed_week, write_typed_week
from app.domain.drafts import OFFICE_TEXTS, Body, languages_of, read_words
from app.domain.phone_numbers import BadNumber, office_number, readable
from app.services.drafts import Change
from app.web.console.editor.forms import typed, typed_lines, typed_words
from app.web.console.editor.sections import office_field_id
from app.web.console.forms import Form

_LISTS = ("aliases", "area_codes", "closures")
_HOLIDAYS: Mapping[str, object] = {"": None, "US": "US", "none": False}


def read_office(form: Form, ref: str) -> Change:
    """What was typed of an office; one that has no `ref` yet is added."""
    fields = {
        "number": _number(typed(form, "number")),
        "extension": typed(form, "extension"),
        "time_zone": typed(form, "time_zone"),
        "hours": write_typed_week({day: form[f"hours.{day}"] for day in DAYS}),
        "hours_assumed": not form.has("hours_confirmed"),
        "holidays": _HOLIDAYS.get(form["holidays"]),
        "closures": typed_lines(form, "closures"),
        "aliases": typed_lines(form, "aliases"),
        "area_codes": re.split(r"[\s,;]+", typed(form, "area_codes")) if typed(form, "area_codes") else [],
    }
    return lambda body: changed_office(body, ref, fields | typed_words(form, OFFICE_TEXTS, languages_of(body)))


class OfficeFields:
    """The fields of an office by the names that its form gives them: [name], .errors[name]."""

    def __init__(self, body: Body, ref: str, faults: Iterable[Fault]) -> None:
        """Take a draft, which of its offices, and what is wrong with the draft; without a `ref`, an empty office."""
        self.languages = languages_of(body)
        office = office_of(body, ref) or {}
        self._values = {name: _shown(office.get(name)) for name in ("extension", "time_zone")}
        self._values |= {name: "\n".join(_all(office.get(name))) for name in ("aliases", "closures")}
        self._values |= {f"hours.{day}": hours for day, hours in typed_week(office.get("hours")).items()}
        for name in OFFICE_TEXTS:
            words = read_words(office.get(name), self.languages)
            self._values |= {f"{name}.{code}": text for code, text in words.items()}
        self._values["number"] = readable_number(office.get("number"))
        self._values["area_codes"] = ", ".join(_all(office.get("area_codes")))
        self._values["holidays"] = next((k for k, v in _HOLIDAYS.items() if v == office.get("holidays")), "")
        self.hours_confirmed = office.get("hours_assumed", True) is False
        self.errors = dict[str, str]()
        at = position_of(body, ref)
        for fault in (each for each in faults if each.path[:2] == ("offices", at)):
            name = office_field_id(fault.path if fault.path[2:] else (*fault.path, "id"), self.languages)
            self.errors[name] = " ".join(filter(None, (self.errors.get(name), fault.message)))

    def __getitem__(self, name: str) -> str:
        return self._values.get(name, "")


def readable_number(number: object) -> str:
    """The number of an office as a person reads it, or as it was typed."""
    text = _shown(number)
    try:
        return readable(office_number(text))
    except BadNumber:
        return text


def _number(text: str) -> str:
    """A number in its one form, as far as it is one that can be called; else as it was typed."""
    try:
        return office_number(text)
    except BadNumber:
        return text


def _all(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _shown(value: object) -> str:
    return value if isinstance(value, str) else ""
