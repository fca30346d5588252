"""The campaign editor: what was typed is kept, faults stand beside their fields, and nothing is overwritten unseen."""

import html
import re
from http import HTTPStatus
from typing import Any

from app.domain.campaigns import Limits
from app.domain.documents import read_document, write_campaign
from app.domain.documents.campaign import LIMITS
from app.domain.roles import Role
from app.services.drafts import open_draft
from app.web.console.editor.forms import READERS
from app.web.console.editor.sections import SECTIONS
from tests.support.campaign_documents import small
from tests.support.console import OWN, Console, Visit

OWNER, ANA = "organizer@demo.invalid", "ana@example.org"
EDIT = f"/console/campaigns/{OWN}/edit"
_SEEN = re.compile(r'name="(seen|revision|live_version)" value="([^"]*)"')


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def form_of(visit: Visit, path: str) -> dict[str, Any]:
    """What a browser would send of the main form of a page if nothing is typed."""
    page = visit.get(path).text.partition('id="draft"')[2].partition("</form>")[0]
    sent: dict[str, Any] = dict(_SEEN.findall(page))
    for tag, name in re.findall(r'(<input[^>]*?name="([^"]+)"[^>]*>)', page):
        is_box = 'type="checkbox"' in tag or 'type="radio"' in tag
        value = re.search(r'value="([^"]*)"', tag)
        if name != "csrf_token" and (not is_box or " checked" in tag):
            given = html.unescape(value[1]) if value else "on"
            sent[name] = [*sent[name], given] if name in sent and is_box else [given]
    for name, text in re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL):
        sent[name] = html.unescape(text)
    return sent


def save(visit: Visit, section: str, **typed: Any) -> str:
    """Saves a section with some fields typed anew; gives where that leads."""
    sent = form_of(visit, f"{EDIT}/{section}")
    done = visit.post(f"{EDIT}/{section}", sent | typed)
    assert done.status_code == HTTPStatus.SEE_OTHER, words_of(done.text)
    return done.headers["Location"]


def test_every_field_of_a_campaign_has_one_section(sqlite_console: Console) -> None:
    edited = [name for section in SECTIONS for name in section.fields]
    assert len(edited) == len(set(edited))
    fields = set(
        write_campaign(
            read_document(
                small(
                    number="+15005550006",
                    contact="Us",
                    closures=["2026-01-01"],
                    ends_on="2026-02-01",
                    goal_calls=9,
                )
            ).campaign
        )
    )
    assert set(edited) | {"slug"} == fields | {"recordings"}
    forms = {section.key for section in SECTIONS if section.endpoint == "console.edit_section"}
    assert forms == set(READERS)


def test_opening_and_saving_every_section_changes_nothing(console: Console) -> None:
    visit = console.signed_in(OWNER)
    before = open_draft(console.desk, OWN)
    for key in READERS:
        save(visit, key)
    assert open_draft(console.desk, OWN) == before


def test_a_last_day_that_has_passed_is_told_beside_its_field(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(OWNER)
    save(visit, "hours", ends_on="2026-11-01")
    page = visit.get(f"{EDIT}/hours").text
    assert re.search(r'id="ends_on"[^>]*value="2026-11-01"[^>]*aria-invalid="true"', page)
    assert "2026-11-01 has passed, so nobody could call" in page
    assert "At this time the last day has passed." in page, "of the preview"
    save(visit, "hours", ends_on="")
    assert not open_draft(sqlite_console.desk, OWN).faults


def test_what_was_typed_is_kept_and_what_is_wrong_stands_beside_it(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(OWNER)
    typed = '<script>alert("x")</script> ' + "word " * 90
    assert save(visit, "message", **{"summary.es": typed, "name": ""}).endswith("/edit/message")
    page = visit.get(f"{EDIT}/message").text
    assert html.escape(typed.strip(), quote=False).replace('"', "&#34;") in page
    assert re.search(
        r'id="summary.es"[^>]*aria-describedby="summary.es-error summary-hint"[^>]*aria-invalid="true"', page
    )
    assert "It takes 36 seconds to say; at most 35 are possible." in page
    assert "2 things are to be corrected before it can be published." in words_of(page)
    save(visit, "hours", time_zone="America/Chicgo", closures="2026-12-24\r\n24.12.")
    page = visit.get(f"{EDIT}/hours").text
    assert "Did you mean &#39;America/Chicago&#39;?" in page
    assert "2026-12-24\n24.12.</textarea>" in page
    assert "It must be a date such as 2017-12-25, not &#39;24.12.&#39;." in page
    save(visit, "limits", **{"limits.ring_seconds": "900", "limits.talk_minutes": ""})
    assert "It must be from 5 to 120." in visit.get(f"{EDIT}/limits").text
    assert "Hours 2 to correct" in words_of(visit.get(f"{EDIT}/limits").text)


def test_limits_are_all_asked_for_and_an_empty_one_is_as_usual(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(OWNER)
    sent = form_of(visit, f"{EDIT}/limits")
    assert {f"limits.{name}" for name in LIMITS} <= set(sent)
    save(visit, "limits", **dict.fromkeys((f"limits.{name}" for name in LIMITS), " "))
    assert read_document(open_draft(sqlite_console.desk, OWN).body).campaign.limits == Limits()


def test_a_language_that_is_added_shows_what_is_missing_and_one_taken_away_takes_its_texts(
    sqlite_console: Console,
) -> None:
    visit = sqlite_console.signed_in(OWNER)
    visit.post(f"{EDIT}/languages", form_of(visit, f"{EDIT}/languages") | {"languages": "en", "first": "es"})
    draft = open_draft(sqlite_console.desk, OWN)
    assert draft.faults == ()
    assert "es" not in str(draft.body["script"])[:20]
    assert draft.body["languages"] == ["en"]
    both = form_of(visit, f"{EDIT}/languages") | {"languages": ["en", "es"], "first": "es"}
    visit.post(f"{EDIT}/languages", both)
    assert open_draft(sqlite_console.desk, OWN).body["languages"] == ["es", "en"]
    page = words_of(visit.get(f"{EDIT}/message").text)
    assert page.count("Spanish ! Missing") + page.count("Spanish Missing") == 4
    assert "Message 4 to correct" in page
    visit.post(f"{EDIT}/languages", form_of(visit, f"{EDIT}/languages") | {"languages": []})
    assert open_draft(sqlite_console.desk, OWN).body["languages"] == ["es", "en"]


def test_who_saves_second_sees_both_texts_and_chooses(console: Console) -> None:
    console.add(ANA, Role.ORGANIZER)
    owner, ana = console.signed_in(OWNER), console.signed_in(ANA)
    mine = form_of(owner, f"{EDIT}/message") | {"greeting.en": "Welcome from the owner.", "name": "Mine"}
    save(ana, "message", **{"greeting.en": "Welcome from Ana."})
    told = owner.post(f"{EDIT}/message", mine)
    page = words_of(told.text)
    assert told.status_code == HTTPStatus.CONFLICT
    assert f"{ANA} saved this part at 11:00 a.m. CST, after you had opened it" in page
    assert "[deleted: Ana. ] [inserted: the owner. ]" in page
    assert "Welcome from the owner.</textarea>" in told.text
    assert open_draft(console.desk, OWN).body["name"] == "Honduras 2017"
    again = owner.post(f"{EDIT}/message", mine | dict(_SEEN.findall(told.text)))
    assert again.status_code == HTTPStatus.SEE_OTHER
    assert open_draft(console.desk, OWN).body["name"] == "Mine"


def test_two_people_in_two_sections_do_not_disturb_each_other_and_know_of_each_other(sqlite_console: Console) -> None:
    sqlite_console.add(ANA, Role.ORGANIZER)
    owner, ana = sqlite_console.signed_in(OWNER), sqlite_console.signed_in(ANA)
    mine = form_of(owner, f"{EDIT}/limits") | {"limits.ring_seconds": "20"}
    assert "is editing" not in owner.get(EDIT).text
    save(ana, "message", name="Ana's name")
    assert owner.post(f"{EDIT}/limits", mine).status_code == HTTPStatus.SEE_OTHER
    draft = open_draft(sqlite_console.desk, OWN)
    assert (draft.body["name"], draft.body["limits"]["ring_seconds"]) == ("Ana's name", 20)
    assert f"{OWNER} is editing this campaign too, and saved at 11:00 a.m. CST." in words_of(ana.get(EDIT).text)
    sqlite_console.clock.move(31 * 60)
    assert "is editing" not in ana.get(EDIT).text


def test_a_discarded_draft_asks_for_what_was_seen(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(OWNER)
    save(visit, "message", name="New")
    page = visit.get(EDIT).text
    stale = dict(re.findall(r'name="(revision)" value="(\d+)"', page))
    save(visit, "message", name="Newer")
    visit.post(f"{EDIT}/discard", stale)
    assert open_draft(sqlite_console.desk, OWN).body["name"] == "Newer"
    visit.post(f"{EDIT}/discard", dict(re.findall(r'name="(revision)" value="(\d+)"', visit.get(EDIT).text)))
    assert not open_draft(sqlite_console.desk, OWN).is_edited


def test_scripts_in_all_languages_come_in_one_form(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(OWNER)
    long = " ".join(["ñandúes"] * 750)
    save(
        visit,
        "message",
        **{f"{name}.{code}": long for name in ("script", "greeting", "contact") for code in ("en", "es")},
    )
    assert open_draft(sqlite_console.desk, OWN).body["script"]["es"] == long


def test_who_merely_has_the_editor_open_is_told_to_the_others(console: Console) -> None:
    console.add(ANA, Role.ORGANIZER)
    owner, ana = console.signed_in(OWNER), console.signed_in(ANA)
    told = f"{OWNER} has this campaign open in the editor too."

    def asks(visit: Visit, part: str) -> str:
        """What the page's script asks for once it is open, and at pauses of typing."""
        sent = form_of(visit, f"{EDIT}/{part}") | {"csrf_token": visit.token}
        answer = visit.client.post(f"{EDIT}/{part}/preview", data=sent, headers={"Patchline-Fragment": "1"})
        return words_of(answer.text)

    assert "open in the editor too" not in asks(owner, "message")
    assert told in words_of(ana.get(f"{EDIT}/offices").text)
    assert told in asks(ana, "offices/madison")
    assert f"{ANA} has this campaign open" in asks(owner, "message")
    console.clock.move(301)
    assert "open in the editor too" not in words_of(ana.get(f"{EDIT}/offices").text)
    save(owner, "message", name="Mine")
    page = words_of(ana.get(EDIT).text)
    assert f"{OWNER} is editing this campaign too, and saved at" in page
    assert told not in page, "once is enough"
