"""What a caller hears when something of ours is wrong."""

from dataclasses import replace

from app.domain.calls import CallState
from app.domain.picking import Scene
from app.domain.verbs import Gather, Hangup, plain
from app.flow.faults import MAX_FAULTS, apology, fault, no_campaign, plain_fault
from tests.support.campaigns import SATURDAY, TUESDAY_10, campaign

SCENE = Scene(CallState("menu", 1, "en", 0, office="3"), campaign(), TUESDAY_10)


def test_the_apology_names_the_office_in_hand_with_its_number() -> None:
    assert plain(apology(SCENE).speech) == (
        "Sorry, our system has a problem. You can reach the Madison office yourself at 6 0 8, 2 6 4, 5 3 3 8."
    )


def test_without_one_still_to_be_reached_it_names_an_open_office_or_any() -> None:
    done = replace(SCENE, state=replace(SCENE.state, reached="3"))
    assert "Eau Claire" in plain(apology(done).speech)
    assert "Eau Claire" in plain(apology(replace(done, now=SATURDAY)).speech)


def test_a_fault_leaves_a_way_on_and_silence_ends_the_call() -> None:
    gather, end = fault((apology(SCENE),), 0)
    assert isinstance(gather, Gather)
    assert gather.falls_through
    assert plain(gather.says[-1].speech) == "To go on here, press pound."
    assert end == Hangup()


def test_a_fault_that_stays_lets_the_caller_go() -> None:
    assert fault((apology(SCENE),), MAX_FAULTS) == (apology(SCENE), Hangup())
    assert plain_fault(MAX_FAULTS)[-1] == Hangup()


def test_where_no_campaign_is_known_every_language_is_spoken() -> None:
    assert [verb.language for verb in no_campaign()[:-1]] == ["en", "es"]  # type: ignore[union-attr]  # each but the last is said
    gather = plain_fault(0)[0]
    assert isinstance(gather, Gather)
    assert {say.language for say in gather.says} == {"en", "es"}
