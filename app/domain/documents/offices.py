"""Reading and writing the offices of a campaign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.documents import values
from app.domain.documents.faults import Faults, wrong
from app.domain.documents.fields import Field, Reader, list_of, read_fields, read_list
from app.domain.documents.hours import read_week, write_week
from app.domain.documents.plain import filled, plain_words
from app.domain.documents.recordings import read_recordings
from app.domain.documents.texts import NAME_LIMIT, SCRIPT_LIMIT, SPEECH_LIMIT, line, text, words
from app.domain.hours import WEEK, Calendar
from app.domain.offices import MAX_OFFICES, Office
from app.domain.recordings import OFFICE_RECORDED

ALIASES_LIMIT = 20
AREA_CODES_LIMIT = 100
CLOSURES_LIMIT = 400

read_closures = list_of(values.day, CLOSURES_LIMIT)


@dataclass(frozen=True, slots=True)
class Common:
    """What an office has from its campaign, unless it says otherwise.

    `needed` are the languages that a text must be in, the first one first: none, if they could not be read.
    `read_number` decides what is a number that can be called.
    """

    languages: tuple[str, ...]
    needed: tuple[str, ...]
    time_zone: str = "UTC"
    holidays: str = ""
    closures: frozenset[date] = frozenset()
    read_number: Reader[str] = values.called_number


def _office_fields(common: Common) -> Mapping[str, Field]:
    languages, first = common.languages, common.needed[:1]
    return {
        "id": Field(values.slug),
        "name": Field(words(languages, first, line(NAME_LIMIT)), required=True),
        "say_as": Field(words(languages, (), line(NAME_LIMIT))),
        "aliases": Field(list_of(line(NAME_LIMIT), ALIASES_LIMIT)),
        "number": Field(common.read_number, required=True),
        "extension": Field(values.extension),
        "time_zone": Field(values.time_zone),
        "hours": Field(read_week),
        "hours_assumed": Field(values.truth),
        "holidays": Field(values.holiday_country),
        "closures": Field(read_closures),
        "area_codes": Field(list_of(values.area_code, AREA_CODES_LIMIT)),
        "brief": Field(words(languages, first, text(SPEECH_LIMIT))),
        "script": Field(words(languages, first, text(SCRIPT_LIMIT))),
        "voicemail_tip": Field(words(languages, first, text(SPEECH_LIMIT))),
        "recordings": Field(read_recordings(languages, OFFICE_RECORDED)),
    }


def read_offices(value: object, common: Common) -> tuple[Office, ...]:
    """The offices in the order of their keys: at least one, no two with the same id or number."""
    table = _office_fields(common)
    entries = read_list(value, lambda entry: _read_office(entry, table, common), MAX_OFFICES)
    if not entries:
        raise wrong("A campaign calls at least one office.")
    faults = Faults()
    ids: dict[str, int] = {}
    numbers: dict[tuple[str, str], int] = {}
    for index, office in enumerate(entries):
        with faults.at(index, "id"):
            if ids.setdefault(office["id"], index) != index:
                raise wrong(f"offices[{ids[office['id']]}] has the id {office['id']!r} as well.")
        line_of_office = office["number"], office.get("extension", "")
        with faults.at(index, "number"):
            if numbers.setdefault(line_of_office, index) != index:
                raise wrong(f"offices[{numbers[line_of_office]}] has the same number.")
    faults.check()
    return tuple(Office(**office, position=index) for index, office in enumerate(entries))


def _read_office(value: object, table: Mapping[str, Field], common: Common) -> dict[str, Any]:
    office = read_fields(value, table)
    office["calendar"] = Calendar(
        office.pop("time_zone", common.time_zone),
        office.pop("hours", WEEK),
        office.pop("holidays", common.holidays),
        common.closures.union(office.pop("closures", ())),
    )
    office.setdefault("id", values.slug_of(next(iter(office["name"].values()), "")))
    if not office["id"]:
        raise wrong("Its name makes no id: give it a field 'id', such as 'office-1'.")
    return office


def write_office(office: Office, common: Common) -> dict[str, Any]:
    """An office as plain values; what it has from its campaign is left out."""
    calendar = office.calendar
    return filled(
        {
            "id": office.id,
            "name": plain_words(office.name, common.languages),
            "say_as": plain_words(office.say_as, common.languages),
            "aliases": list(office.aliases),
            "number": office.number,
            "extension": office.extension,
            "time_zone": calendar.time_zone if calendar.time_zone != common.time_zone else None,
            "hours": write_week(calendar.week),
            "hours_assumed": office.hours_assumed,
            "holidays": calendar.holidays or False if calendar.holidays != common.holidays else None,
            "closures": [day.isoformat() for day in sorted(calendar.closures - common.closures)],
            "area_codes": list(office.area_codes),
            "brief": plain_words(office.brief, common.languages),
            "script": plain_words(office.script, common.languages),
            "voicemail_tip": plain_words(office.voicemail_tip, common.languages),
            "recordings": {name: dict(ids) for name, ids in office.recordings.items()},
        }
    )
