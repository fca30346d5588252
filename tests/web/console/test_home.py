"""The first page: how campaigns stand, and pausing one."""

from dataclasses import replace
from http import HTTPStatus

from app.domain.results import LineResult
from app.domain.roles import Role
from app.services.campaigns import export_campaign, import_campaign
from app.services.console_home import campaign_cards
from tests.store.making import end, plan, save, turn
from tests.support.call_log import fill_console
from tests.support.console import OTHER, OWN, Console
from tests.web.console.test_live import statements
from tests.web.console.test_overview import text_of

ANA = "ana@example.org"
OWNER = "organizer@demo.invalid"


def test_each_campaign_is_shown_with_its_state_number_and_calls(console: Console) -> None:
    page = console.signed_in(OWNER).get("/console/").text
    for said in ("Honduras 2017", "SOA Watch", "Takes calls", "Nobody has called yet."):
        assert said in page


def test_how_today_goes_is_told_without_a_click(console: Console) -> None:
    fill_console(console)
    database = console.desk.database
    document = export_campaign(database, OWN)
    hoped = replace(document, campaign=replace(document.campaign, goal_calls=50))
    import_campaign(database, console.app.hotline.keys, console.clock, hoped)
    said = text_of(console.signed_in(OWNER), "/console/")
    other, own = said.split("Honduras 2017 SOA Watch", 1)
    assert "On the line now 2 Calls today 4 Calls this week 5 5 in the last 14 days, most on Nov 24, 2026 (4)" in own
    assert "Goal: 5 of 50 calls" in own
    assert "Nobody has called yet." in other
    console.clock.move(20 * 86_400)
    said = text_of(console.signed_in(OWNER), "/console/")
    assert "Calls today 0 Calls this week 0 0 in the last 14 days" in said
    assert "Goal: 5 of 50 calls" in said, "a goal counts all calls"


def test_the_page_costs_the_same_with_more_campaigns(console: Console) -> None:
    def cost() -> int:
        with statements(console) as said:
            campaign_cards(console.desk, console.account(OWNER).member())
        return len(said)

    before, document = cost(), export_campaign(console.desk.database, OTHER)
    for slug in ("third", "fourth"):
        more = replace(document, campaign=replace(document.campaign, slug=slug))
        import_campaign(console.desk.database, console.app.hotline.keys, console.clock, more)
    assert [card.slug for card in campaign_cards(console.desk, console.account(OWNER).member())][2:] == [
        "honduras-2017",
        "third",
    ]
    assert cost() == before


def test_pausing_takes_two_clicks_is_heard_and_stands_in_the_audit(console: Console) -> None:
    owner = console.signed_in(OWNER)
    asked = owner.get(f"/console/campaigns/{OWN}/status/paused")
    assert "Whoever calls is told that the line is paused." in asked.text
    done = owner.post(f"/console/campaigns/{OWN}/status", {"status": "paused"})
    assert done.status_code == HTTPStatus.SEE_OTHER
    assert "Paused" in owner.get("/console/").text
    assert any("paused Honduras 2017" in sentence for sentence in console.audit())
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


def test_an_office_to_which_calls_failed_is_told_until_it_is_checked(console: Console) -> None:
    owner = console.signed_in(OWNER)
    for sid in ("CA1", "CA2"):
        save(console.desk.database, turn(1, plan(1), call_sid=sid))
        save(console.desk.database, turn(2, end(1, result=LineResult.FAILED, hide=True), call_sid=sid))
    assert "Madison failed 2 times in the last 14 days, so pound leads there no more." in text_of(owner, "/console/")
    owner.post(f"/console/campaigns/{OWN}/checked")
    assert "Madison failed" not in text_of(owner, "/console/")
    assert any("checked Madison of Honduras 2017" in sentence for sentence in console.audit())
