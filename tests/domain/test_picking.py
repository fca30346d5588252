"""Which office # leads to: each criterion, their order, and the reasons that are kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.calls import CallState
from app.domain.picking import Advice, OfficeFacts, Scene, pick, pick_again, reasons
from tests.support.campaigns import FRIDAY_16_15, TUESDAY_10, campaign

NOW = TUESDAY_10
TODAY = NOW.date()


def scene(
    state: CallState | None = None, *, known: dict[str, OfficeFacts] | None = None, **facts: OfficeFacts
) -> Scene:
    named = {**(known or {}), **{name.replace("_", "-"): each for name, each in facts.items()}}
    start = state or CallState("menu", 1, "en", int(NOW.timestamp()))
    return Scene(start, campaign(), NOW, Advice(offices=named))


def name(of: Scene) -> str:
    office = pick(of)
    return office.label("en") if office else ""


def test_with_nothing_to_tell_them_apart_the_alphabet_decides() -> None:
    assert name(scene()) == "Eau Claire"


@pytest.mark.parametrize(
    "worse",
    [
        OfficeFacts(hidden=True),
        OfficeFacts(my_day=TODAY, my_bridges_on_day=3),
        OfficeFacts(my_tried_at=NOW - timedelta(minutes=29)),
        OfficeFacts(live_legs=2),
        OfficeFacts(cooled_until=NOW + timedelta(minutes=1)),
        OfficeFacts(could_not_at=(NOW - timedelta(minutes=29),)),
        OfficeFacts(day=TODAY, dials_on_day=1),
    ],
)
def test_each_criterion_lets_another_office_go_first(worse: OfficeFacts) -> None:
    assert name(scene(eau_claire=worse)) == "Green Bay"


@pytest.mark.parametrize(
    "past",
    [
        OfficeFacts(my_day=TODAY - timedelta(days=1), my_bridges_on_day=3),
        OfficeFacts(my_tried_at=NOW - timedelta(minutes=30)),
        OfficeFacts(live_legs=1),
        OfficeFacts(cooled_until=NOW),
        OfficeFacts(could_not_at=(NOW - timedelta(minutes=30),)),
        OfficeFacts(day=TODAY - timedelta(days=1), dials_on_day=9),
    ],
)
def test_what_is_past_counts_no_more(past: OfficeFacts) -> None:
    assert name(scene(eau_claire=past)) == "Eau Claire"


def test_what_this_call_tried_or_reached_comes_last() -> None:
    start = CallState("menu", 1, "en", int(NOW.timestamp()))
    assert name(scene(replace(start, tried="0"))) == "Green Bay"
    assert name(scene(replace(start, reached="0", before="1"))) == "La Crosse"
    assert name(scene(replace(start, tried="3", reached="012456"))) == "Madison"


def test_an_open_office_goes_before_a_nearer_closed_one() -> None:
    closed_desk = replace(scene(), now=FRIDAY_16_15, state=replace(scene().state, reached="012345"))
    assert name(closed_desk) == "State Department"
    assert name(replace(closed_desk, state=replace(closed_desk.state, reached="01234"))) == "Wausau"


def test_nearness_is_by_area_code_and_alphabet_settles_ties() -> None:
    assert name(replace(scene(), area_code="608")) == "La Crosse"
    assert name(replace(scene(), area_code="414")) == "Milwaukee"


def test_trouble_weighs_more_than_nearness_and_nearness_more_than_calls() -> None:
    trouble = OfficeFacts(could_not_at=(NOW,))
    assert name(replace(scene(milwaukee=trouble), area_code="414")) == "Eau Claire"
    assert name(replace(scene(milwaukee=OfficeFacts(day=TODAY, dials_on_day=50)), area_code="414")) == "Milwaukee"


def test_when_all_is_done_an_office_may_be_picked_again() -> None:
    done = scene(replace(scene().state, reached="0123456"))
    again = pick_again(done)
    assert pick(done) is None
    assert again is not None
    assert again.label("en") == "Eau Claire"


def test_nothing_is_picked_when_all_are_barred() -> None:
    often = {office.id: OfficeFacts(my_day=TODAY, my_bridges_on_day=3) for office in campaign().offices}
    assert pick_again(scene(known=often)) is None


def test_an_office_whose_call_failed_is_picked_only_when_nothing_else_is_left() -> None:
    failed = OfficeFacts(hidden=True)
    assert pick(scene(replace(scene().state, reached="123456"), eau_claire=failed)) is None
    assert pick_again(scene(known={office.id: failed for office in campaign().offices})) is not None


def test_only_free_offices_may_be_asked_for() -> None:
    full = {office.id: OfficeFacts(live_legs=2) for office in campaign().offices}
    assert pick(scene(known=full), only_free=True) is None
    assert pick(scene(known={**full, "wausau": OfficeFacts()}), only_free=True) == campaign().offices[5]


def test_the_reasons_are_those_that_hold() -> None:
    office = campaign().offices[0]
    assert reasons(scene(), office) == ("open", "not called yet", "not tried lately", "free")
    busy_day = OfficeFacts(day=TODAY, dials_on_day=4)
    others = scene(known={o.id: busy_day for o in campaign().offices[1:]})
    assert reasons(others, office)[-1] == "fewest calls today"
    assert reasons(replace(scene(), now=FRIDAY_16_15), campaign().offices[6])[0] == "not called yet"
    alone = replace(scene(), campaign=replace(campaign(), offices=campaign().offices[:1]))
    assert "fewest calls today" not in reasons(alone, office)
