"""Campaigns and offices are told by their names: in the switcher, titles, notices and the audit."""

import re
from dataclasses import replace

from app.domain.campaigns import Campaign
from app.domain.roles import Role
from app.services.campaigns import export_campaign, import_campaign
from app.web.console.nav import ENTRIES
from app.web.console.shortcuts import LETTERS
from tests.support.console import NAME, OTHER, OWN, Console, Visit
from tests.web.console.test_overview import OWNER, PAGE, text_of

HOSTILE = "{0} {x} <b>"


def publish(console: Console, campaign: Campaign) -> None:
    document = replace(export_campaign(console.desk.database, campaign.slug), campaign=campaign)
    import_campaign(console.desk.database, console.app.hotline.keys, console.clock, document)


def switcher(visit: Visit) -> str:
    found = re.search(r'<details class="switcher">.*?</details>', visit.get("/console/").text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_names_are_told_and_slugs_only_where_two_share_a_name(console: Console) -> None:
    owner = console.signed_in(OWNER)
    owner.get("/console/campaigns/new")
    owner.post("/console/campaigns/new", {"name": "Fair wages", "organization": "Us", "slug": "wages"})
    assert switcher(owner) == f"Campaigns Another Fair wages {NAME}"
    for path in (f"/console/campaigns/{OWN}/status/paused", f"/console/campaigns/{OWN}/share"):
        said = text_of(owner, path)
        assert f"{NAME} – Patchline" in said
        assert OWN not in said
    owner.post(f"/console/campaigns/{OWN}/status", {"status": "paused"})
    assert f"{NAME} is paused: whoever calls now" in text_of(owner, "/console/")
    assert console.audit()[-1] == f"{OWNER} paused {NAME}."
    other = export_campaign(console.desk.database, OTHER).campaign
    publish(console, replace(other, name="honduras 2017"))
    assert switcher(owner) == f"Campaigns Fair wages honduras 2017 ({OTHER}) {NAME} ({OWN})"
    owner.post(f"/console/campaigns/{OWN}/status", {"status": "live"})
    assert console.audit()[-1] == f"{OWNER} opened {NAME} ({OWN})."


def test_an_office_is_told_by_its_name_whatever_that_is(console: Console) -> None:
    campaign = export_campaign(console.desk.database, OWN).campaign
    first = campaign.offices[0]
    named = replace(first, name={"en": HOSTILE, "es": HOSTILE})
    publish(console, replace(campaign, offices=(named, *campaign.offices[1:])))
    owner, offices = console.signed_in(OWNER), f"/console/campaigns/{OWN}/offices"
    owner.get(offices)
    owner.post(f"{offices}/{first.id}/verified", {"hours": "on"})
    owner.post(f"{offices}/{first.id}/close", {"day": "2026-11-25"})
    assert f"closed {HOSTILE} on 2026-11-25: version" in console.audit()[-1]
    assert any(f"verified the number and the hours of {HOSTILE} of {NAME}." in told for told in console.audit())
    assert HOSTILE not in owner.get("/console/audit").text, "shown as text"


def test_each_page_of_the_rail_has_a_shortcut_of_its_own() -> None:
    assert {entry.label for entry in ENTRIES} == {*LETTERS, "Search"}, "that is /"
    assert len(set(LETTERS.values())) == len(LETTERS)


def test_without_the_browser_phone_a_hotline_is_heard_by_its_preview(sqlite_console: Console) -> None:
    owner = sqlite_console.signed_in(OWNER)
    hear = re.compile(rf'href="/console/campaigns/{OWN}/preview"[^>]*>Hear it<')
    sqlite_console.app.jinja_env.globals["is_demo"] = False
    for path in ("/console/", f"{PAGE}?when=all", f"/console/campaigns/{OWN}/calls"):
        page = owner.get(path).text
        assert f'href="/console/campaigns/{OWN}/preview" data-keys="g p"' in page or path == "/console/"
        assert hear.search(page), path
        assert "Try it</a>" not in page
    sqlite_console.add("ana@example.org", Role.ANALYST, OWN)
    assert "Hear it" not in sqlite_console.signed_in("ana@example.org").get(f"{PAGE}?when=all").text


def test_who_has_one_campaign_has_its_shortcuts_everywhere(sqlite_console: Console) -> None:
    sqlite_console.add("ana@example.org", Role.ORGANIZER, OWN)
    page = sqlite_console.signed_in("ana@example.org").get("/console/account").text
    assert f'href="/console/campaigns/{OWN}/live" data-keys="g l"' in page
