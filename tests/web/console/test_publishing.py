"""From a new campaign to its versions: what is in the way is named, publishing is undone, nothing is begun twice."""

import html
import re
from http import HTTPStatus

import pytest

from app.domain.audit import By
from app.domain.drafts import with_office
from app.domain.roles import Role
from app.services.campaigns import export_campaign
from app.services.drafts import open_draft, save_draft
from app.services.templates import TEMPLATES
from tests.support.console import OTHER, OWN, Console, Visit
from tests.web.console.test_editor import ANA, EDIT, OWNER, save, words_of

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
_FORM = re.compile(r'<form method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)


def press(visit: Visit, page: str, label: str) -> str:
    """Presses the button of a form of its own; gives the page that this leads to."""
    forms = [form for form in _FORM.findall(page) if f">{label}</button>" in form[1]]
    assert len(forms) == 1, (label, words_of(page))
    done = visit.post(html.unescape(forms[0][0]), dict(_HIDDEN.findall(forms[0][1])))
    assert done.status_code == HTTPStatus.SEE_OTHER, words_of(done.text)
    return visit.get(done.headers["Location"]).text


def name_of(console: Console, slug: str = OWN) -> str:
    return export_campaign(console.desk.database, slug).campaign.name


def test_changes_are_reviewed_published_undone_and_kept_as_versions(console: Console) -> None:
    visit = console.signed_in(OWNER)
    review = visit.get(save(visit, "message", name="Honduras <now>", then="review")).text
    assert '<del><span class="visually-hidden"> [deleted: </span> 2017<span' in review
    assert '<ins><span class="visually-hidden"> [inserted: </span> &lt;now&gt;<span' in review
    told = press(visit, review, "Publish changes")
    assert "Version 2 of Honduras <now> is published." in words_of(told)
    assert name_of(console) == "Honduras <now>"
    told = press(visit, told, "Undo")
    assert "Callers hear version 1 again; it is version 3 now." in words_of(told)
    assert name_of(console) == "Honduras 2017"
    told = press(visit, told, "Undo")
    assert name_of(console) == "Honduras <now>"
    versions = words_of(visit.get(f"{EDIT}/versions").text)
    assert "Version 4 Live" in versions
    assert f"{OWNER} Name" in versions
    again = press(visit, visit.get(f"{EDIT}/versions/3").text, "Go back to this version")
    assert "Callers hear version 3 again; it is version 5 now." in words_of(again)
    assert f'href="{EDIT}/versions/5"' in visit.get("/console/audit").text


def test_what_is_in_the_way_leads_to_its_field_and_cannot_be_published(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(OWNER)
    review = visit.get(save(visit, "message", **{"summary.es": "palabra " * 90, "then": "review"})).text
    assert f'<a href="{EDIT}/message#summary.es">Summary, Spanish</a>: It takes 36 seconds' in review
    assert "Publish changes" not in review
    draft = open_draft(sqlite_console.desk, OWN)
    seen = {"revision": str(draft.revision), "live_version": "1"}
    assert visit.post(f"{EDIT}/publish", seen).headers["Location"] == f"{EDIT}/review"
    assert "Not published: something stands in the way." in visit.get(f"{EDIT}/review").text
    save(visit, "message", **{"summary.es": "palabra " * 70})
    review = words_of(visit.get(f"{EDIT}/review").text)
    assert "Summary, Spanish : It takes 28 seconds to say; up to 25 are advised." in review
    assert "Publish changes" in review


def test_what_others_did_meanwhile_is_told_before_it_is_published_over(console: Console) -> None:
    console.add(ANA, Role.ORGANIZER)
    owner, ana = console.signed_in(OWNER), console.signed_in(ANA)
    mine = owner.get(save(owner, "message", name="Mine", then="review")).text
    save(ana, "message", name="Ana's")
    told = press(owner, mine, "Publish changes")
    assert "Not published: it has changed since you looked." in told
    theirs = press(ana, ana.get(f"{EDIT}/review").text, "Publish changes")
    save(owner, "message", name="Mine")
    press(ana, theirs, "Undo")
    review = owner.get(f"{EDIT}/review").text
    assert f"Version 3, at 11:00 a.m. CST by {ANA}." in words_of(review)
    press(owner, review, "Publish changes")
    assert name_of(console) == "Mine"


def test_a_new_campaign_begins_with_a_template_whose_numbers_are_to_be_filled_in(sqlite_console: Console) -> None:
    visit, names = sqlite_console.signed_in(OWNER), {"name": "Fund the clinics", "organization": "Us", "slug": ""}
    page = visit.get("/console/campaigns/new").text
    assert all(f'<option value="{key}">{words}</option>' in page for key, words in TEMPLATES.items())
    wrong = visit.post("/console/campaigns/new", {**names, "template": "../honduras-2017"})
    assert (wrong.status_code, "Choose one of these." in wrong.text) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)
    done = visit.post("/console/campaigns/new", {**names, "template": "senator"})
    offices = words_of(visit.get("/console/campaigns/fund-the-clinics/edit/offices").text)
    assert "Washington, D.C." in offices
    review = words_of(visit.get("/console/campaigns/fund-the-clinics/edit/review").text)
    assert review.count("It is empty.") == 4
    assert done.headers["Location"] == "/console/campaigns/fund-the-clinics/edit"


def test_a_new_campaign_goes_from_its_names_to_the_air(console: Console) -> None:
    console.add(ANA, Role.ORGANIZER, OTHER)
    visit = console.signed_in(ANA)
    visit.get("/console/campaigns/new")
    wrong = visit.post("/console/campaigns/new", {"name": "Año nuevo", "organization": "", "slug": "Año"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="Año nuevo"' in wrong.text
    assert "It is empty." in wrong.text
    assert "may hold only a-z, 0-9 and hyphens" in html.unescape(wrong.text)
    taken = visit.post("/console/campaigns/new", {"name": "X", "organization": "Y", "slug": OWN})
    assert "There is a campaign 'honduras-2017' already." in html.unescape(taken.text)
    done = visit.post("/console/campaigns/new", {"name": "Año nuevo", "organization": "Group", "slug": ""})
    assert done.headers["Location"] == "/console/campaigns/ano-nuevo/edit"
    page = words_of(visit.get(done.headers["Location"]).text)
    assert "Never published: nobody can call it yet." in page
    assert visit.get("/console/campaigns/ano-nuevo/calls").headers["Location"] == done.headers["Location"]
    assert "Draft" in words_of(visit.get("/console/").text)
    draft = open_draft(console.desk, "ano-nuevo")
    whole = with_office(draft.body, 0, {"name": "Madison", "number": "608-264-5338"})
    save_draft(console.desk, By(ANA), "ano-nuevo", whole, draft.revision)
    told = press(visit, visit.get("/console/campaigns/ano-nuevo/edit/review").text, "Publish campaign")
    assert "Año nuevo is published: it takes calls from now on." in words_of(told)


def test_a_copy_takes_two_clicks_and_the_sample_one(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(OWNER)
    page = visit.get(f"/console/campaigns/{OWN}/duplicate").text
    assert 'value="Copy of Honduras 2017"' in page
    for name in ("copy", "copy-2"):
        done = visit.post(f"/console/campaigns/{OWN}/duplicate", {"name": "Copy", "slug": ""})
        assert done.headers["Location"] == f"/console/campaigns/{name}/edit"
    assert visit.post(f"/console/campaigns/{OWN}/duplicate", {"name": "", "slug": "copy"}).status_code == 422
    assert visit.post(f"/console/campaigns/{OWN}/duplicate", {"name": "C", "slug": "copy"}).status_code == 422
    again = visit.post("/console/campaigns/copy/duplicate", {"name": "Copy", "slug": ""})
    assert again.headers["Location"].endswith("/copy-3/edit")
    done = visit.post("/console/campaigns/sample")
    assert done.headers["Location"].endswith(f"/{OWN}-2/edit")
    assert open_draft(sqlite_console.desk, f"{OWN}-2").faults == ()


def test_whoever_has_no_campaign_is_told_what_to_do(sqlite_console: Console) -> None:
    sqlite_console.add(ANA, Role.ORGANIZER, OWN)
    account = sqlite_console.account(ANA)
    with sqlite_console.desk.database.write() as connection:
        connection.exec_driver_sql(f"DELETE FROM organizer_campaigns WHERE organizer_id = {account.id}")
    visit = sqlite_console.signed_in(ANA)
    page = visit.get("/console/").text
    assert "No campaigns yet" in page
    assert "No campaigns yet" not in press(visit, page, "Load the sample campaign")
    assert f"{OWN}-2" in visit.get("/console/").text


@pytest.mark.parametrize("path", ["versions/9", "versions/2147483648", "versions?before=99999999999", "nothing"])
def test_what_is_not_there_is_told_as_such(sqlite_console: Console, path: str) -> None:
    answer = sqlite_console.signed_in(OWNER).get(f"{EDIT}/{path}")
    assert answer.status_code == (HTTPStatus.OK if "?" in path else HTTPStatus.NOT_FOUND)
