"""The organization's name and zone: who may change them, and where they show."""

import re
from http import HTTPStatus

from app.domain.audit import By
from app.domain.campaigns import CampaignStatus
from app.domain.roles import Role
from app.services.campaigns import change_status
from app.services.organization import the_organization
from app.store.call_log_campaigns import campaign_id
from app.store.campaign_erasure import begin
from tests.support.call_log import fill_console
from tests.support.console import OWN, Console
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


def test_how_long_supporters_are_kept_is_told_and_can_be_shortened_but_not_prolonged(sqlite_console: Console) -> None:
    console = sqlite_console
    owner = console.signed_in(OWNER)
    change_status(console.desk.database, console.clock, By(OWNER), OWN, CampaignStatus.ENDED)
    said = text_of(owner, PAGE)
    assert "30 days after a campaign has ended, this is erased" in said
    assert "ended Nov 24, 2026, erased Dec 24, 2026" in said
    assert "kept while it takes calls: it has no last day still takes calls" in said
    refused = owner.post(f"{PAGE}/retention", {"kept_days": "31"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "It must be from 0 to 30." in refused.text
    assert 'value="31"' in refused.text
    owner.post(f"{PAGE}/retention", {"kept_days": "0"})
    assert console.audit()[-1] == (
        f"{OWNER} changed how long what leads to supporters is kept after a campaign's end: 30 days became 0 days."
    )
    said = text_of(owner, PAGE)
    assert "As soon as a campaign has ended, this is erased" in said
    assert "erased since Nov 24, 2026" in said
    owner.post(PAGE, GIVEN)
    assert the_organization(console.desk).kept_days == 0, "the other form leaves it"


def test_everything_recorded_of_a_campaign_is_erased_once_its_name_was_typed(sqlite_console: Console) -> None:
    console, page = sqlite_console, f"/console/campaigns/{OWN}/erase"
    fill_console(console)
    owner = console.signed_in(OWNER)
    assert "archive it first" in text_of(owner, page)
    assert "Erase everything for good" not in owner.get(page).text
    change_status(console.desk.database, console.clock, By(OWNER), OWN, CampaignStatus.ENDED)
    console.clock.move(2 * 3600)
    owner = console.signed_in(OWNER)
    assert page in owner.get("/console/").text
    said = text_of(owner, page)
    assert re.search(r"What goes \d+ calls \d+ calls? to (an )?offices?", said), said
    wrong = owner.post(page, {"name": "Honduras"})
    assert (wrong.status_code, "Type Honduras 2017, the campaign’s name" in wrong.text) == (422, True)
    with console.desk.database.write() as connection:
        begin(connection, campaign_id(connection, OWN), OWNER, console.clock.now())
    waits = owner.get(page).text
    assert 'http-equiv="refresh"' in waits
    assert re.search(r"0 of \d+ calls are erased", waits)
    assert "typed" not in waits
    owner.post(page, {"name": " Honduras  2017 "})
    said = text_of(owner, page)
    assert "Everything that was recorded of Honduras 2017 is erased." in said
    assert "Nothing is recorded of this campaign." in said
    assert "Nobody has called yet." in text_of(owner, f"/console/campaigns/{OWN}/overview?when=all")
