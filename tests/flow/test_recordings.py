"""A recording is played in place of a text, in the language that has one, until the carrier cannot play it."""

from dataclasses import replace

import pytest

from app.domain.campaigns import Campaign
from app.domain.record import LegEnded
from app.domain.results import LineResult
from app.domain.verbs import plain
from app.flow.engine import resume
from app.flow.hearing import offer
from app.flow.patch_through import FLOW
from app.flow.prompts import P
from app.flow.steps.legs import unannounced
from app.flow.steps.menus import thanks
from tests.support.campaigns import FRIDAY_16_15, campaign
from tests.support.dry_call import DryCall

NAMES = ("greeting", "summary", "script", "contact")


def recorded(language: str = "en") -> Campaign:
    ids = {name: {language: f"{name}-{language}"} for name in NAMES}
    return campaign(contact={"en": "Call Ana", "es": "Llame a Ana"}, recordings=ids)


def played(call: DryCall) -> list[str]:
    return [say.recording for say in call.says_ if say.recording]


def test_what_has_a_recording_is_played_and_its_text_still_told() -> None:
    call = DryCall(recorded())
    assert played(call) == ["greeting-en", "summary-en"]
    assert "Welcome to the test line." in call.heard
    assert played(call.presses("8")) == ["script-en"]
    assert "I am [NAME]" in call.heard
    call.presses("00")
    assert played(call) == ["contact-en"]
    assert "To reach the organizers: Call Ana" in call.heard


def test_a_language_without_recordings_is_spoken() -> None:
    assert played(DryCall(recorded("es"))) == []
    assert played(DryCall(recorded("es")).presses("9")) == ["greeting-es", "summary-es"]


def test_an_office_with_a_script_of_its_own_is_not_given_the_recording_of_another() -> None:
    call = DryCall(recorded())
    desk = call.scene.campaign.offices[-1]
    call.scene = replace(call.scene, state=replace(call.scene.state, offered=desk.mark))
    assert played(call.presses("8")) == []
    assert "The desk's own script." in call.heard


def with_own(*names: str) -> Campaign:
    """The campaign whose last office has recordings of its own texts."""
    *others, desk = campaign().offices
    own = {name: {"en": f"own-{name}"} for name in names}
    return campaign(offices=(*others, replace(desk, recordings=own)))


def test_an_offices_own_texts_are_played_where_it_alone_is_meant() -> None:
    call = DryCall(with_own("brief", "script", "voicemail_tip"))
    desk = call.scene.campaign.offices[-1]
    assert played(call.presses("7")) == ["own-brief"]
    spoken = [plain(say.speech) for say in call.says_]
    assert spoken[0] == "The ask differs here."
    assert "State Department" in spoken[1]
    call = DryCall(with_own("script"))
    call.scene = replace(call.scene, state=replace(call.scene.state, offered=desk.mark))
    assert played(call.presses("8")) == ["own-script"]
    call = DryCall(with_own("script"))
    assert played(call.presses("8")) == []
    assert "I am your name" in call.heard
    assert played(DryCall(with_own("brief")).presses("97")) == [], "in Spanish it has none"


@pytest.mark.parametrize("names", [(), ("voicemail_tip",)])
def test_a_tip_that_is_played_stands_between_the_same_words(names: tuple[str, ...]) -> None:
    call = DryCall(with_own(*names), at=FRIDAY_16_15).presses("7")
    assert call.step == "closed_one"
    assert played(call) == [f"own-{name}" for name in names]
    assert call.heard == DryCall(campaign(), at=FRIDAY_16_15).presses("7").heard
    call.scene = replace(call.scene, state=replace(call.scene.state, offered=call.scene.campaign.offices[-1].mark))
    offered = offer(thanks, P.NEXT, P.FINISH)(call.scene)
    assert [say.recording for say in offered if say.recording] == [f"own-{name}" for name in names]


@pytest.mark.parametrize(("in_full", "step"), [(False, "menu"), (True, "welcome")])
def test_what_could_not_be_played_is_said_in_full(in_full: bool, step: str) -> None:
    call = DryCall(recorded())
    scene = replace(call.scene, state=replace(call.scene.state, unplayed=1))
    call.turn = resume(FLOW, scene, in_full=in_full)
    assert call.step == step
    assert played(call) == []
    assert ("Welcome to the test line." in call.heard) is in_full


def test_an_office_whose_announcement_could_not_be_played_was_never_dialed() -> None:
    call = DryCall(with_own("brief"))
    assert unannounced(call.scene) == ()
    call.presses("7")
    desk = call.scene.campaign.offices[-1]
    assert unannounced(call.scene) == (LegEnded(call.scene.state.leg, desk.id, LineResult.CANCELED),)
