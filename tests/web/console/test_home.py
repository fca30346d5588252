"""The first page: how campaigns stand, and pausing one."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

from app.domain.audit import By
from app.domain.campaigns import CampaignStatus
from app.domain.record import CallStatusRecord
from app.domain.results import LineResult
from app.domain.roles import Role
from app.services.campaigns import change_status, export_campaign, import_campaign, list_campaigns
from app.services.console_home import campaign_cards
from app.services.mark_test import mark_test
from tests.store.making import after, end, keep, plan, save, trouble, turn
from tests.support.call_log import fill_console
from tests.support.console import NAME, OTHER, OWN, Console
from tests.web.console.test_live import statements
from tests.web.console.test_overview import guest_of, text_of

ANA = "ana@example.org"
OWNER = "organizer@demo.invalid"


def statuses(console: Console) -> dict[str, str]:
    return {listed.slug: listed.status.value for listed in list_campaigns(console.desk.database)}


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
    assert "days in America/Chicago, where it is Nov 24, 2026" in own
    mark_test(console.desk, By("the test"), OWN, "CA1", is_test=True)
    assert "Calls today 3 Calls this week 4" in text_of(console.signed_in(OWNER), "/console/"), "as in every figure"
    mark_test(console.desk, By("the test"), OWN, "CA1", is_test=False)
    console.clock.move(20 * 86_400)
    said = text_of(console.signed_in(OWNER), "/console/")
    assert "Calls today 0 Calls this week 0 0 in the last 14 days" in said
    assert "Goal: 5 of 50 calls" in said, "a goal counts all calls"


def test_a_last_day_is_told_warned_of_and_ends_the_campaign_by_itself(sqlite_console: Console) -> None:
    console = sqlite_console
    document = export_campaign(console.desk.database, OWN)
    last = replace(document, campaign=replace(document.campaign, ends_on=date(2026, 11, 27)))
    import_campaign(console.desk.database, console.app.hotline.keys, console.clock, last)
    pages = ("/console/", f"/console/campaigns/{OWN}/overview")
    said = [
        (3, "closes Friday 27 November", "live"),
        (2, "closes in 2 days: Friday 27 November is its last day. Then callers hear that it has ended.", "live"),
        (1, "closes tomorrow at midnight: Friday 27 November is its last day.", "live"),
        (0, "closes today at midnight: Friday 27 November is its last day.", "live"),
        (-1, "closed on Friday 27 November", "over"),
        (-36, "closed on Friday 27 November 2026", "over"),
    ]
    for left, words, state in said:
        noon = datetime(2026, 11, 27, 18, tzinfo=UTC) - timedelta(days=left)
        console.clock.move((noon - console.clock.now()).total_seconds())
        owner = console.signed_in(OWNER)
        for path in pages:
            assert words.casefold() in text_of(owner, path).casefold(), (left, path)
        card = next(card for card in campaign_cards(console.desk, console.account(OWNER).member()) if card.slug == OWN)
        assert card.takes_calls == (state == "live")
    own = owner.get("/console/").text.split(f'id="campaign-{OWN}"')[1]
    assert "/status/paused" not in own
    assert f"/console/campaigns/{OWN}/edit/hours#ends_on" in own
    assert "This campaign closed on Friday 27 November" in text_of(owner, f"/console/campaigns/{OWN}/live")
    done = owner.post(f"/console/campaigns/{OWN}/status", {"status": "live"})
    assert "its last day has passed" in owner.get(done.headers["Location"]).text
    assert f'"{OWN}"' not in console.app.test_client().get("/").text


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


def test_each_page_of_a_paused_campaign_says_so(sqlite_console: Console) -> None:
    owner = sqlite_console.signed_in(OWNER)
    sqlite_console.add(ANA, Role.ANALYST)
    pages = [f"/console/campaigns/{OWN}/{page}" for page in ("overview", "live", "calls", "offices", "edit")]
    told = f"{NAME} is paused: whoever calls is told so, and no office is dialed."
    assert told not in text_of(owner, pages[0])
    owner.post(f"/console/campaigns/{OWN}/status", {"status": "paused"})
    owner.get("/console/")
    for page in pages:
        assert f"{told} Take calls again" in text_of(owner, page), page
    for visit in (sqlite_console.signed_in(ANA), guest_of(sqlite_console)):
        said = text_of(visit, pages[0])
        assert told in said
        assert "Take calls again" not in said
    for page in ("/console/", f"/console/campaigns/{OTHER}/overview"):
        assert told not in text_of(owner, page)
    change_status(sqlite_console.desk.database, sqlite_console.clock, By(OWNER), OWN, CampaignStatus.ENDED)
    assert f"{NAME} has ended: whoever calls is told so" in text_of(owner, pages[0])


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


def test_all_that_the_overview_warns_of_is_told_here(console: Console) -> None:
    fill_console(console)
    database, now = console.desk.database, console.clock.now()
    document = export_campaign(database, OWN)
    long = replace(document, campaign=replace(document.campaign, summary={"en": "word " * 80, "es": "Breve."}))
    import_campaign(database, console.app.hotline.keys, console.clock, long)
    earlier = now - timedelta(minutes=10)
    trouble(database, "madison", could_not_1_at=now, could_not_2_at=earlier)
    for number in range(20):
        sid = f"CAlost{number}"
        save(database, turn(1, call_sid=sid, seconds=0, step="welcome", speech_s=40))
        keep(database, CallStatusRecord(sid, "completed", after(9), 9, 9))
    owner = console.signed_in(OWNER)
    said, page = text_of(owner, "/console/"), owner.get("/console/").text
    for alert in (
        "Calls to offices failed: Eau Claire once. Show these calls",
        "Madison: the mailbox may be full. Two callers could not get through in half an hour.",
        "hung up during the welcome and the summary: a shorter one would keep more.",
        "The summary takes 32 s in English; up to 25 s keeps callers on the line.",
    ):
        assert alert in said
    assert f"/console/campaigns/{OWN}/calls?since=2026-11-11&amp;line=failed" in page


def test_everything_is_paused_by_two_clicks_and_opened_again_by_one(console: Console) -> None:
    owner = console.signed_in(OWNER)
    asked = owner.get("/console/pause-all").text
    assert re.findall(r"<li>(\w[^<]+)</li>", asked) == ["Another", NAME]
    assert 'href="/console/pause-all"' in owner.get("/console/").text
    console.add("some@example.org", Role.ORGANIZER, OTHER)
    some = console.signed_in("some@example.org")
    some.get("/console/pause-all")
    some.post("/console/pause-all")
    assert statuses(console) == {OTHER: "paused", OWN: "live"}, "only what they may"
    some.post("/console/pause-all/undo", {"campaigns": "1,2,3"})
    change_status(console.desk.database, console.clock, By("the test"), OTHER, CampaignStatus.PAUSED)
    owner.post("/console/pause-all")
    told = owner.get("/console/").text
    assert "1 campaign is paused: whoever calls now is told so" in told
    assert console.audit()[-1] == f"{OWNER} paused {NAME}."
    assert statuses(console) == {OTHER: "paused", OWN: "paused"}
    campaigns = re.findall(r'name="campaigns" value="([\d,]+)"', told)[0]
    owner.post("/console/pause-all/undo", {"campaigns": campaigns + ",x,\u0663," + "9" * 20})
    assert statuses(console) == {OTHER: "paused", OWN: "live"}, "what was paused before stays so"


def test_an_office_to_which_calls_failed_is_told_until_it_is_checked(console: Console) -> None:
    owner = console.signed_in(OWNER)
    for sid in ("CA1", "CA2"):
        save(console.desk.database, turn(1, plan(1), call_sid=sid))
        save(console.desk.database, turn(2, end(1, result=LineResult.FAILED, hide=True), call_sid=sid))
    assert "Madison failed 2 times in the last 14 days, so pound leads there no more." in text_of(owner, "/console/")
    owner.post(f"/console/campaigns/{OWN}/checked")
    assert "Madison failed" not in text_of(owner, "/console/")
    assert any("checked Madison of Honduras 2017" in sentence for sentence in console.audit())
