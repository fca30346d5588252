"""The preview page: the draft as a call, in both languages, by buttons that need no script."""

import re

from app.domain.audit import By
from app.services.drafts import open_draft, save_draft
from tests.support.console import OWN, Console

PAGE = f"/console/campaigns/{OWN}/preview"
MORNING = "2026-11-24T10:00"


def test_a_key_is_a_button_that_leads_to_the_longer_walk(sqlite_console: Console) -> None:
    sqlite_console.add("ann@example.org")
    visit = sqlite_console.signed_in("ann@example.org")
    text = visit.get(PAGE, query_string={"preview_at": MORNING}).text
    assert "Welcome to the Honduras action line" in text
    assert '<p class="bubble-words" lang="es">Línea de acción por Honduras' in text
    assert re.search(r'name="walk" value="4" data-step="4"', text)
    further = visit.get(PAGE, query_string={"walk": "4a", "preview_at": MORNING}).text
    assert "Madison: answered after 6 s, talked 40 s" in further
    assert re.search(r'name="walk" value="4a1"', further)
    assert 'value="4">One step back' in re.sub(r' data-step="\w+" form="[\w-]+"', "", further)


def test_the_fragment_is_the_changing_part_alone(sqlite_console: Console) -> None:
    sqlite_console.add("ann@example.org")
    headers = {"Accept": "text/html", "Patchline-Fragment": "1"}
    text = sqlite_console.signed_in("ann@example.org").get(PAGE, headers=headers).text
    assert text.lstrip().startswith('<div class="preview" data-walk="">')
    assert "<html" not in text


def test_a_draft_that_is_not_whole_is_played_with_what_is_missing_marked(sqlite_console: Console) -> None:
    sqlite_console.add("ann@example.org")
    draft = open_draft(sqlite_console.desk, OWN)
    hurt = {**draft.body, "greeting": {"en": "<b>Hi</b>"}, "summary": {"en": "far " * 100, "es": "x " * 70}}
    save_draft(sqlite_console.desk, By("the test"), OWN, {**hurt, "offices": []}, draft.revision)
    text = sqlite_console.signed_in("ann@example.org").get(PAGE).text
    assert "in the words of the draft" in text
    assert "Spanish is missing: the caller would hear nothing here." in text
    assert '<p class="preview-instead" lang="en">&lt;b&gt;Hi&lt;/b&gt;' in text
    assert "There is no office yet" in text
    assert "40 s of 25; over 35 s cannot be published" in text
    assert "28 s of 25; shorter is better" in text


def test_whatever_is_asked_for_is_answered(sqlite_console: Console) -> None:
    sqlite_console.add("ann@example.org")
    visit = sqlite_console.signed_in("ann@example.org")
    for at in ("0001-01-01T00:00", "9999-12-31T23:59", "soon", "2026-11-24T10:00+99:99", "1" * 5000):
        asked = {"walk": "9" * 5000, "preview_at": at, "preview_language": '"><script>'}
        answer = visit.get(PAGE, query_string=asked)
        assert answer.status_code == 200
        assert "The preview goes no further than 60 steps" in answer.text
        assert "<script>" not in answer.text


def test_the_preview_agrees_with_closed_offices_at_the_time_asked_for(sqlite_console: Console) -> None:
    sqlite_console.add("ann@example.org")
    visit = sqlite_console.signed_in("ann@example.org")
    assert "The offices are closed now." in visit.get(PAGE, query_string={"preview_at": "2026-12-25T10:00"}).text
    assert "The offices are closed now." not in visit.get(PAGE, query_string={"preview_at": MORNING}).text


def test_what_is_typed_in_a_section_is_played_and_not_saved(sqlite_console: Console) -> None:
    sqlite_console.add("ann@example.org")
    visit = sqlite_console.signed_in("ann@example.org")
    section = f"/console/campaigns/{OWN}/edit/message"
    seen = re.search(r'name="seen" value="([^"]+)"', visit.get(section).text)
    assert seen
    typed = {"greeting.en": "Hello <i>there</i>.", "summary.en": "far " * 100, "seen": seen[1], "walk": "9"}
    headers = {"Accept": "text/html", "Patchline-Fragment": "1"}
    part = visit.post(f"{section}/preview", typed, headers=headers).text
    assert part.lstrip().startswith('<div class="preview" data-walk="9">')
    assert "Hello &lt;i&gt;there&lt;/i&gt;." in part
    assert "Spanish is missing: the caller would hear nothing here." in part
    assert f'form="draft" formaction="{section}/preview#preview" formmethod="post"' in part
    # Without scripts the same is a whole page, which keeps what was typed and whose version it was typed over.
    save_draft_of_somebody_else(sqlite_console)
    page = visit.post(f"{section}/preview", typed).text
    assert "Hello &lt;i&gt;there&lt;/i&gt;.</textarea>" in page
    assert f'name="seen" value="{seen[1]}"' in page
    assert "40 s of 25; over 35 s cannot be published" in page
    assert "there&lt;/i&gt;" not in visit.get(section).text
    assert visit.post(section, typed).status_code == 409
    assert visit.post(f"/console/campaigns/{OWN}/edit/no-such/preview", typed).status_code == 404


def save_draft_of_somebody_else(console: Console) -> None:
    draft = open_draft(console.desk, OWN)
    save_draft(console.desk, By("the test"), OWN, {**draft.body, "name": "Renamed"}, draft.revision)
