"""Offices of a draft are found again by ids that stay, whatever is typed and in whatever order they stand."""

from typing import Any

from hypothesis import given

from app.domain.documents import write_campaign
from app.domain.draft_offices import (
    changed_office,
    day_of,
    keys_of,
    mark_of_office,
    mark_of_order,
    moved_keys,
    moved_office,
    office_of,
    placed_office,
    position_of,
    refs_of,
    typed_week,
    with_closure,
    without_office,
    write_typed_week,
)
from app.domain.drafts import faults_of, offices_of
from tests.domain.test_drafts import fewer
from tests.support.campaign_documents import anything, small, small_office
from tests.support.campaigns import many_offices


@fewer
@given(anything)
def test_whatever_stands_in_a_draft_its_offices_can_be_told_apart(offices: Any) -> None:
    body = {"offices": offices}
    refs = refs_of(body)
    assert len(set(refs)) == len(refs) == len(offices_of(body))
    assert [position_of(body, ref) for ref in refs] == list(range(len(refs)))
    for ref, office in zip(refs, offices_of(body), strict=True):
        assert office_of(body, ref) == office
        assert set(typed_week(office.get("hours"))) == {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}


def test_an_id_is_made_of_the_first_name_once_and_stays() -> None:
    added = changed_office(small(), "", {"name": "Eau Claire"})
    assert refs_of(added) == ["madison", "penasco-office", "eau-claire"]
    renamed = changed_office(added, "eau-claire", {"name": "Wausau"})
    assert office_of(renamed, "eau-claire") == {"id": "eau-claire", "name": "Wausau"}
    named = changed_office(small(), "madison", {"name": "Milwaukee"})
    assert refs_of(named) == ["madison", "penasco-office"]
    assert refs_of(changed_office(small(), "", {"name": "Madison", "number": ""}))[-1] == "madison-2"
    assert refs_of(changed_office({}, "", {"name": "局"})) == ["office"]
    wrong = small_office(id="No Id!")
    assert faults_of(changed_office(wrong, refs_of(wrong)[0], {})) == ()


def test_adding_the_same_again_adds_nothing() -> None:
    once = changed_office(small(), "", {"name": "Eau Claire", "extension": ""})
    assert changed_office(once, "", {"name": "Eau Claire", "extension": ""}) == once


def test_offices_are_moved_by_keys_and_taken_away() -> None:
    body = small()
    later = moved_office(body, "madison", 1)
    assert refs_of(later) == ["penasco-office", "madison"]
    assert moved_office(later, "madison", 5) == later
    assert moved_office(later, "madison", -1) == body
    assert moved_office(body, "nowhere", 1) == body
    assert [placed_office(body, "madison", place) for place in (0, 1, 2, 99)] == [body, body, later, later]
    assert placed_office(body, "nowhere", 1) == body
    assert mark_of_order(later) != mark_of_order(body)
    assert mark_of_office(later, "madison") == mark_of_office(body, "madison") != mark_of_office(body, "nowhere")
    assert refs_of(without_office(body, "madison")) == ["penasco-office"]
    assert "offices" not in without_office(without_office(body, "madison"), "penasco-office")


def test_a_key_moves_where_an_office_comes_before_it_or_the_page_turns() -> None:
    seven, eight = (write_campaign(many_offices(n)) for n in (7, 8))
    assert keys_of(refs_of(seven))["town-7"] == "7"
    assert [keys_of(refs_of(eight))[f"town-{n}"] for n in (6, 7, 8)] == ["6", "71", "72"]
    assert moved_keys(seven, eight) == {"town-7": ("7", "71")}
    assert moved_keys(seven, seven) == {}


def test_hours_are_typed_by_the_day_and_written_by_spans() -> None:
    usual = {"mon-fri": "9:00-17:00", "sat-sun": "closed"}
    assert write_typed_week(typed_week(None)) == usual
    assert write_typed_week(typed_week(usual)) == usual
    wrong = typed_week({"mon-fri": "9 to 5", "sunday": "?"}) | {"wed": " ", "sat": "closed"}
    assert write_typed_week(wrong) == {"mon-tue": "9 to 5", "wed": "closed", "thu-fri": "9 to 5", "sat-sun": "closed"}
    assert (day_of("thu-fri"), day_of("never")) == ("thu", "mon")


def test_an_office_that_is_there_is_closed_for_a_day_and_opened_again() -> None:
    closed = with_closure(with_closure(small(), "madison", "2026-11-25", True), "madison", "2026-11-26", True)
    assert offices_of(closed)[0]["closures"] == ["2026-11-25", "2026-11-26"]
    assert with_closure(closed, "madison", "2026-11-26", True) == closed
    opened = with_closure(closed, "madison", "2026-11-25", False)
    assert offices_of(opened)[0]["closures"] == ["2026-11-26"]
    assert with_closure(small(), "nowhere", "2026-11-25", True) == small()
