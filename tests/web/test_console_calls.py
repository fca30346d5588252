"""The pages of the call log: what they show, how filters stand in the address, and what hostile text becomes."""

import csv
import html
import io
import json
import re
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import parse_qsl

import pytest
from werkzeug.test import TestResponse

from app.domain.campaigns import CampaignStatus
from app.domain.roles import Role
from app.services.call_log import open_log
from app.services.caller_keys import caller_keys
from app.services.campaigns import export_campaign, import_campaign
from app.services.figures import Figures, read_figures
from app.services.figures_periods import Period
from app.store.campaigns import import_version
from tests.store.making import save, turn
from tests.support.call_log import ANNAS_NUMBER, fill_console, fill_pages
from tests.support.console import OTHER, OWN, Console, Visit

LOG = f"/console/campaigns/{OWN}/calls"
OWNER = "organizer@demo.invalid"
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}=1+1"


@pytest.fixture
def visit(console: Console) -> Visit:
    fill_console(console)
    return console.signed_in(OWNER)


@pytest.fixture
def sqlite_visit(sqlite_console: Console) -> Visit:
    fill_console(sqlite_console)
    return sqlite_console.signed_in(OWNER)


def shown(visit: Visit, asked: str = "") -> list[str]:
    """The ids of the calls on a page, in its order."""
    page = visit.get(f"{LOG}?{asked}")
    assert page.status_code == HTTPStatus.OK
    return re.findall(r'<a href="/console/calls/(CA\w+|CB\w+)">', page.text)


def undo(visit: Visit, page: str) -> None:
    """Press the button of the notice, as a browser without scripts does."""
    form = re.search(r'<form method="post" action="([^"]+)">((?:(?!</form>).)*>Undo<)', page, re.DOTALL)
    assert form
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', html.unescape(form[2]))
    assert visit.client.post(html.unescape(form[1]), data=dict(fields)).status_code == HTTPStatus.SEE_OTHER


def open_figures(console: Console) -> Figures:
    return read_figures(console.desk, open_log(console.desk, OWN), Period("all"))


def total(visit: Visit, asked: str = "") -> int:
    found = re.search(r"<strong>([\d,]+)</strong>", visit.get(f"{LOG}?{asked}").text)
    return int(found[1].replace(",", "")) if found else 0


def test_the_log_shows_each_call_with_its_offices_in_words(visit: Visit) -> None:
    page = " ".join(html.unescape(visit.get(LOG).text).split())
    assert shown(visit) == ["CA5", "CA3", "CA2", "CA1", "CA4"]
    assert "Times in CST (America/Chicago)" in page
    assert 'title="2026-11-24 18:00:10 UTC">Nov 24, 12:00 p.m.</time>' in page
    assert "Madison · Spoke with staff" in page
    assert "Wausau · Busy" in page
    assert "returning ×2" in page
    assert "3 min 10 s" in page
    assert "Very short" in page
    assert "Failed" in page
    assert "not over yet" in page
    assert "<strong>5</strong> calls" in page


FILTERED = [
    ("when=today", ["CA5", "CA3", "CA2", "CA1"]),
    ("when=yesterday", ["CA4"]),
    ("when=week", ["CA5", "CA3", "CA2", "CA1", "CA4"]),
    ("since=2026-11-24&until=2026-11-24", ["CA5", "CA3", "CA2", "CA1"]),
    ("office=wausau&line=busy", ["CA1"]),
    ("office=madison&line=busy", []),
    ("outcome=spoke", ["CA1"]),
    ("outcome=not-told", ["CA2"]),
    ("step=talked", ["CA1"]),
    ("step=from-connected", ["CA2", "CA1"]),
    ("step=dropped", ["CA4"]),
    ("language=es", ["CA4"]),
    ("returning=yes", ["CA2"]),
    ("short=yes", ["CA2"]),
    ("failed=yes", ["CA3"]),
    ("came_from=dialed-in", ["CA5", "CA3", "CA2", "CA1", "CA4"]),
    ("came_from=call-me", []),
    ("tag=none", []),
    ("attention=yes", ["CA3", "CA2"]),
    ("same=CA2", ["CA2", "CA1"]),
    ("q=CA3", ["CA3"]),
    ("office=nowhere", []),
    ("q=%ED%A0%80%F0%9F%98%80", []),
    ("same=nobody", []),
    ("line=x&step=x&when=never&since=2026-99-99&short=no&short=yes", ["CA5", "CA3", "CA2", "CA1", "CA4"]),
]


def test_each_filter_stands_in_the_address(visit: Visit) -> None:
    found = [(asked, shown(visit, asked), total(visit, asked)) for asked, _ in FILTERED]
    assert found == [(asked, wanted, len(wanted)) for asked, wanted in FILTERED]


def test_filters_are_chips_that_can_be_taken_off_one_by_one(sqlite_visit: Visit) -> None:
    page = html.unescape(sqlite_visit.get(f"{LOG}?office=madison&outcome=spoke&when=today").text)
    chips = re.findall(r'class="filter-chip" href="([^"]+)">([^<]+?) <', page)
    assert [label for _, label in chips] == ["Today", "Madison", "Spoke with staff"]
    assert {label: href for href, label in chips}["Madison"] == f"{LOG}?when=today&outcome=spoke"


def test_nothing_found_names_the_nearest(sqlite_visit: Visit) -> None:
    page = html.unescape(sqlite_visit.get(f"{LOG}?office=madison&line=busy").text)
    assert "No calls match" in page
    assert "Nearest: 1 call if you drop ‘Madison’." in page


def test_before_anybody_has_called_the_page_says_what_to_do(sqlite_console: Console) -> None:
    page = sqlite_console.signed_in(OWNER).get(LOG).text
    assert "Nobody has called yet. Try it yourself, then share it." in page
    assert "+1 500-555-0006" in page


def test_pages_go_on_and_back_without_loss(console: Console) -> None:
    fill_pages(console.desk.database, 130)
    visit = console.signed_in(OWNER)
    seen: list[str] = []
    address = LOG
    while True:
        page = html.unescape(visit.get(address).text)
        seen += re.findall(r"/console/calls/(CB\d+)", page)
        older = re.search(r'href="([^"]+)" rel="next"', page)
        if not older:
            break
        address = older[1]
    assert sorted(seen) == sorted(f"CB{number}" for number in range(130))
    newer = re.search(r'href="([^"]+)" rel="prev"', page)
    assert newer
    back = html.unescape(visit.get(newer[1]).text)
    assert re.findall(r"/console/calls/(CB\d+)", back) == seen[50:100]
    assert "<strong>130</strong> calls" in back


@pytest.mark.parametrize(
    "cursor", ["x", "2026-11-24~x~1~1", "2026-11-24~20261124T180000.000000~-1~0", "~~~", "a" * 999]
)
def test_a_made_up_place_is_the_first_page(sqlite_visit: Visit, cursor: str) -> None:
    assert shown(sqlite_visit, f"after={cursor}&before={cursor}") == ["CA5", "CA3", "CA2", "CA1", "CA4"]


def test_rows_may_be_office_calls(visit: Visit) -> None:
    assert shown(visit, "by=office") == ["CA3", "CA2", "CA1", "CA1"]
    page = visit.get(f"{LOG}?by=office&line=busy").text
    assert "<strong>1</strong> office call<" in page.replace("\n", "")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_export_is_exactly_what_is_filtered_and_stands_in_the_audit(
    console: Console, visit: Visit, form: str
) -> None:
    visit.get(LOG)
    answer = visit.post(f"{LOG}/export", {"form": form, "office": "madison", "when": "today"}, buffered=True)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="calls-{OWN}-2026-11-24.{form}"'
    if form == "csv":
        sids = {row["call_sid"] for row in csv.DictReader(io.StringIO(answer.text, newline=""))}
    else:
        sids = {json.loads(line)["call_sid"] for line in answer.text.splitlines()}
    assert sids == {"CA1", "CA2"}
    assert console.audit()[-1] == f"{OWNER} exported 2 calls of {OWN} (Today, Madison)."


def test_a_long_export_has_every_call_once(console: Console) -> None:
    fill_pages(console.desk.database, 1203)
    text = console.signed_in(OWNER).post(f"{LOG}/export", {"form": "jsonl"}, buffered=True).text
    sids = [json.loads(line)["call_sid"] for line in text.splitlines()]
    assert sorted(sids) == sorted(f"CB{number}" for number in range(1203))


def test_an_export_is_asked_for_by_a_form_with_the_filters(console: Console, visit: Visit) -> None:
    page = visit.get(f"{LOG}?when=today").text
    form = page.partition(f'action="{LOG}/export"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="when" value="today">' in form
    assert 'name="csrf_token"' in form
    before = console.audit()
    for method in ("GET", "HEAD"):
        assert visit.client.open(f"{LOG}/export", method=method).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert console.audit() == before


def test_what_was_searched_for_is_quoted_in_the_audit(sqlite_console: Console, sqlite_visit: Visit) -> None:
    sqlite_visit.post(f"{LOG}/export", {"q": "x), and nothing else. (\u202e", "office": "madison"}, buffered=True)
    told = r"(Madison, Search: 'x), and nothing else. (\u202e')."
    assert sqlite_console.audit()[-1].endswith(told)


def test_a_member_has_one_export_at_once_and_a_process_four(sqlite_console: Console, sqlite_visit: Visit) -> None:
    def export(visit: Visit) -> TestResponse:
        # Not read: the reader is slow.
        return visit.client.post(f"{LOG}/export", data={"csrf_token": visit.token})

    sqlite_visit.get(LOG)
    slow = export(sqlite_visit)
    entries = len(sqlite_console.audit())
    second = export(sqlite_visit)
    assert second.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "An export of yours is under way." in second.text
    assert len(sqlite_console.audit()) == entries
    others = [sqlite_console.signed_in(sqlite_console.add(f"{n}@example.org").email) for n in range(4)]
    running = [export(other) for other in others[:3]]
    assert [each.status_code for each in running] == [HTTPStatus.OK] * 3
    assert "4 exports are under way" in export(others[3]).text
    slow.close()
    last = export(others[3])
    assert last.status_code == HTTPStatus.OK
    assert last.text.count("CA")
    assert export(sqlite_visit).status_code == HTTPStatus.OK, "one that was read has ended"


def test_a_search_keeps_the_filters_and_stands_in_the_address(sqlite_visit: Visit) -> None:
    sqlite_visit.get(LOG)
    answer = sqlite_visit.post(f"{LOG}/search", {"q": "CA3", "when": "today"})
    assert answer.headers["Location"] == f"{LOG}?when=today&q=CA3"
    tag = re.search(r'class="tag">([0-9A-Z]{4})<', sqlite_visit.get(LOG).text)
    assert tag
    assert shown(sqlite_visit, f"q={tag[1]}") == ["CA2", "CA1"]


def test_a_number_that_is_searched_for_is_in_no_address_and_asked_a_reason(sqlite_visit: Visit) -> None:
    sqlite_visit.get(LOG)
    answer = sqlite_visit.post(f"{LOG}/search", {"q": "(608) 555-0123"})
    assert answer.status_code == HTTPStatus.OK
    assert "Why do you look?" in answer.text
    for name in ("q", "same"):
        left_out = shown(sqlite_visit, f"{name}=6085550123")
        assert left_out == ["CA5", "CA3", "CA2", "CA1", "CA4"], "such a search is left out"


def test_calls_are_found_by_the_number_that_a_supporter_tells(
    console: Console, visit: Visit, capsys: pytest.CaptureFixture[str]
) -> None:
    visit.get(f"{LOG}/find")
    answer = visit.post(f"{LOG}/find", {"number": "(608) 555-0123", "reason": "asked us"})
    assert answer.headers["Location"] == f"{LOG}?same=CA2"
    assert console.audit()[-1] == f"{OWNER} looked for the calls of a number in {OWN}."
    held = repr(console.audit()) + capsys.readouterr().err + repr(dict(answer.headers))
    assert ANNAS_NUMBER[-7:] not in re.sub(r"\D", "", held)


@pytest.mark.parametrize(
    ("number", "reason", "wrong"),
    [
        ("608", "asked us", "not a whole phone number"),
        ("hello", "asked us", "not a phone number"),
        (ANNAS_NUMBER, " ", "Say why"),
        ("+16085550199", "asked us", "Nobody has called this campaign from this number"),
    ],
)
def test_what_is_wrong_with_a_look_up_stands_beside_the_field(
    sqlite_visit: Visit, number: str, reason: str, wrong: str
) -> None:
    sqlite_visit.get(f"{LOG}/find")
    page = sqlite_visit.post(f"{LOG}/find", {"number": number, "reason": reason})
    assert wrong in page.text
    assert f'value="{number}"' in html.unescape(page.text)


def test_a37_an_hour_allows_twenty_look_ups(console: Console, visit: Visit) -> None:
    visit.get(f"{LOG}/find")
    given = {"number": ANNAS_NUMBER, "reason": "asked us"}
    answers = [visit.post(f"{LOG}/find", given).status_code for _ in range(21)]
    assert answers == [HTTPStatus.SEE_OTHER] * 20 + [HTTPStatus.OK]
    assert "within an hour" in visit.post(f"{LOG}/find", given).text
    other = console.signed_in(console.add("other@example.org", Role.OWNER).email)
    other.get(f"{LOG}/find")
    assert other.post(f"{LOG}/find", given).status_code == HTTPStatus.SEE_OTHER
    console.clock.move(3601)
    assert console.signed_in(OWNER).get(f"{LOG}/find").status_code == HTTPStatus.OK


def test_a_number_leads_nowhere_once_the_key_is_destroyed(sqlite_console: Console, sqlite_visit: Visit) -> None:
    sqlite_console.app.hotline.keys.destroy(OWN)
    sqlite_visit.get(f"{LOG}/find")
    page = sqlite_visit.post(f"{LOG}/find", {"number": ANNAS_NUMBER, "reason": "asked us"})
    assert "The key of this campaign is destroyed" in page.text
    assert sqlite_console.audit()[-1] == f"{OWNER} looked for the calls of a number in {OWN}."


def test_only_who_may_find_by_number_is_asked_for_one(sqlite_console: Console, sqlite_visit: Visit) -> None:
    sqlite_console.add("ana@example.org", Role.ORGANIZER)
    ana = sqlite_console.signed_in("ana@example.org")
    assert f"{LOG}/find" not in ana.get(LOG).text
    assert ana.get(f"{LOG}/find").status_code == HTTPStatus.FORBIDDEN
    assert "has to be granted" in ana.post(f"{LOG}/search", {"q": ANNAS_NUMBER}).text


def test_views_are_saved_shared_and_deleted(console: Console, visit: Visit) -> None:
    console.add("ana@example.org", Role.ANALYST)
    visit.get(f"{LOG}?office=madison")
    visit.post(f"{LOG}/views", {"name": "Mine", "office": "madison", "same": "CA1"})
    visit.post(f"{LOG}/views", {"name": "Ours", "line": "busy", "shared": "on"})
    assert ">Mine<" in visit.get(LOG).text
    seen = console.signed_in("ana@example.org").get(LOG).text
    assert ">Mine<" not in seen
    assert f'href="{LOG}?line=busy">Ours' in seen
    number = re.search(r"/views/(\d+)/delete", visit.get(LOG).text)
    assert number
    ana = console.signed_in("ana@example.org")
    assert "no such view of yours" in ana.get(ana.post(f"{LOG}/views/{number[1]}/delete").headers["Location"]).text
    visit.post(f"{LOG}/views/{number[1]}/delete")
    deleted = visit.get(LOG).text
    assert deleted.count('class="view"') == 5
    undo(visit, deleted)
    assert visit.get(LOG).text.count('class="view"') == 6
    assert "Give the view a name." in visit.get(visit.post(f"{LOG}/views", {"name": " "}).headers["Location"]).text


@pytest.mark.parametrize(
    ("asked", "wanted"), [("Needs attention", ["CA3", "CA2"]), ("Reached", ["CA1"]), ("Dropped in menu", ["CA4"])]
)
def test_the_four_built_in_views(sqlite_visit: Visit, asked: str, wanted: list[str]) -> None:
    found = re.search(rf'class="view" href="{LOG}\?([^"]+)">{asked}<', html.unescape(sqlite_visit.get(LOG).text))
    assert found
    assert shown(sqlite_visit, found[1]) == wanted


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
    assert "Told us of Madison: spoke with staff" in page
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
    sqlite_console.app.jinja_env.globals["is_demo"] = False
    page = sqlite_console.signed_in(OWNER).get("/console/calls/CA1").text
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
        ("CA3", "heard the summary, tried Eau Claire (failed), is on the line."),
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
    expected = f"{OWNER} corrected the outcome of an office call in call CA1 to 'voicemail'."
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
    for call, tag in (("CA1", " Call  back "), ("CA3", "call BACK"), ("CA3", "call back")):
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
    wrong = visit.post("/console/calls/CA3/tags", {"tag": "608 555 0123"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "no supporter&#39;s number is kept" in wrong.text


def test_the_columns_are_those_that_somebody_chose_in_their_order(console: Console, visit: Visit) -> None:
    visit.get(f"{LOG}?when=today")
    chosen = {"column": ["keys", "version", "call-id", "end"], "rows": "compact", "when": "today", "up": "keys"}
    answer = visit.post(f"{LOG}/look", chosen)
    assert answer.headers["Location"] == f"{LOG}?when=today&choose=columns#look"
    page = visit.get(answer.headers["Location"]).text
    assert re.findall(r'<th scope="col">([^<]+)</th>', page) == [
        "Started",
        "Version",
        "Call id",
        "Keys pressed",
        "How it ended",
    ]
    assert '<code class="call-id">CA1</code>' in page
    assert "<kbd>#</kbd> <kbd>1</kbd> <kbd>*</kbd>" in page
    assert "said goodbye" in page
    assert "calls-compact" in page
    console.add("ana@example.org", Role.ANALYST)
    assert "Furthest step</th>" in console.signed_in("ana@example.org").get(LOG).text, "each has a look of their own"


def test_the_keys_are_listed_on_each_page_until_they_are_turned_off(sqlite_visit: Visit) -> None:
    for path in ("/console/", LOG, "/console/calls/CA1", "/console/people"):
        page = sqlite_visit.get(path).text
        assert "Keyboard shortcuts" in page
        assert 'data-keys="t"' in page
    call = sqlite_visit.get("/console/calls/CA1").text
    assert f'<a href="/console/campaigns/{OWN}/live" data-keys="g l">Live</a>' in call
    assert f'<a href="{LOG}">Calls</a>' in call, "the rail of a call is that of its campaign"
    sqlite_visit.post("/console/account/keys", {"keys": "off"})
    account = sqlite_visit.get("/console/account").text
    assert "shortcuts.js" not in account
    undo(sqlite_visit, account)
    assert "shortcuts.js" in sqlite_visit.get("/console/account").text


def test_a_view_is_renamed_and_gets_its_name_back(sqlite_visit: Visit) -> None:
    sqlite_visit.get(LOG)
    for name in ("Mine", "Other"):
        sqlite_visit.post(f"{LOG}/views", {"name": name, "office": "madison"})
    number = re.search(r"/views/(\d+)/name", sqlite_visit.get(LOG).text)
    assert number
    path = f"{LOG}/views/{number[1]}/name"
    assert (
        "another one has this name"
        in sqlite_visit.get(sqlite_visit.post(path, {"name": "Other"}).headers["Location"]).text
    )
    page = sqlite_visit.get(sqlite_visit.post(path, {"name": "Madison's"}).headers["Location"]).text
    assert "Madison&#39;s</a>" in page
    undo(sqlite_visit, page)
    assert "Madison&#39;s</a>" not in sqlite_visit.get(LOG).text


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
