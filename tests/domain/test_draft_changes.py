"""What a draft changes is told by its smallest parts, each with what it was and what it becomes."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents import read_campaign, write_campaign
from app.domain.draft_beginnings import blank, duplicate
from app.domain.draft_changes import Changed, changes
from app.domain.drafts import faults_of, with_languages, with_office
from tests.domain.test_drafts import fewer
from tests.support.campaign_documents import anything, documents, small, small_office


@fewer
@given(documents)
def test_nothing_differs_from_what_is_published_of_it(document: dict[str, Any]) -> None:
    assert changes(document, write_campaign(read_campaign(document))) == ()


@fewer
@given(documents, st.dictionaries(st.sampled_from(["languages", "offices", "summary", "limits", "name"]), anything))
def test_anything_can_be_compared(document: dict[str, Any], strange: dict[str, Any]) -> None:
    changes(document, strange)
    changes(strange, document)


def test_each_part_is_told_by_itself() -> None:
    after = small_office(number="608-264-5339", extension="12", hours={"mon": "9:00-12:00"})
    after["summary"]["es"] = "Pida más."
    after |= {"limits": {"ring_seconds": 20}, "welcomes_back": False, "closures": ["2026-12-24", "2026-12-25"]}
    told = {each.path: (each.before, each.after) for each in changes(small(), after)}
    assert told == {
        ("summary", "es"): ("Pida ayuda.", "Pida más."),
        ("limits", "ring_seconds"): ("30", "20"),
        ("welcomes_back",): ("yes", "no"),
        ("closures",): ("", "2026-12-24\n2026-12-25"),
        ("offices", "madison", "number"): ("+16082645338", "+16082645339"),
        ("offices", "madison", "extension"): ("", "12"),
        ("offices", "madison", "hours"): ("mon-fri 9:00-17:00\nsat-sun closed", "mon 9:00-12:00\ntue-sun closed"),
    }


def test_offices_are_known_by_their_ids_wherever_they_stand() -> None:
    turned = small()
    turned["offices"].reverse()
    assert changes(small(), turned) == (Changed(("offices",), "Madison\nPeñasco Office", "Peñasco Office\nMadison"),)


def test_a_wrong_draft_is_compared_as_it_was_typed() -> None:
    told = changes(small(), small(name="", time_zone="Mars"))
    assert {each.path for each in told} >= {("name",), ("time_zone",)}


def test_a_copy_has_everything_but_number_dates_and_marks_of_verification() -> None:
    document = small(number="+15005550006", closures=["2026-12-24"], ends_on="2026-12-31", status="live", contact="Us")
    document["offices"][0] |= {"hours_assumed": False, "closures": ["2026-12-31"], "brief": "Ask."}
    copy = duplicate(document, "copy", "Copy")
    assert copy == small(slug="copy", name="Copy", contact="Us") | {
        "offices": [small()["offices"][0] | {"brief": "Ask."}, small()["offices"][1]]
    }


def test_a_new_campaign_lacks_nothing_but_its_offices() -> None:
    begun = blank("new", "New", "Group")
    assert {fault.path for fault in faults_of(begun)} == {("offices",)}
    office = {"name": "Madison", "number": "608-264-5338"}
    assert faults_of(with_office(begun, 0, office)) == ()


def test_texts_stay_with_their_languages() -> None:
    begun = small(contact="Us")
    turned = with_languages(begun, ("es", "en"))
    assert (turned["languages"], turned["contact"]) == (["es", "en"], {"en": "Us"})
    assert turned["offices"][0]["name"] == {"en": "Madison"}
    assert with_languages(turned, ("en", "es"))["contact"] == "Us"
    spanish = with_languages(begun, ("es",))
    assert (spanish["greeting"], spanish.get("contact")) == ("Bienvenidos.", None)


def test_recordings_go_with_their_language_and_are_told_apart() -> None:
    recorded = small(recordings={"greeting": {"en": "a" * 32, "es": "b" * 32}, "summary": {"es": "c" * 32}})
    english = with_languages(recorded, ("en",))
    assert english["recordings"] == {"greeting": {"en": "a" * 32}}
    told = {each.path: (each.before, each.after) for each in changes(small(), recorded)}
    assert told == {
        ("recordings", "greeting", "en"): ("", "recording aaaaaa"),
        ("recordings", "greeting", "es"): ("", "recording bbbbbb"),
        ("recordings", "summary", "es"): ("", "recording cccccc"),
    }
    assert "recordings" not in with_languages(small(recordings="none"), ("en",))
