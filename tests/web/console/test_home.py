"""The first page: how campaigns stand, and pausing one."""

from http import HTTPStatus

from app.domain.roles import Role
from tests.store.making import trouble
from tests.support.console import OTHER, OWN, START, Console

ANA = "ana@example.org"
OWNER = "organizer@demo.invalid"


def test_each_campaign_is_shown_with_its_state_number_and_calls(console: Console) -> None:
    page = console.signed_in(OWNER).get("/console/").text
    for said in ("Honduras 2017", "SOA Watch", "Takes calls", "Calls today", "Calls this week"):
        assert said in page


def test_pausing_takes_two_clicks_is_heard_and_stands_in_the_audit(console: Console) -> None:
    owner = console.signed_in(OWNER)
    asked = owner.get(f"/console/campaigns/{OWN}/status/paused")
    assert "Whoever calls is told that the line is paused." in asked.text
    done = owner.post(f"/console/campaigns/{OWN}/status", {"status": "paused"})
    assert done.status_code == HTTPStatus.SEE_OTHER
    assert "Paused" in owner.get("/console/").text
    assert any("paused honduras-2017" in sentence for sentence in console.audit())
    owner.post(f"/console/campaigns/{OWN}/status", {"status": "live"})
    assert "Take calls again" not in owner.get("/console/").text.split(OTHER)[0]


def test_a_status_that_is_none_is_not_there(console: Console) -> None:
    owner = console.signed_in(OWNER)
    assert owner.get(f"/console/campaigns/{OWN}/status/resting").status_code == HTTPStatus.NOT_FOUND
    assert owner.post(f"/console/campaigns/{OWN}/status", {"status": "resting"}).status_code == HTTPStatus.NOT_FOUND


def test_an_analyst_sees_but_does_not_pause(console: Console) -> None:
    console.add(ANA, Role.ANALYST, OWN)
    ana = console.signed_in(ANA)
    page = ana.get("/console/").text
    assert "Honduras 2017" in page
    assert "/status/paused" not in page
    assert ana.post(f"/console/campaigns/{OWN}/status", {"status": "ended"}).status_code == HTTPStatus.FORBIDDEN


def test_an_office_to_which_a_call_failed_is_told_until_it_is_checked(console: Console) -> None:
    owner = console.signed_in(OWNER)
    trouble(console.desk.database, "madison", hidden_at=START)
    assert "A call to Madison failed" in owner.get("/console/").text
    owner.post(f"/console/campaigns/{OWN}/checked")
    assert "A call to Madison failed" not in owner.get("/console/").text
    assert any("checked madison" in sentence for sentence in console.audit())
