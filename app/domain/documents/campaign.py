"""Reading and writing a whole campaign."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar

from app.domain.campaigns import CallerId, Campaign, CampaignStatus, Limits
from app.domain.documents import values
from app.domain.documents.faults import DocumentError, Faults, wrong
from app.domain.documents.fields import Field, Reader, list_of, read_fields
from app.domain.documents.offices import Common, read_closures, read_offices, write_office
from app.domain.documents.plain import filled, plain_words
from app.domain.documents.recordings import check_recorded, read_recordings
from app.domain.documents.texts import SCRIPT_LIMIT, SPEECH_LIMIT, line, summary, text, words
from app.domain.languages import CODES

T = TypeVar("T")

TITLE_LIMIT = 120
MOST_GOAL_CALLS = 10_000_000

LAST_DAY_YEARS = range(2000, 2100)
"""A last day beyond was mistyped."""

_NONE: tuple[str, ...] = ()

LIMITS: Mapping[str, Field] = {
    # The state that travels has one character a bridge.
    "bridges_per_call": Field(values.whole_number(1, 30)),
    "minutes_per_call": Field(values.whole_number(1, 240)),
    "bridges_per_office_per_day": Field(values.whole_number(1, 20)),
    "live_legs_per_office": Field(values.whole_number(1, 100)),
    "ring_seconds": Field(values.whole_number(5, 120)),
    "talk_minutes": Field(values.whole_number(1, 240)),
    "patient_talk_minutes": Field(values.whole_number(1, 240)),
    "busy_cooldown_minutes": Field(values.whole_number(1, 1440)),
}


@dataclass(frozen=True, slots=True)
class Document:
    """A campaign and the status that its document asks for; None leaves the status as it is."""

    campaign: Campaign
    status: CampaignStatus | None = None


def _read_languages(value: object) -> tuple[str, ...]:
    languages = list_of(values.code_of(CODES, "language"), len(CODES))(value)
    if not languages:
        raise wrong("A campaign is held in at least one language.")
    return languages


def _closure_set(value: object) -> frozenset[date]:
    return frozenset(read_closures(value))


def _read_last_day(value: object) -> date:
    last = values.day(value)
    if last.year not in LAST_DAY_YEARS:
        raise wrong(f"{last} must be between {LAST_DAY_YEARS[0]} and {LAST_DAY_YEARS[-1]}.")
    return last


def _read_limits(value: object) -> Limits:
    return Limits(**read_fields(value, LIMITS))


def _campaign_fields(common: Common) -> Mapping[str, Field]:
    languages, every, first = common.languages, common.needed, common.needed[:1]
    return {
        "slug": Field(values.slug, required=True),
        "status": Field(values.one_of(CampaignStatus)),
        "name": Field(line(TITLE_LIMIT), required=True),
        "organization": Field(line(TITLE_LIMIT), required=True),
        "number": Field(values.e164_number),
        "languages": Field(_read_languages, required=True),
        "time_zone": Field(values.time_zone, required=True),
        "holidays": Field(values.holiday_country),
        "closures": Field(lambda value: tuple(sorted(_closure_set(value)))),
        "ends_on": Field(_read_last_day),
        "caller_id": Field(values.one_of(CallerId)),
        "welcomes_back": Field(values.truth),
        "limits": Field(_read_limits),
        "goal_calls": Field(values.whole_number(0, MOST_GOAL_CALLS)),
        "contact": Field(words(languages, first, text(SPEECH_LIMIT))),
        "greeting": Field(words(languages, every, text(SPEECH_LIMIT)), required=True),
        "summary": Field(words(languages, every, summary), required=True),
        "script": Field(words(languages, every, text(SCRIPT_LIMIT)), required=True),
        "recordings": Field(read_recordings(languages)),
        "offices": Field(lambda value: read_offices(value, common), required=True),
    }


def read_document(document: object) -> Document:
    """A campaign and its status from plain values; raises DocumentError with all that is wrong."""
    return _read(document, values.called_number)


def read_campaign(document: object) -> Campaign:
    """A campaign from plain values; raises DocumentError with all that is wrong."""
    return read_document(document).campaign


def read_published(body: object) -> Campaign:
    """A campaign from the body of a published version, whose numbers were checked when it was published.

    What counts as an assigned number changes with the months, and must not take a hotline from the air.
    """
    return _read(body, values.e164_number).campaign


def _read(document: object, read_number: Reader[str]) -> Document:
    fields = read_fields(document, _campaign_fields(_read_common(document, read_number)))
    status = fields.pop("status", None)
    campaign = Campaign(**fields)
    faults = Faults()
    check_recorded(campaign, faults)
    for index, office in enumerate(campaign.offices):
        with faults.at("offices", index, "number"):
            if office.number == campaign.number:
                raise wrong("It is the hotline's own number.")
    faults.check()
    return Document(campaign, status)


def _read_common(document: object, read_number: Reader[str]) -> Common:
    """What the texts and offices are read by, as far as it can be read: its faults are told with the others."""
    given = document if isinstance(document, Mapping) else {}
    languages = _or(_read_languages, given.get("languages"), _NONE)
    return Common(
        languages or CODES,
        languages,
        _or(values.time_zone, given.get("time_zone"), "UTC"),
        _or(values.holiday_country, given.get("holidays"), ""),
        _or(_closure_set, given.get("closures"), frozenset()),
        read_number,
    )


def _or(read: Reader[T], value: object, otherwise: T) -> T:
    try:
        return read(value)
    except DocumentError:
        return otherwise


def write_document(document: Document) -> dict[str, Any]:
    """A campaign and its status as plain values, in the order of a reviewable file."""
    written = write_campaign(document.campaign)
    slug = {"slug": written.pop("slug")}
    return filled({**slug, "status": document.status and str(document.status), **written})


def write_campaign(campaign: Campaign) -> dict[str, Any]:
    """A campaign as plain values: everything that a later release might default otherwise is written out."""
    languages = campaign.languages
    common = Common(languages, languages, campaign.time_zone, campaign.holidays, frozenset(campaign.closures))
    return filled(
        {
            "slug": campaign.slug,
            "name": campaign.name,
            "organization": campaign.organization,
            "number": campaign.number,
            "languages": list(languages),
            "time_zone": campaign.time_zone,
            "holidays": campaign.holidays or False,
            "closures": [day.isoformat() for day in campaign.closures],
            "ends_on": campaign.ends_on and campaign.ends_on.isoformat(),
            "caller_id": str(campaign.caller_id),
            "welcomes_back": campaign.welcomes_back,
            "limits": asdict(campaign.limits),
            "goal_calls": campaign.goal_calls or None,
            "contact": plain_words(campaign.contact, languages),
            "greeting": plain_words(campaign.greeting, languages),
            "summary": plain_words(campaign.summary, languages),
            "script": plain_words(campaign.script, languages),
            "recordings": {name: dict(ids) for name, ids in campaign.recordings.items()},
            "offices": [write_office(office, common) for office in campaign.offices],
        }
    )
