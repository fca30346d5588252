"""The voice page: uploads become recordings of a draft, or are refused beside their field; nothing is lost."""

import re

import pytest
from werkzeug.test import TestResponse

from app.domain.audit import By
from app.domain.draft_offices import changed_office, office_of
from app.services.drafts import open_draft, save_draft
from app.sound import MAX_UPLOAD_BYTES
from tests.sound.making import silence, tone, written
from tests.support.console import HTML, OWN, Console, Visit

PAGE = f"/console/campaigns/{OWN}/edit/voice"
REVIEW = f"/console/campaigns/{OWN}/edit/review"
GOOD = written(tone(3, 8000), 8000)


def multipart(visit: Visit, content: bytes, **fields: str) -> dict[str, object]:
    """A form as a browser sends it. The test client's own would leave a file open."""
    head = b"--line\r\nContent-Disposition: form-data; name="
    texts = {"csrf_token": visit.token, **fields}
    parts = [head + f'"{name}"\r\n\r\n{text}\r\n'.encode() for name, text in texts.items()]
    file = b'"sound"; filename="<script>.html"\r\nContent-Type: text/html\r\n\r\n'
    body = b"".join((*parts, head, file, content, b"\r\n--line--\r\n"))
    return {"data": body, "content_type": "multipart/form-data; boundary=line", "headers": HTML}


def upload(visit: Visit, content: bytes, name: str = "greeting", language: str = "en", **fields: str) -> TestResponse:
    visit.get(PAGE)
    return visit.client.post(f"{PAGE}/{name}/{language}", **multipart(visit, content, **fields))


def played(console: Console) -> dict[str, dict[str, str]]:
    return dict(open_draft(console.desk, OWN).body.get("recordings", {}))


def test_an_upload_is_played_in_the_draft_and_taken_away_and_given_back(console: Console) -> None:
    ann = console.add("ann@example.org")
    visit = console.signed_in(ann.email)
    assert upload(visit, GOOD).status_code == 303
    recording = played(console)["greeting"]["en"]
    page = visit.get(PAGE)
    assert f'src="/audio/{recording}.wav"' in page.text
    assert "Recorded, 3 s. Callers hear it once it is published." in page.text
    assert "3 s, recorded by ann@example.org" in page.text
    assert "media-src 'self' blob:" in page.headers["Content-Security-Policy"]
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert "microphone=()" in visit.get("/console/").headers["Permissions-Policy"]
    # Never under its own name or type.
    sound = visit.client.get(f"/audio/{recording}.wav")
    assert (sound.mimetype, sound.data[:4], "Content-Disposition" in sound.headers) == ("audio/wav", b"RIFF", False)
    assert visit.post(f"{PAGE}/greeting/en/use").status_code == 303
    assert played(console) == {}
    undo = visit.get(PAGE)
    assert f'name="recording" value="{recording}"' in undo.text
    visit.post(f"{PAGE}/greeting/en/use", {"recording": recording})
    assert played(console) == {"greeting": {"en": recording}}
    assert "ann@example.org recorded the greeting of Honduras 2017 (en), 3 seconds." in console.audit()


def test_the_script_that_shows_how_far_it_is_is_told_where_to_go_on_or_what_is_wrong(sqlite_console: Console) -> None:
    visit = sqlite_console.signed_in(sqlite_console.add("ann@example.org").email)
    visit.get(PAGE)
    asked = {"headers": HTML | {"Accept": "application/json"}}
    wrong = visit.client.post(f"{PAGE}/greeting/en", **multipart(visit, b"") | asked)
    assert (wrong.status_code, wrong.get_json()) == (400, {"error": "The file is empty: choose another one."})
    taken = visit.client.post(f"{PAGE}/greeting/en", **multipart(visit, GOOD) | asked)
    assert (taken.status_code, taken.get_json()) == (200, {"next": f"{PAGE}#greeting-en"})
    assert "Recorded, 3 s. Callers hear it once it is published." in visit.get(PAGE).text


def test_a_recording_of_an_older_text_is_told_and_can_be_kept(sqlite_console: Console) -> None:
    console = sqlite_console
    console.add("ann@example.org")
    visit = console.signed_in("ann@example.org")
    upload(visit, GOOD, "summary", "es")
    before = played(console)["summary"]["es"]
    draft = open_draft(console.desk, OWN)
    changed = {**draft.body, "summary": {**draft.body["summary"], "es": "Pida ayuda."}}
    save_draft(console.desk, By("bea@example.org"), OWN, changed, draft.revision)
    assert 'The recording says an older text: <q lang="es">En resumen' in visit.get(PAGE).text
    visit.post(f"{PAGE}/summary/es/use", {"recording": before})
    assert played(console)["summary"]["es"] != before
    page = visit.get(PAGE).text
    assert "says an older text" not in page
    # What somebody recorded is what they were shown, whatever the draft says by now.
    upload(visit, GOOD, "summary", "es", said="Lo que se veía.")
    assert 'The recording says an older text: <q lang="es">Lo que se veía.' in visit.get(PAGE).text


def madison_says(console: Console, tip: str) -> None:
    draft = open_draft(console.desk, OWN)
    changed = changed_office(draft.body, "madison", {"voicemail_tip": tip})
    save_draft(console.desk, By("bea@example.org"), OWN, changed, draft.revision)


def madison_plays(console: Console) -> dict[str, dict[str, str]]:
    office = office_of(open_draft(console.desk, OWN).body, "madison")
    assert office
    return dict(office.get("recordings", {}))


def test_an_offices_own_text_is_recorded_and_told_when_it_is_stale(sqlite_console: Console) -> None:
    console = sqlite_console
    console.add("ann@example.org")
    visit = console.signed_in("ann@example.org")
    assert upload(visit, GOOD, "madison.voicemail_tip").status_code == 404, "it has no such text of its own"
    madison_says(console, "Say your name.")
    assert upload(visit, GOOD, "madison.voicemail_tip").status_code == 303
    recording = madison_plays(console)["voicemail_tip"]["en"]
    assert f'src="/audio/{recording}.wav" aria-label="Madison: voicemail tip, English"' in visit.get(PAGE).text
    told = "ann@example.org recorded the voicemail tip of madison of Honduras 2017 (en), 3 seconds."
    assert told in console.audit()
    madison_says(console, "Say your city.")
    assert 'The recording says an older text: <q lang="en">Say your name.' in visit.get(PAGE).text
    review = visit.get(REVIEW).text
    assert "Madison: recording of the voicemail tip, English" in review
    assert "The recording says an older text" in review


def test_a_recording_of_an_offices_text_that_is_gone_leads_to_where_it_is_taken_away(sqlite_console: Console) -> None:
    console = sqlite_console
    console.add("ann@example.org")
    visit = console.signed_in("ann@example.org")
    madison_says(console, "Say your name.")
    upload(visit, GOOD, "madison.voicemail_tip")
    madison_says(console, "")
    review = visit.get(REVIEW).text
    assert "The text that it is played for is missing: give voicemail_tip.en as well." in review
    assert f'href="{PAGE}#offices-own"' in review
    assert 'id="offices-own"' in visit.get(PAGE).text
    assert visit.post(f"{PAGE}/madison.voicemail_tip/en/use").status_code == 303
    assert madison_plays(console) == {}
    assert "Madison: voicemail tip, English: spoken by the carrier’s voice again." in visit.get(PAGE).text
    assert "The text that it is played for" not in visit.get(REVIEW).text


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "greeting", "The file is empty"),
        (b"<svg onload=alert(1)>", "greeting", "a web page or a drawing"),
        (written(silence(2, 8000), 8000), "greeting", "Nothing can be heard in it"),
        (written(tone(62, 8000), 8000), "contact", "It takes 62 seconds; at most 60"),
    ],
)
def test_what_cannot_be_a_recording_is_refused_beside_its_field(
    sqlite_console: Console, content: bytes, name: str, why: str
) -> None:
    sqlite_console.add("ann@example.org")
    visit = sqlite_console.signed_in("ann@example.org")
    answer = upload(visit, content, name)
    assert answer.status_code == 400
    [told] = re.findall(rf'id="{name}-en-error"[^>]*>([^<]+)<', answer.text)
    assert why in told
    assert 'aria-invalid="true"' in answer.text
    assert played(sqlite_console) == {}


def test_large_files_are_for_those_who_edit_and_not_beyond_their_limit(sqlite_console: Console) -> None:
    sqlite_console.add("ann@example.org")
    visit = sqlite_console.signed_in("ann@example.org")
    large = b"ID3" + b"\0" * (MAX_UPLOAD_BYTES - 3)
    assert "cannot be read" in upload(visit, large).text
    too_large = upload(visit, large + b"\0" * 200_000)
    assert too_large.status_code == 413
    assert "The file is too large: at most 5 MB" in too_large.text
    # Nobody else makes the server read so much, and no other page does.
    nobody = sqlite_console.visit()
    stranger = nobody.client.post(f"{PAGE}/greeting/en", **multipart(nobody, large))
    assert stranger.status_code in (400, 413)
    assert visit.post("/console/account/password", {"password": "x" * 300_000}).status_code == 413


def test_there_is_nothing_to_record_where_there_is_no_text(sqlite_console: Console) -> None:
    sqlite_console.add("ann@example.org")
    visit = sqlite_console.signed_in("ann@example.org")
    draft = open_draft(sqlite_console.desk, OWN)
    without = {**draft.body, "greeting": {"en": draft.body["greeting"]["en"]}}
    save_draft(sqlite_console.desk, By("ann@example.org"), OWN, without, draft.revision)
    assert "There is no text in Spanish yet" in visit.get(PAGE).text
    assert "There is no text yet: write it first" not in visit.get(PAGE).text
    assert upload(visit, GOOD, "greeting", "es").status_code == 400
    for name, language in (("offices", "en"), ("greeting", "fr")):
        assert upload(visit, GOOD, name, language).status_code == 404
    foreign = visit.post(f"{PAGE}/greeting/en/use", {"recording": "f" * 32})
    assert foreign.status_code == 404
