"""A campaign document is read whole or refused with everything that is wrong with it."""

import json
from datetime import date, time
from typing import Any

import pytest

from app.domain.campaigns import CallerId, CampaignStatus, Limits
from app.domain.documents import (
    DocumentError,
    campaign_warnings,
    read_campaign,
    read_document,
    read_published,
    write_campaign,
    write_document,
)
from app.domain.hours import WEEK
from app.domain.offices import MAX_OFFICES
from tests.support.campaign_documents import small, small_office


def faults(document: object) -> dict[str, str]:
    with pytest.raises(DocumentError) as raised:
        read_document(document)
    return {fault.where: fault.message for fault in raised.value.faults}


def test_a_document_is_read_with_its_defaults() -> None:
    document = read_document(small())
    campaign = document.campaign
    madison, desk = campaign.offices
    assert document.status is None
    assert (campaign.slug, campaign.languages, campaign.number) == ("small", ("en", "es"), "")
    assert (campaign.caller_id, campaign.limits, campaign.holidays) == (CallerId.SUPPORTER, Limits(), "")
    assert (madison.id, madison.position, madison.number) == ("madison", 0, "+16082645338")
    assert (madison.calendar.time_zone, madison.calendar.week) == ("America/Chicago", WEEK)
    assert (desk.id, desk.extension, desk.hours_assumed) == ("penasco-office", "w12", True)


def test_a_text_alone_is_in_the_first_language() -> None:
    office = {"name": "Madison", "number": "608-264-5338"}
    document = small(languages=["es"], greeting="Hola", summary="Pida", script="Ayuden", offices=[office])
    campaign = read_campaign(document)
    assert campaign.greeting == {"es": "Hola"}
    assert write_campaign(campaign)["greeting"] == "Hola"


def test_an_office_has_what_its_campaign_says_unless_it_says_otherwise() -> None:
    document = small_office(closures=["2017-12-26"], holidays=False, time_zone="UTC")
    document |= {"holidays": "US", "closures": [date(2017, 12, 22), "2017-12-22"]}
    first, second = read_campaign(document).offices
    assert first.calendar.closures == {date(2017, 12, 22), date(2017, 12, 26)}
    assert (first.calendar.holidays, second.calendar.holidays) == ("", "US")
    written = write_campaign(read_campaign(document))
    assert written["offices"][0]["closures"] == ["2017-12-26"]
    assert written["offices"][0]["holidays"] is False
    assert {"closures", "holidays", "time_zone"}.isdisjoint(written["offices"][1])


def test_a_written_document_is_plain_json() -> None:
    document = read_document(small(status="paused", number="+15005550006"))
    written = write_document(document)
    assert document.status is CampaignStatus.PAUSED
    assert list(written)[:2] == ["slug", "status"]
    assert read_document(json.loads(json.dumps(written))) == document


def test_a_published_number_stays_though_it_is_no_longer_assigned() -> None:
    body = write_campaign(read_campaign(small()))
    body["offices"][0]["number"] = "+16085550100999"
    assert "offices[0].number" in faults(body)
    assert read_published(body).offices[0].number == "+16085550100999"


def test_all_faults_are_told_at_once() -> None:
    document = small_office(number="911", hours={"mon-fri": "17:00-9:00"}) | {"time_zone": "America/Chicagoo"}
    del document["summary"]["es"]
    assert faults(document) == {
        "time_zone": "'America/Chicagoo' is not a time zone such as 'America/Chicago'. Did you mean 'America/Chicago'?",
        "summary.es": "It is missing.",
        "offices[0].number": "'911' is not a number that can be assigned.",
        "offices[0].hours.mon-fri": "'17:00-9:00' ends before it begins; hours are from 0:00 to 24:00.",
    }


def test_the_error_says_each_fault_on_a_line() -> None:
    with pytest.raises(DocumentError) as raised:
        read_campaign(small(slug="No", name=""))
    assert len(str(raised.value).splitlines()) == 2
    assert str(raised.value).startswith("slug: 'No' may hold only")
    with pytest.raises(DocumentError, match=r"^It must be a mapping with fields like 'slug', not a list\.$"):
        read_campaign([])


def test_an_unknown_field_is_refused_with_the_one_that_may_be_meant() -> None:
    found = faults(small(organisation="x", **{"a\nb": 1, "z" * 99: 1}))
    assert found["organisation"] == "There is no such field. Did you mean 'organization'?"
    assert found["'a\\nb'"] == "There is no such field."
    assert faults(small_office(nmae="x")) == {"offices[0].nmae": "There is no such field. Did you mean 'name'?"}
    strange: dict[Any, Any] = {**small(), 5: 1}
    assert list(faults(strange)) == ["'a number'"]
    assert len(faults(small() | {f"field{n}": 1 for n in range(100)})) == 20


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"slug": "-x"}, "slug", "may hold only"),
        ({"slug": "x" * 61}, "slug", "more than 60 characters"),
        ({"slug": 2017}, "slug", "must be text, not a number"),
        ({"name": True}, "name", "must be text, not true"),
        ({"name": {"en": "x"}}, "name", "must be text, not a mapping"),
        ({"name": ["x"]}, "name", "must be text, not a list"),
        ({"name": date(2017, 1, 1)}, "name", "must be text, not something else"),
        ({"name": " \n "}, "name", "is empty"),
        ({"name": "a\x07b"}, "name", "U+0007"),
        ({"name": "a\ud800"}, "name", "U+D800"),
        ({"name": "a\u202eb"}, "name", "U+202E"),
        ({"name": "\ufb2c" * 119}, "name", "more than 120 characters"),
        ({"name": None}, "name", "is missing"),
        ({"status": "lvie"}, "status", "must be live or paused or ended, not 'lvie'. Did you mean 'live'?"),
        ({"languages": []}, "languages", "at least one language"),
        ({"languages": ["en", "fr"]}, "languages[1]", "'fr' is not a language that can be used (en, es)"),
        ({"languages": "en"}, "languages", "must be a list, not 'en'"),
        ({"languages": ["en", "es", "en"]}, "languages", "has 3 entries; at most 2"),
        ({"greeting": "Hello"}, "greeting.es", "is missing"),
        ({"greeting": {"en": "x", "es": "y", "fr": "z"}}, "greeting.fr", "not one of the campaign's languages"),
        ({"greeting": 3}, "greeting", "must be a mapping with fields like 'en', not a number"),
        ({"contact": {"es": "x"}}, "contact.en", "is missing"),
        ({"script": {"en": "x" * 6001, "es": "y"}}, "script.en", "more than 6000 characters"),
        ({"summary": {"en": "x " * 90, "es": "y"}}, "summary.en", "takes 36 seconds to say; at most 35"),
        ({"number": "608-264-5338"}, "number", "with + and the country code"),
        ({"number": "+16082645338"}, "offices[0].number", "the hotline's own number"),
        ({"caller_id": "anyone"}, "caller_id", "must be supporter or campaign"),
        ({"welcomes_back": "yes"}, "welcomes_back", "must be true or false, not 'yes'"),
        ({"holidays": "FR"}, "holidays", "'FR' is not a country"),
        ({"holidays": True}, "holidays", "must be text, not true"),
        ({"closures": ["2017-02-30"]}, "closures[0]", "not in the calendar"),
        ({"closures": ["26.12.2017"]}, "closures[0]", "must be a date"),
        ({"ends_on": "2017-02-29"}, "ends_on", "not in the calendar"),
        ({"ends_on": "0217-12-22"}, "ends_on", "must be between 2000 and 2099"),
        ({"time_zone": "America"}, "time_zone", "not a time zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "not a time zone"),
        ({"limits": {"ring_seconds": 0}}, "limits.ring_seconds", "must be from 5 to 120"),
        ({"limits": {"ring_seconds": True}}, "limits.ring_seconds", "must be a whole number, not true"),
        ({"limits": {"ring_seconds": 10**5000}}, "limits.ring_seconds", "must be from 5 to 120"),
        ({"limits": {"ring_seconds": "soon"}}, "limits.ring_seconds", "must be a whole number, not 'soon'"),
        ({"limits": {"ring": 30}}, "limits.ring", "There is no such field."),
        ({"offices": []}, "offices", "at least one office"),
        ({"offices": [{}] * (MAX_OFFICES + 1)}, "offices", f"at most {MAX_OFFICES}"),
        ({"offices": {"Madison": "608"}}, "offices", "must be a list, not a mapping"),
    ],
)
def test_what_a_campaign_may_not_say(changes: dict[str, Any], where: str, message: str) -> None:
    found = faults(small(**changes))
    assert list(found) == [where]
    assert message in found[where]


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"name": "中文"}, "", "give it a field 'id'"),
        ({"id": "Madison"}, ".id", "may hold only"),
        ({"id": "penasco-office"}, "1.id", "offices[0] has the id 'penasco-office' as well"),
        ({"number": "202-736-7660", "extension": "w12"}, "1.number", "offices[0] has the same number"),
        ({"number": 6082645338}, ".number", "must be text, not a number"),
        ({"number": "x" * 101}, ".number", "more than 100 characters"),
        ({"extension": "1,2"}, ".extension", "up to 20 keys of the telephone, and w"),
        ({"area_codes": ["608", "15"]}, ".area_codes[1]", "an area code of three digits"),
        ({"area_codes": [608]}, ".area_codes[0]", "must be text, not a number"),
        ({"hours": "9-17"}, ".hours", "must be a mapping such as 'mon-fri: 9:00-17:00', not '9-17'"),
        ({"hours": {"mnoday": "closed"}}, ".hours.mnoday", "must be days such as"),
        ({"hours": {"fry": "closed"}}, ".hours.fry", "Did you mean 'fri'?"),
        ({"hours": {5: "closed"}}, ".hours.'a number'", "must be text, not a number"),
        ({"hours": {"fri-mon": "closed"}}, ".hours.fri-mon", "Days run from mon to sun"),
        ({"hours": {"mon-fri": "closed", "tue": "closed"}}, ".hours.tue", "given twice"),
        ({"hours": {"mon": "9-17"}}, ".hours.mon", "must be hours such as"),
        ({"hours": {"mon": "9:00-24:01"}}, ".hours.mon", "'24:01' is not a time of day"),
        ({"hours": {"mon": "9:00-12:00, 11:00-13:00"}}, ".hours.mon", "overlap"),
    ],
)
def test_what_an_office_may_not_say(changes: dict[str, Any], where: str, message: str) -> None:
    found = faults(small_office(**changes))
    place = f"offices[1]{where[1:]}" if where.startswith("1") else f"offices[0]{where}"
    assert list(found) == [place]
    assert message in found[place]


def test_hours_are_read_as_people_write_them() -> None:
    hours = {"Mon - Wed": "13:00 – 15:00, 10:00-12:00", "fri": "closed", "sat": "0:00-24:00"}
    week = read_campaign(small_office(hours=hours)).offices[0].calendar.week
    split = ((time(10), time(12)), (time(13), time(15)))
    assert week == (split, split, split, (), (), ((time(0), time.max),), ())
    written = write_campaign(read_campaign(small_office(hours=hours)))["offices"][0]["hours"]
    assert written == {
        "mon-wed": "10:00-12:00, 13:00-15:00",
        "thu-fri": "closed",
        "sat": "0:00-24:00",
        "sun": "closed",
    }


def test_texts_are_kept_as_paragraphs_of_joined_letters() -> None:
    campaign = read_campaign(small(name="  Pen\u0303a\n\n  tour ", contact=" a\tb\r\n\r\n\r\nc "))
    assert (campaign.name, campaign.contact) == ("Peña tour", {"en": "a b\nc"})


def test_digits_do_for_a_number() -> None:
    assert read_campaign(small(limits={"ring_seconds": "25"})).limits.ring_seconds == 25


def test_faulty_common_fields_do_not_hide_the_faults_of_offices() -> None:
    document = small_office(number="1") | {"languages": 1, "time_zone": 1, "holidays": 1, "closures": 1}
    found = faults(document)
    assert {"languages", "time_zone", "holidays", "closures", "offices[0].number"} <= set(found)


def test_warnings_name_what_is_allowed_and_not_advised() -> None:
    document = small_office(hours={"mon-sun": "closed"}, brief="Ask otherwise.")
    document |= {"contact": {"en": "Us"}, "summary": {"en": "word " * 70, "es": "corto"}}
    assert [str(warning) for warning in campaign_warnings(read_campaign(document))] == [
        "summary.en: It takes 28 seconds to say; up to 25 are advised.",
        "contact.es: It is not translated.",
        "offices[0].brief.es: It is not translated.",
        "offices[0].hours: The office never opens.",
    ]
    assert campaign_warnings(read_campaign(small())) == ()


def test_a_recording_is_named_by_its_id_for_a_text_that_there_is() -> None:
    found = read_campaign(small(recordings={"greeting": {"en": "a" * 32}, "script": {}}))
    assert found.recordings == {"greeting": {"en": "a" * 32}}
    assert write_campaign(found)["recordings"] == {"greeting": {"en": "a" * 32}}
    assert faults(small(recordings={"greetings": {}})) == {
        "recordings.greetings": "There is no such field. Did you mean 'greeting'?"
    }
    assert faults(small(recordings={"greeting": {"en": "https://example.org/a.mp3"}})).keys() == {
        "recordings.greeting.en"
    }
    assert faults(small(recordings={"contact": {"es": "a" * 32}})) == {
        "recordings.contact.es": "The text that it is played for is missing: give contact.es as well."
    }
