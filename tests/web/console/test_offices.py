"""The offices' screen: how they stand, one closed for a day and opened again, one verified; who may do so."""

from datetime import date, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from app.domain.audit import By
from app.domain.roles import Role
from app.services.campaigns import export_campaign
from app.services.drafts import open_draft
from app.services.office_care import verified_offices
from app.services.share_links import make_share_link
from tests.store.making import trouble
from tests.support.call_log import fill_console
from tests.support.console import NAME, OTHER, OWN, Console, Visit
from tests.web.console.test_edit_offices import LIST, send
from tests.web.console.test_editor import EDIT, OWNER, save, words_of
from tests.web.console.test_publishing import press

OFFICES = f"/console/campaigns/{OWN}/offices"
TOMORROW = date(2026, 11, 25)


def closures(console: Console) -> frozenset[date]:
    offices = export_campaign(console.desk.database, OWN).campaign.offices
    return next(office for office in offices if office.id == "madison").calendar.closures


def of_office(page: str, office: str) -> str:
    return words_of(page.partition(f'<li id="office-{office}"')[2].partition('<li id="office-')[0].partition(">")[2])


def act(visit: Visit, office: str, what: str, **fields: str) -> str:
    done = visit.post(f"{OFFICES}/{office}/{what}", fields)
    assert done.headers["Location"] == f"{OFFICES}#office-{office}", words_of(done.text)
    return visit.get(OFFICES).text


def test_an_office_is_closed_for_tomorrow_and_opened_again(console: Console) -> None:
    visit = console.signed_in(OWNER)
    page = visit.get(OFFICES).text
    assert f'name="day" value="{TOMORROW}"' in page
    told = act(visit, "madison", "close", day=str(TOMORROW))
    assert "Madison is closed on Nov 25, 2026: version 2 says so." in words_of(told)
    assert "Closed on Nov 25, 2026 Open again" in of_office(told, "madison")
    assert closures(console) == {TOMORROW}
    assert not open_draft(console.desk, OWN).is_edited
    assert console.audit()[-1] == (f"{OWNER} closed Madison on 2026-11-25: version 2 of {NAME}: Madison: closed on.")
    assert "Madison was closed on Nov 25, 2026 already" in act(visit, "madison", "close", day=str(TOMORROW))
    told = press(visit, act(visit, "madison", "close", date="2026-11-26"), "Undo")
    assert closures(console) == {TOMORROW}
    told = press(visit, told, "Open again")
    assert closures(console) == frozenset()
    wrong = visit.post(f"{OFFICES}/madison/close", {"date": "<26.11.>", "day": ""})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="&lt;26.11.&gt;" aria-invalid="true"' in wrong.text
    assert visit.post(f"{OFFICES}/nowhere/close", {"day": str(TOMORROW)}).status_code == HTTPStatus.NOT_FOUND
    assert visit.post(f"{OFFICES}/madison/open", {"day": "x"}).status_code == HTTPStatus.NOT_FOUND


def test_a_draft_that_is_edited_meanwhile_takes_nothing_back(console: Console) -> None:
    visit = console.signed_in(OWNER)
    save(visit, "message", name="Being edited")
    act(visit, "madison", "close", day=str(TOMORROW))
    draft = open_draft(console.desk, OWN)
    assert (draft.is_edited, draft.is_overtaken, draft.body["name"]) == (True, False, "Being edited")
    assert export_campaign(console.desk.database, OWN).campaign.name == "Honduras 2017"
    review = visit.get(f"{EDIT}/review").text
    assert "closed on" not in words_of(review)
    press(visit, review, "Publish changes")
    assert closures(console) == {TOMORROW}


def test_a_person_verifies_an_office_and_pound_leads_there_again(console: Console) -> None:
    trouble(console.desk.database, "eau-claire", hidden_at=console.clock.now())
    visit = console.signed_in(OWNER)
    before = visit.get(OFFICES).text
    assert "Call failed" in of_office(before, "eau-claire")
    assert "Nobody has verified this number yet; hours are assumed" in of_office(before, "eau-claire")
    told = act(visit, "eau-claire", "verified")
    own = of_office(told, "eau-claire")
    assert f"Number verified by {OWNER} on" in own
    assert "hours are assumed" in own
    assert "Call failed" not in own
    own = of_office(act(visit, "eau-claire", "verified", hours="on"), "eau-claire")
    assert "Number and hours verified" in own
    assert "assumed" not in own
    assert export_campaign(console.desk.database, OWN).campaign.offices[0].hours_assumed is False
    assert f"{OWNER} verified the number and the hours of Eau Claire of {NAME}." in console.audit()
    assert f"Number and hours verified by {OWNER} on" in words_of(visit.get(LIST).text)
    send(visit, f"{LIST}/eau-claire", number="715 832 8425")
    assert "verified by" not in of_office(visit.get(LIST).text, "eau-claire")
    assert verified_offices(console.desk, OTHER) == {}
    assert visit.post(f"{OFFICES}/nowhere/verified").status_code == HTTPStatus.NOT_FOUND


def test_figures_are_those_of_the_tallies_and_small_ones_no_percentages(console: Console) -> None:
    fill_console(console)
    page = console.signed_in(OWNER).get(OFFICES).text
    assert "Calls today 2 Reached 1 of 2 Busy 0 of 2" in of_office(page, "madison")
    assert "Calls today 1 Reached 0 of 1 Busy 1 of 1" in of_office(page, "wausau")
    assert "Reached no calls Busy no calls" in of_office(page, "milwaukee")
    assert "%" not in words_of(page.partition("<ol")[2])


def test_who_only_looks_sees_how_they_stand_and_guests_no_names(sqlite_console: Console) -> None:
    owner = sqlite_console.signed_in(OWNER)
    act(owner, "madison", "verified")
    sqlite_console.add("viewer@example.org", Role.VIEWER)
    page = sqlite_console.signed_in("viewer@example.org").get(OFFICES).text
    assert OWNER in of_office(page, "madison")
    assert "Close for a day" not in page
    member = sqlite_console.account(OWNER).member()
    url = make_share_link(sqlite_console.desk, By(OWNER), member, OWN, "the board", 1)
    guest = sqlite_console.visit()
    guest.get(urlsplit(url).path)
    page = guest.get(OFFICES).text
    assert "Number verified on Nov 24, 2026" in of_office(page, "madison")
    assert OWNER not in page


def test_when_an_office_opens_is_told_in_its_own_time(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(OWNER)
    assert "Open until 5:00 p.m. CST" in of_office(visit.get(OFFICES).text, "madison")
    sqlite_console.clock.move(timedelta(hours=5, minutes=30).total_seconds())
    page = visit.get(OFFICES).text
    assert "Open until 5:00 p.m. CST" in of_office(page, "madison")
    assert "Closed opens Wednesday at 9:00 a.m. EST" in of_office(page, "state-department")
    sqlite_console.clock.move(timedelta(days=3, hours=1).total_seconds())
    visit = sqlite_console.signed_in(OWNER)
    assert "Closed opens Monday at 9:00 a.m. CST" in of_office(visit.get(OFFICES).text, "madison")
