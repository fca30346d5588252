"""The organization's name and zone: who may change them, and where they show."""

from http import HTTPStatus

from app.domain.roles import Role
from tests.support.console import Console
from tests.web.console.test_overview import OWNER, text_of

PAGE = "/console/settings"
GIVEN = {"name": "SOA Watch", "time_zone": "America/Chicago"}


def test_times_that_are_about_no_campaign_are_told_in_the_zone_of_the_organization(console: Console) -> None:
    owner = console.signed_in(OWNER)
    assert "Nov 24, 2026, 5:00 p.m. UTC" in text_of(owner, "/console/people")
    owner.get(PAGE)
    assert owner.post(PAGE, GIVEN).status_code == HTTPStatus.SEE_OTHER
    assert "Nov 24, 2026, 11:00 a.m. CST" in text_of(owner, "/console/people")
    assert "Nov 24, 2026, 11:00 a.m. CST" in text_of(owner, "/console/audit")
    told = f"{OWNER} changed the organization: no name (UTC) became SOA Watch (America/Chicago)."
    assert console.audit()[-1] == told
    owner.get(PAGE)
    owner.post(PAGE, GIVEN)
    assert console.audit()[-1] == told, "what changes nothing is no deed"
    console.add("vera@example.org", Role.VIEWER)
    assert "SOA Watch" in text_of(console.signed_in("vera@example.org"), "/console/account")
    assert "SOA Watch" not in text_of(console.visit(), "/console/sign-in")


def test_what_is_wrong_is_told_beside_the_field_and_what_was_typed_is_kept(sqlite_console: Console) -> None:
    owner = sqlite_console.signed_in(OWNER)
    owner.get(PAGE)
    answer = owner.post(PAGE, {"name": "x" * 121, "time_zone": "America/Chicgo"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "is not a time zone" in answer.text
    assert "America/Chicgo" in answer.text
    assert "x" * 121 in answer.text
    assert "UTC" in owner.get(PAGE).text
