"""What was done is taken back by the button of its notice, and only as long as nothing else has happened since."""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from app.domain.audit import By
from app.domain.draft_offices import refs_of
from app.domain.roles import Role
from app.services.block_caller import forget_ended_blocks
from app.services.campaigns import export_campaign
from app.services.drafts import open_draft
from app.services.office_care import verified_offices
from app.services.share_links import make_share_link
from tests.support.call_log import fill_console
from tests.support.console import NAME, OWN, Console
from tests.web.console.test_edit_offices import LIST, MADISON, press_move
from tests.web.console.test_editor import ANA, EDIT, OWNER, save, words_of
from tests.web.console.test_publishing import press

CALL = "/console/calls/CA1"


def order(console: Console) -> list[str]:
    return refs_of(open_draft(console.desk, OWN).body)


def test_an_office_moved_or_removed_and_a_discarded_draft_come_back(console: Console) -> None:
    visit, before = console.signed_in(OWNER), order(console)
    told = press_move(visit, before[0], way="down")
    assert "Eau Claire is moved down." in words_of(told)
    assert order(console) == [before[1], before[0], *before[2:]]
    told = press(visit, told, "Undo")
    assert order(console) == before
    assert not open_draft(console.desk, OWN).is_edited, "it was the draft's first change"
    told = press(visit, told, "Undo")
    assert order(console) == [before[1], before[0], *before[2:]], "taking that back brings the change again"
    told = press(visit, visit.get(MADISON).text, "Remove office")
    assert "madison" not in order(console)
    told = press(visit, told, "Undo")
    assert order(console) == [before[1], before[0], *before[2:]]
    told = press(visit, visit.get(EDIT).text, "Discard")
    assert not open_draft(console.desk, OWN).is_edited
    late = visit.post(f"{EDIT}/undo", {"revision": "1"})
    assert "Not taken back" in visit.get(late.headers["Location"]).text
    told = press(visit, told, "Undo")
    draft = open_draft(console.desk, OWN)
    assert (order(console), draft.base_version) == ([before[1], before[0], *before[2:]], 1)
    assert console.audit()[-2:] == [
        f"{OWNER} discarded the draft of {NAME}.",
        f"{OWNER} took back the last change of the draft of {NAME}.",
    ]
    removed = press(visit, visit.get(MADISON).text, "Remove office")
    save(visit, "message", name="Another")
    assert "Not taken back" in press(visit, removed, "Undo"), "what was saved since is not lost"
    assert open_draft(console.desk, OWN).body["name"] == "Another"
    assert "madison" not in refs_of(open_draft(console.desk, OWN).body)
    assert visit.get(LIST).status_code == HTTPStatus.OK


def test_a_campaign_discarded_before_it_was_published_comes_back_to_who_discarded_it(console: Console) -> None:
    console.add(ANA, Role.ORGANIZER)
    owner, ana = console.signed_in(OWNER), console.signed_in(ANA)
    sent = {"name": "Water", "organization": "Group", "slug": "water"}
    assert ana.post("/console/campaigns/new", sent).status_code == HTTPStatus.SEE_OTHER
    told = press(ana, ana.get("/console/campaigns/water/edit").text, "Discard")
    assert ana.get("/console/campaigns/water/edit").status_code == HTTPStatus.NOT_FOUND
    revision = re.findall(r'name="revision" value="(\d+)"', told)[-1]
    nobody = owner.post("/console/bring-back", {"slug": "water", "revision": revision})
    assert "There is no discarded campaign" in owner.get(nobody.headers["Location"]).text
    assert "The draft of Water is back." in words_of(press(ana, told, "Undo"))
    assert open_draft(console.desk, "water").body["name"] == "Water"
    assert ana.get("/console/campaigns/water/edit").status_code == HTTPStatus.OK


def test_a_share_link_a_person_and_a_verification_come_back(console: Console) -> None:
    ana = console.add(ANA, Role.ORGANIZER)
    visit, by = console.signed_in(OWNER), By(OWNER)
    link = urlsplit(make_share_link(console.desk, by, console.account(OWNER).member(), OWN, "the board", 7)).path
    page = f"/console/campaigns/{OWN}/share"
    end = re.findall(rf'action="({page}/\w+/end)"', visit.get(page).text)[0]

    def opens() -> bool:
        return console.visit().get(link).status_code == HTTPStatus.SEE_OTHER

    told = visit.get(visit.post(end).headers["Location"]).text
    assert not opens()
    press(visit, told, "Undo")
    assert opens()
    visit.post(end)
    console.clock.move(3601)
    visit = console.signed_in(OWNER)
    late = visit.post(end.replace("/end", "/reinstate"))
    assert (late.status_code, opens()) == (HTTPStatus.NOT_FOUND, False)

    person = f"/console/people/{ana.public_id}"
    told = visit.get(visit.post(f"{person}/disable").headers["Location"]).text
    assert console.account(ANA).disabled_at
    press(visit, told, "Undo")
    assert not console.account(ANA).disabled_at

    offices = f"/console/campaigns/{OWN}/offices"
    told = visit.get(visit.post(f"{offices}/madison/verified", {"hours": "on"}).headers["Location"]).text
    assert not _assumed(console)
    other = console.signed_in(ANA)
    not_hers = other.post(f"{offices}/madison/unverified", {"hours": "on"}).headers["Location"]
    assert "no such verification of yours" in other.get(not_hers).text
    press(visit, told, "Undo")
    assert (verified_offices(console.desk, OWN), _assumed(console)) == ({}, True)


def _assumed(console: Console) -> bool:
    offices = export_campaign(console.desk.database, OWN).campaign.offices
    return next(office for office in offices if office.id == "madison").hours_assumed


def test_a_lifted_block_and_a_note_come_back_or_go(console: Console) -> None:
    fill_console(console)
    visit = console.signed_in(OWNER)
    visit.get(CALL)
    visit.post(f"{CALL}/block", {"days": "90"})
    blocks = visit.get("/console/blocks").text
    lifted = press(visit, blocks, "Lift")
    assert "Nobody is blocked" in lifted
    number = re.findall(r"/blocks/(\d+)/put-back", lifted)[0]
    for until in ("2027-12-31T00:00:00+00:00", "2026-01-01T00:00:00+00:00", "2026-12-31T00:00:00", "soon"):
        visit.post(f"/console/blocks/{number}/put-back", {"until": until})
        assert "Nobody is blocked" in visit.get("/console/blocks").text
    back = press(visit, lifted, "Undo")
    kept = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)
    assert kept.findall(back) == kept.findall(blocks), "it lasts as long as it would have"
    lifted = press(visit, back, "Lift")
    console.clock.move(3599)
    forget_ended_blocks(console.desk.database, console.clock)
    lifted = press(visit, press(visit, lifted, "Undo"), "Lift")
    console.clock.move(3601)
    forget_ended_blocks(console.desk.database, console.clock)
    assert "There is no such block any more." in press(visit, lifted, "Undo"), "nothing is kept of it"

    told = visit.get(visit.post(f"{CALL}/notes", {"text": "Asked for <us>"}).headers["Location"]).text
    note = re.findall(r"/notes/(\d+)/withdraw", told)[0]
    console.add(ANA, Role.ANALYST)
    ana = console.signed_in(ANA)
    assert "Withdraw it now" not in ana.get(CALL).text
    not_hers = ana.post(f"{CALL}/notes/{note}/withdraw").headers["Location"]
    assert "There is no such note of yours." in ana.get(not_hers).text
    assert "Asked for &lt;us&gt;" not in press(visit, visit.get(CALL).text, "Withdraw it now")
    assert console.audit()[-1] == f"{OWNER} withdrew their note on call CA1."
