"""The templates that a campaign can begin with: whole but for what only its organizers know."""

from importlib.resources import files

import pytest

from app.domain.documents import Level, meter, read_document
from app.domain.documents.warnings import SPOKEN_PLACES
from app.domain.drafts import faults_of, warnings_of
from app.flow.prompts import LANGUAGES
from app.services.templates import TEMPLATES, template_body

HOSTILE = "{name} <b> %s"


def test_each_file_is_a_template_and_each_place_that_is_spoken_is_known() -> None:
    folder = files("app").joinpath("data/templates")
    assert {file.name for file in folder.iterdir()} == {f"{template}.yaml" for template in TEMPLATES}
    assert all(set(language.placeholders) == SPOKEN_PLACES for language in LANGUAGES.values())
    with pytest.raises(KeyError):
        template_body("../honduras-2017", "x", "X", "Us")


@pytest.mark.parametrize("template", TEMPLATES)
def test_only_numbers_are_wrong_and_only_places_to_be_replaced_are_warned_of(template: str) -> None:
    body = template_body(template, "clinics", "Fund the clinics", HOSTILE)
    assert (body["contact"], "Fund the clinics" in body["greeting"]) == (HOSTILE, True)
    offices = body["offices"]
    assert [fault.path for fault in faults_of(body)] == [("offices", at, "number") for at in range(len(offices))]
    for at, office in enumerate(offices):
        office["number"] = f"+1608264533{at}"
    campaign = read_document(body).campaign
    assert {fault.path[0] for fault in warnings_of(body)} <= {"greeting", "summary", "script"}
    assert ("script", "en") in {fault.path for fault in warnings_of(body)}
    assert all("To be replaced: [" in str(fault) for fault in warnings_of(body))
    assert meter(campaign.summary["en"]).level is Level.GOOD
