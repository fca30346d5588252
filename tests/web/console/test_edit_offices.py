"""The offices in the editor: added, changed, ordered and removed, with what is wrong beside the field."""

import html
from http import HTTPStatus
from typing import Any

from app.domain.draft_offices import office_of, refs_of
from app.domain.roles import Role
from app.services.campaigns import export_campaign
from app.services.drafts import open_draft
from tests.support.console import OWN, Console, Visit
from tests.web.console.test_editor import _SEEN, ANA, EDIT, OWNER, form_of, words_of
from tests.web.console.test_publishing import press

LIST, ADD = f"{EDIT}/offices", f"{EDIT}/add-office"
MADISON = f"{LIST}/madison"


def send(visit: Visit, path: str, **typed: Any) -> str:
    """Saves an office with some fields typed anew; gives where that leads."""
    done = visit.post(path, form_of(visit, path) | typed)
    assert done.status_code == HTTPStatus.SEE_OTHER, words_of(done.text)
    return done.headers["Location"]


def press_move(visit: Visit, office: str, **asked: str) -> str:
    page = visit.get(LIST).text
    seen = dict(_SEEN.findall(page))
    return visit.get(visit.post(f"{LIST}/{office}/move", seen | asked).headers["Location"]).text


def test_opening_and_saving_every_office_changes_nothing(console: Console) -> None:
    visit = console.signed_in(OWNER)
    before = open_draft(console.desk, OWN)
    for ref in refs_of(before.body):
        assert send(visit, f"{LIST}/{ref}") == f"{LIST}#office-{ref}"
    assert open_draft(console.desk, OWN) == before


def test_a_campaign_begun_blank_is_published_by_the_console_alone(console: Console) -> None:
    visit = console.signed_in(OWNER)
    visit.get("/console/campaigns/new")
    visit.post("/console/campaigns/new", {"name": "New", "organization": "Group", "slug": ""})
    edit = "/console/campaigns/new/edit"
    review = visit.get(f"{edit}/review").text
    assert f'<a href="{edit}/offices#offices">Offices and their order</a>: It is missing.' in review
    assert "No offices yet" in visit.get(f"{edit}/offices").text
    add = f"{edit}/add-office"
    wrong = {"name.en": "Madison", "number": "900-555-0100", "hours.tue": "9 to 5", "area_codes": "608, 12"}
    there = send(visit, add, **wrong)
    assert there == f"{edit}/offices/madison"
    page = html.unescape(visit.get(there).text)
    assert 'value="900-555-0100"' in page
    assert 'id="number-error"' in page
    assert "'9 to 5' must be hours such as '9:00-17:00', or 'closed'." in page
    assert "'12' must be an area code of three digits." in page
    assert f'href="{there}#hours.tue"' in visit.get(f"{edit}/review").text
    right = {"number": " (608) 264.5338 ", "hours.tue": "", "area_codes": "608 262", "hours_confirmed": "on"}
    send(visit, there, **right)
    office = office_of(open_draft(console.desk, "new").body, "madison")
    assert office
    assert (office["number"], office["area_codes"], office["hours_assumed"]) == ("+16082645338", ["608", "262"], False)
    assert office["hours"] == {"mon": "9:00-17:00", "tue": "closed", "wed-fri": "9:00-17:00", "sat-sun": "closed"}
    listed = words_of(visit.get(f"{edit}/offices").text)
    assert "+1 608-264-5338 Mon 9:00–17:00; Wed–Fri 9:00–17:00, America/New_York" in listed
    told = press(visit, visit.get(f"{edit}/review").text, "Publish campaign")
    assert "New is published: it takes calls from now on." in words_of(told)


def test_offices_are_reordered_by_buttons_and_printed_keys_are_thought_of(console: Console) -> None:
    visit = console.signed_in(OWNER)
    before = refs_of(open_draft(console.desk, OWN).body)
    assert "printed on flyers" not in visit.get(LIST).text
    stale = dict(_SEEN.findall(visit.get(LIST).text))
    page = words_of(press_move(visit, before[0], way="down"))
    assert refs_of(open_draft(console.desk, OWN).body) == [before[1], before[0], *before[2:]]
    assert "Green Bay moves from key 2 to 1; Eau Claire moves from key 1 to 2" in page
    there = visit.post(f"{LIST}/{before[0]}/move", stale | {"way": "down"}).headers["Location"]
    assert "Not moved: somebody has changed the offices meanwhile." in visit.get(there).text
    press_move(visit, before[0], way="up")
    assert refs_of(open_draft(console.desk, OWN).body) == before
    page = words_of(press_move(visit, before[0], place="3"))
    assert "Eau Claire is moved to place 3." in page
    assert "La Crosse moves from key 3 to 2; Eau Claire moves from key 1 to 3" in page
    assert refs_of(open_draft(console.desk, OWN).body) == [*before[1:3], before[0], *before[3:]]
    for nowhere in ("", "-1", "٣", "9" * 5000):
        assert "is moved" not in words_of(press_move(visit, before[0], place=nowhere))


def test_a_removed_office_is_gone_from_the_draft_alone(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(OWNER)
    stale = dict(_SEEN.findall(visit.get(MADISON).text))
    send(visit, MADISON, **{"say_as.en": "Mad <i>son"})
    there = visit.post(f"{MADISON}/remove", stale).headers["Location"]
    listed = visit.get(there).text
    assert "Not removed: somebody has changed this office meanwhile." in listed
    assert "Said as Mad &lt;i&gt;son" in listed
    assert "Madison is removed from the draft." in press(visit, visit.get(MADISON).text, "Remove office")
    assert "madison" not in refs_of(open_draft(sqlite_console.desk, OWN).body)
    assert export_campaign(sqlite_console.desk.database, OWN).campaign.at_mark("3")
    assert visit.get(MADISON).status_code == HTTPStatus.NOT_FOUND


def test_who_saves_an_office_second_sees_both(console: Console) -> None:
    console.add(ANA, Role.ORGANIZER)
    owner, ana = console.signed_in(OWNER), console.signed_in(ANA)
    mine = form_of(owner, MADISON) | {"number": "+1 608-264-5330", "brief.en": "Ask for Ben."}
    send(ana, MADISON, number="608 264 5331")
    send(ana, f"{LIST}/wausau", number="715 261 2611")
    told = owner.post(MADISON, mine)
    assert told.status_code == HTTPStatus.CONFLICT
    assert "+16082645331" in words_of(told.text)
    assert "Ask for Ben.</textarea>" in told.text
    assert owner.post(MADISON, mine | dict(_SEEN.findall(told.text))).status_code == HTTPStatus.SEE_OTHER
    office = office_of(open_draft(console.desk, OWN).body, "madison")
    assert office
    assert office["number"] == "+16082645330"


def test_the_preview_plays_an_office_before_it_is_added(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(OWNER)
    visit.post(f"{MADISON}/remove", dict(_SEEN.findall(visit.get(MADISON).text)))
    typed = form_of(visit, ADD) | {"name.en": "Superior", "number": "608 264 5330"}
    before = open_draft(sqlite_console.desk, OWN)
    played = visit.post(f"{ADD}/preview", typed | {"walk": "ss"}, headers={"Patchline-Fragment": "1"})
    assert "Superior" in words_of(played.text)
    page = visit.post(f"{ADD}/preview", typed).text
    assert 'value="Superior"' in page
    assert open_draft(sqlite_console.desk, OWN) == before
