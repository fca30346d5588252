"""A recording is played in place of a text, in the language that has one, until the carrier cannot play it."""

from dataclasses import replace

import pytest

from app.domain.campaigns import Campaign
from app.flow.engine import resume
from app.flow.patch_through import FLOW
from tests.support.campaigns import campaign
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


@pytest.mark.parametrize(("in_full", "step"), [(False, "menu"), (True, "welcome")])
def test_what_could_not_be_played_is_said_in_full(in_full: bool, step: str) -> None:
    call = DryCall(recorded())
    scene = replace(call.scene, state=replace(call.scene.state, unplayed=1))
    call.turn = resume(FLOW, scene, in_full=in_full)
    assert call.step == step
    assert played(call) == []
    assert ("Welcome to the test line." in call.heard) is in_full
