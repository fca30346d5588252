"""One call: its story, and all that an organizer can do to it."""

import html
import json
import re
from contextlib import closing
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import parse_qsl

import pytest

from app import create_app
from app.config.secret import Secret
from app.domain.campaigns import CampaignStatus
from app.domain.events import EVENT_KINDS
from app.domain.roles import Role
from app.services.call_log import open_log
from app.services.call_wire import received
from app.services.caller_keys import caller_keys
from app.services.campaigns import export_campaign, import_campaign
from app.services.figures import Figures, read_figures
from app.services.figures_periods import Period
from app.store.call_detail import read_call
from app.store.campaigns import import_version
from tests.store.making import save, turn
from tests.support.call_log import fill_console
from tests.support.call_pages import LOG, OWNER, shown, total, undo
from tests.support.console import OTHER, OWN, Console, Visit
from tests.support.webhooks import CALL, Webhooks

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}=1+1"


def open_figures(console: Console) -> Figures:
    return read_figures(console.desk, open_log(console.desk, OWN), Period("all"))


def test_another_campaigns_calls_are_not_there(console: Console, visit: Visit) -> None:
    console.add("ana@example.org", Role.ORGANIZER, OTHER)
    ana = console.signed_in("ana@example.org")
    assert ana.get(LOG).status_code == HTTPStatus.FORBIDDEN
    for path in ("/console/calls/CA1", "/console/calls/CA-none"):
        assert ana.get(path).status_code == HTTPStatus.NOT_FOUND
    assert ana.post("/console/calls/CA1/notes", {"text": "x"}).status_code == HTTPStatus.NOT_FOUND
    assert ana.post("/console/calls/CA1/legs/3/outcome", {"outcome": "spoke"}).status_code == HTTPStatus.NOT_FOUND
    assert visit.get("/console/campaigns/none/calls").status_code == HTTPStatus.NOT_FOUND


def test_a16_hostile_text_shows_as_text(console: Console, visit: Visit) -> None:
    document = export_campaign(console.desk.database, OWN)
    named = replace(document, campaign=replace(document.campaign, name=EVIL))
    import_campaign(console.desk.database, caller_keys(console.app.settings), console.clock, named)
    with console.desk.database.write() as connection:
        labels = {"madison": EVIL, "wausau": "Wausau", "eau-claire": "Eau Claire"}
        import_version(connection, OWN, None, CampaignStatus.LIVE, {"slug": OWN}, labels, console.clock.now())
        connection.rollback()
    hostile = turn(7, call_sid="CA1", step=EVIL, event=EVIL, language=EVIL, called=EVIL, answer=EVIL, seconds=300)
    save(console.desk.database, hostile)
    visit.get("/console/calls/CA1")
    visit.post("/console/calls/CA1/notes", {"text": EVIL})
    visit.post(f"{LOG}/views", {"name": EVIL[:60], "q": EVIL})
    for path in (LOG, f"{LOG}?q={EVIL}&office={EVIL}", "/console/calls/CA1"):
        page = visit.get(path)
        assert page.status_code == HTTPStatus.OK
        assert "<img" not in page.text
        assert "<script>alert" not in page.text
        assert "49=1+1" not in page.text


def test_a_call_tells_its_story(visit: Visit) -> None:
    page = " ".join(html.unescape(visit.get("/console/calls/CA1").text).split())
    assert (
        "Called at 12:00 p.m., heard the summary, let us pick, tried Wausau (busy), spoke with Madison for 3 min 10 s,"
        " said goodbye."
    ) in page
    assert "We picked Wausau: open, near" in page
    assert "Chose Madison" in page
    assert "Had heard the summary by then" in page
    assert "Told us of Madison: spoke with staff" in page
    assert '<p class="moment-who">Caller</p> <div><p>Pressed #' in page
    assert '<p class="moment-who">Hotline</p> <div><p>We picked Wausau' in page
    assert '<p class="moment-who">Caller</p> <div><p>Chose Madison' in page
    assert '<p class="moment-who">Office</p> <div><p>Madison: answered, 3 min 10 s' in page
    assert '<p class="moment-who">Hotline</p> <div><p>We ended the call: the caller said goodbye' in page
    assert '<p class="said" lang="es-MX">Para español, oprima nueve.</p>' in page
    assert "Welcome. Press pound." in page
    assert "Pressed #" in page
    assert '<rect class="bar-talk"' in page
    again = re.search(r'href="/phone/\?([^"]+)"', page)
    assert again
    assert dict(parse_qsl(again[1])) == {
        "campaign": OWN,
        "at": "2026-11-24T12:00",
        "keys": "#ba1*",
        "steps": "connect.busy.outcome.next.goodbye",
    }
    assert 'href="/console/calls/CA1/replay"' in page
    assert 'href="/console/calls/CA2"' in page, "another call of the same caller"
    assert "CA-leg" in page


def test_developers_see_what_came_with_its_signature_and_no_number(sqlite_console: Console) -> None:
    carrier = Webhooks(sqlite_console.app)
    carrier.post("/voice/incoming")
    page = sqlite_console.signed_in(OWNER).get(f"/console/calls/{CALL}").text
    wire = html.unescape(re.sub(r"<[^>]+>", " ", page[page.index("Webhooks received and answered") :]))
    told = " ".join(wire[: wire.index("None came.")].split())
    form = r"Signature checked Received: POST /voice/incoming From never kept; its tag is \w{4} To \+15005550006 "
    assert re.search(rf"{form}Answered: TwiML <", told)
    assert carrier.usual["From"] not in page


def test_every_event_is_told_by_the_form_that_it_came_by(console: Console, visit: Visit) -> None:
    with console.desk.database.read() as connection:
        call = read_call(connection, "CA1")
    assert call
    told = {turn.event.partition(" ")[0]: received(call, turn) for turn in call.turns}
    dialed = [received(call, turn).fields for turn in call.turns if turn.event.startswith("dial_ended")]
    assert dialed[-1]["DialCallStatus"] == "read as answered"
    assert dialed[-1]["DialCallDuration"] == "190"
    for word in EVENT_KINDS.values():
        told.setdefault(word, received(call, replace(call.turns[0], event=f"{word} 4")))
    assert {each.path for each in told.values()} == {"/voice/incoming", "/voice/turn", "/voice/fallback"}
    assert (told["pressed"].fields["Digits"], told["silence"].fields["Digits"]) == ("*", "")
    assert told["spoke"].fields["SpeechResult"] == "never kept"
    strange = received(replace(call, caller="withheld", direction="outbound"), replace(call.turns[0], event=EVIL))
    assert strange.fields == {"To": "never kept", "From": call.called}


def test_a_call_is_read_as_it_would_be_now(sqlite_visit: Visit) -> None:
    page = html.unescape(sqlite_visit.get("/console/calls/CA1/replay").text)
    assert "It is played as of" in page
    assert "When the call was made, this led to Wausau; here it leads to Eau Claire." in page
    assert "Not done any more, because nobody waits for it here: answered, 1, *." in page
    on = re.search(r'href="/console/campaigns/[^"?]+/preview\?([^"]+)"', page)
    assert on
    assert dict(parse_qsl(on[1])) == {"walk": "#b", "preview_at": "2026-11-24T12:00", "preview_language": "en"}
    assert sqlite_visit.get("/console/calls/CA-none/replay").status_code == HTTPStatus.NOT_FOUND


def test_where_there_is_no_browser_phone_none_is_offered(sqlite_console: Console) -> None:
    fill_console(sqlite_console)
    sqlite_console.add("ana@example.org", Role.OWNER)
    live = replace(sqlite_console.app.settings, account_sid="AC" + "1" * 32, auth_tokens=(Secret("t"),))
    with closing(create_app(live, sqlite_console.clock)) as app:
        page = Console(app, sqlite_console.clock).signed_in("ana@example.org").get("/console/calls/CA1").text
    assert "/phone/" not in page
    assert 'href="/console/calls/CA1/replay"' in page


def test_the_phone_has_the_steps_of_a_call_to_make_again(sqlite_visit: Visit) -> None:
    text = html.unescape(sqlite_visit.get("/phone/?keys=%23b1x<b>%2A&steps=connect.busy.evil<b>.menu.star").text)
    steps = json.loads(text.partition('data-replay="')[2].partition('" aria-labelledby')[0])["steps"]
    assert [(each["step"], each["end"], each["led_to"]) for each in steps] == [
        ("#", "", "connect"), ("b", "busy", "busy"), ("1", "", ""), ("b", "busy", "menu"), ("*", "", "star"),
    ]  # fmt: skip
    assert 'id="replay"' not in sqlite_visit.get("/phone/").text
    assert 'id="replay"' not in sqlite_visit.get("/phone/?keys=%3Cxyz").text


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("CA2", "for the 2nd time, was welcomed back, was on with Madison for 3 s, is on the line."),
        ("CA3", "p.m., tried Eau Claire (failed), is on the line."),
        ("CA4", "Called at 12:00 p.m., left."),
        ("CA5", "Called at 2:30 p.m., is on the line."),
    ],
)
def test_other_calls_tell_theirs(sqlite_visit: Visit, call: str, words: str) -> None:
    assert words in html.unescape(sqlite_visit.get(f"/console/calls/{call}").text)


def test_a_note_is_kept_found_and_told_what_is_wrong_with_it(console: Console, visit: Visit) -> None:
    visit.get("/console/calls/CA5")
    assert visit.post("/console/calls/CA5/notes", {"text": "Odd silence\r\nat the end"}).status_code == 303
    assert console.audit()[-1] == f"{OWNER} added a note to call CA5."
    assert "Odd silence\nat the end" in visit.get("/console/calls/CA5").text
    assert shown(visit, "note=yes") == ["CA5"]
    assert shown(visit, "q=SILENCE") == ["CA5"]
    assert shown(visit, "q=%25") == []
    wrong = visit.post("/console/calls/CA5/notes", {"text": "a" * 2001})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "The note has 2001 characters; 2000 are the most." in wrong.text
    assert "a" * 2001 in wrong.text


def test_a_corrected_outcome_keeps_its_original(console: Console, visit: Visit) -> None:
    visit.get("/console/calls/CA1")
    visit.post("/console/calls/CA1/legs/3/outcome", {"outcome": "voicemail"})
    page = " ".join(html.unescape(visit.get("/console/calls/CA1").text).split())
    undo(visit, page)
    assert shown(visit, "outcome=spoke") == ["CA1"]
    visit.post("/console/calls/CA1/legs/3/outcome", {"outcome": "voicemail"})
    assert "The caller told: spoke with staff. Corrected to ‘voicemail’ by organizer@demo.invalid" in page
    assert shown(visit, "outcome=voicemail") == ["CA1"]
    assert shown(visit, "outcome=spoke") == []
    expected = f"{OWNER} corrected an office call in call CA1 from 'spoke with staff' to 'voicemail'."
    assert console.audit()[-1] == expected
    nothing = visit.post("/console/calls/CA1/legs/2/outcome", {"outcome": "spoke"})
    assert "Nothing was to be corrected." in visit.get(nothing.headers["Location"]).text
    assert visit.post("/console/calls/CA1/legs/3/outcome", {"outcome": "x"}).status_code == HTTPStatus.BAD_REQUEST
    visit.post("/console/calls/CA1/legs/3/outcome", {"outcome": "not-told"})
    assert shown(visit, "outcome=not-told") == ["CA2", "CA1"]


def test_who_may_only_read_corrects_nothing(sqlite_console: Console, sqlite_visit: Visit) -> None:
    sqlite_console.add("ana@example.org", Role.ANALYST)
    ana = sqlite_console.signed_in("ana@example.org")
    assert "Correct the outcome" not in ana.get("/console/calls/CA1").text
    assert ana.post("/console/calls/CA1/legs/3/outcome", {"outcome": "spoke"}).status_code == HTTPStatus.FORBIDDEN


def test_a_call_marked_as_a_test_counts_nowhere_until_that_is_undone(console: Console, visit: Visit) -> None:
    visit.get("/console/calls/CA1")
    visit.post("/console/calls/CA1/test", {"test": "yes"})
    assert console.audit()[-1] == f"{OWNER} marked call CA1 as a test."
    assert shown(visit) == ["CA5", "CA3", "CA2", "CA4"]
    assert shown(visit, "office=wausau&line=busy") == []
    assert total(visit, "office=wausau&line=busy&tests=yes") == 1
    assert "CA1" in shown(visit, "tests=yes")
    figures = open_figures(console)
    assert (figures.now.calls, figures.now.to_offices) == (4, 2)
    page = visit.get("/console/calls/CA1").text
    assert "Count it again" in page
    visit.post("/console/calls/CA1/test", {"test": "no"})
    undo(visit, visit.get("/console/calls/CA1").text)
    assert total(visit) == 4
    visit.post("/console/calls/CA1/test", {"test": "no"})
    assert open_figures(console).now.calls == 5


def test_tags_are_kept_found_taken_off_and_put_back(console: Console, visit: Visit) -> None:
    visit.get("/console/calls/CA1")
    for call, tag in (("CA1", " Call  back "), ("CA3", "call BACK")):
        assert visit.post(f"/console/calls/{call}/tags", {"tag": tag}).status_code == HTTPStatus.SEE_OTHER
    assert console.audit()[-2:] == [f"{OWNER} tagged call {sid} 'Call back'." for sid in ("CA1", "CA3")]
    assert shown(visit, "tag=Call+back") == ["CA3", "CA1"]
    assert total(visit, "tag=Call+back&office=madison") == 1
    assert '<option value="Call back">' in visit.get("/console/calls/CA5").text
    visit.post("/console/calls/CA3/tags/remove", {"tag": "Call back"})
    gone = visit.get("/console/calls/CA3").text
    assert shown(visit, "tag=Call+back") == ["CA1"]
    undo(visit, gone)
    assert shown(visit, "tag=Call+back") == ["CA3", "CA1"]
    again = visit.post("/console/calls/CA3/tags", {"tag": "call back"})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="call back" aria-describedby="tag-error' in again.text
    assert "has this tag already" in again.text
    wrong = visit.post("/console/calls/CA3/tags", {"tag": "608 555 0123"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "no supporter&#39;s number is kept" in wrong.text


def test_a_caller_is_blocked_and_unblocked_from_a_call_and_the_list(console: Console, visit: Visit) -> None:
    tag = re.search(r'class="tag">([0-9A-Z]{4})<', visit.get("/console/calls/CA1").text)
    assert tag
    told = visit.get(visit.post("/console/calls/CA1/block", {"days": "90"}).headers["Location"]).text
    assert "Caller blocked until Feb 22" in told
    assert console.audit()[-1] == f"{OWNER} blocked the caller {tag[1]} for 90 days."
    undo(visit, told)
    lifted = visit.get("/console/calls/CA2").text
    assert "Unblock the caller" not in lifted
    undo(visit, lifted)
    blocks = visit.get("/console/blocks").text
    assert tag[1] in blocks
    number = re.search(r"/blocks/(\d+)/lift", blocks)
    assert number
    visit.post(f"/console/blocks/{number[1]}/lift")
    assert "Nobody is blocked" in visit.get("/console/blocks").text
    for days in ("0", "366", "x"):
        assert visit.post("/console/calls/CA1/block", {"days": days}).status_code == HTTPStatus.BAD_REQUEST
    nobody = visit.post("/console/calls/CA5/block", {"days": "30"})
    assert "nobody can be blocked by it" in visit.get(nobody.headers["Location"]).text


def test_erasing_a_caller_asks_for_their_tag(console: Console, visit: Visit) -> None:
    console.clock.move(7200)
    page = visit.get("/console/calls/CA1/erase").text
    tag = re.search(r"It is ([0-9A-Z]{4})\.", page)
    assert tag
    wrong = visit.post("/console/calls/CA1/erase", {"tag": "XXXX"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f"Type {tag[1]}, the caller&#39;s tag, to confirm." in wrong.text
    assert total(visit) == 5
    done = visit.post("/console/calls/CA1/erase", {"tag": f" {tag[1].lower()} "})
    assert "2 calls stay in the figures" in visit.get(done.headers["Location"]).text
    assert console.audit()[-1] == f"{OWNER} erased what was kept of the caller {tag[1]}, who had made 2 calls."
    assert total(visit) == 5
    assert visit.get("/console/calls/CA1").status_code == HTTPStatus.NOT_FOUND
    assert total(visit, f"q={tag[1]}") == 0
    assert visit.get("/console/calls/CA5/erase").status_code == HTTPStatus.NOT_FOUND
