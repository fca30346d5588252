"""What a draft holds need not be right, and reading it never fails."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.documents import read_campaign, write_campaign
from app.domain.drafts import (
    faults_of,
    languages_of,
    mark_of,
    offices_of,
    read_words,
    warnings_of,
    with_fields,
    with_office,
    write_words,
)
from tests.support.campaign_documents import anything, documents, small

BOTH = ("en", "es")

# Documents take long to make where other processes have the machine.
fewer = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@fewer
@given(st.dictionaries(st.sampled_from(["languages", "offices", "summary", "name", "other"]), anything, max_size=5))
def test_anything_can_be_a_draft(body: dict[str, Any]) -> None:
    languages = languages_of(body)
    assert set(languages) <= set(BOTH)
    assert set(read_words(body.get("summary"), languages)) == set(languages)
    assert all(office.get("name") or True for office in offices_of(body))
    assert faults_of(body) != ()


@fewer
@given(documents)
def test_what_is_published_is_read_into_fields_and_back_unchanged(document: dict[str, Any]) -> None:
    body = write_campaign(read_campaign(document))
    languages = languages_of(body)
    names = ("contact", "greeting", "summary", "script")
    again = {name: write_words(read_words(body.get(name), languages), languages) for name in names}
    assert with_fields(body, again) == body
    assert faults_of(body) == ()


def test_a_text_by_language_keeps_what_was_typed_and_leaves_out_what_was_not() -> None:
    assert write_words({"en": " Hello \n", "es": " "}, BOTH) == " Hello \n"
    assert write_words({"en": "", "es": "Hola"}, BOTH) == {"es": "Hola"}
    assert write_words({}, BOTH) == {}


def test_a_field_that_is_empty_now_is_left_out() -> None:
    assert with_fields({"name": "A", "contact": "B"}, {"contact": "", "number": None}) == {"name": "A"}
    assert with_fields({}, {"holidays": False}) == {"holidays": False}


def test_what_is_not_advised_is_told_where_nothing_is_wrong() -> None:
    long = small(summary={"en": "word " * 70, "es": "Pida."})
    assert [fault.where for fault in warnings_of(long)] == ["summary.en"]
    assert warnings_of(long | {"name": ""}) == ()


def test_a_mark_tells_whether_some_fields_have_changed() -> None:
    seen = mark_of(small(), ("name", "number"))
    assert seen == mark_of(small(script="Other."), ("name", "number"))
    assert seen != mark_of(small(name="Other"), ("name", "number"))
    assert seen != mark_of(small(number="+15005550006"), ("name", "number"))


def test_an_office_is_changed_in_its_place_or_added_at_the_end() -> None:
    body = small()
    first, second = body["offices"]
    changed = with_office(body, 1, {"number": "+1", "extension": ""})
    assert changed["offices"] == [first, {"name": second["name"], "number": "+1"}]
    assert with_office(body, 2, {"name": "New"})["offices"] == [first, second, {"name": "New"}]
    assert with_office({}, 0, {"name": "New"}) == {"offices": [{"name": "New"}]}
    assert body == small()
