"""The pages of the call log: what they show, how filters stand in the address, how they look."""

import html
import re
from http import HTTPStatus

import pytest

from app.domain.roles import Role
from tests.support.call_log import ANNAS_NUMBER, fill_pages
from tests.support.call_pages import LOG, OWNER, shown, total, undo
from tests.support.console import NAME, OWN, Console, Visit


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


def test_busy_calls_to_an_office_today_are_three_clicks_from_home(sqlite_visit: Visit) -> None:
    at = "/console/"
    for click in (">4<", ">Wausau<", ">Busy<"):
        page = html.unescape(sqlite_visit.get(at).text)
        links = re.findall(rf'<a href="({LOG}[^"]+)"[^>]*{re.escape(click)}', page)
        assert links, click
        at = links[0]
    assert at == f"{LOG}?when=today&office=wausau&line=busy"
    assert shown(sqlite_visit, at.partition("?")[2]) == ["CA1"]
    page = html.unescape(sqlite_visit.get(at).text)
    assert f'href="{LOG}?when=today&office=wausau&outcome=spoke">Spoke with staff<' in page, (
        "another result replaces it"
    )
    assert f'href="{LOG}?when=today&line=busy">Any<' in page


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
    assert console.audit()[-1] == f"{OWNER} looked for the calls of a number in {NAME}."
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
    assert sqlite_console.audit()[-1] == f"{OWNER} looked for the calls of a number in {NAME}."


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


def test_a_view_keeps_what_its_rows_are_and_a_wrong_name_keeps_what_was_typed(sqlite_visit: Visit) -> None:
    visit = sqlite_visit
    visit.get(LOG)
    given = {"line": "busy", "by": "office", "shared": "on"}
    long = "x" * 61
    for typed, told in ((" ", "Give the view a name."), (long, "The name has 61 characters; 60 are the most.")):
        wrong = visit.post(f"{LOG}/views", {**given, "name": typed})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        form = wrong.text.partition('<details class="calls-more no-print" open>')[2].partition("</form>")[0]
        assert told in form
        assert f'value="{typed}"' in form
        assert 'name="by" value="office"' in form
        assert 'name="line" value="busy"' in form
        assert 'id="view-shared" checked' in form
    saved = visit.post(f"{LOG}/views", {**given, "name": "Busy ones"})
    assert saved.headers["Location"] == f"{LOG}?line=busy&by=office"
    page = html.unescape(visit.get(saved.headers["Location"]).text)
    assert f'href="{LOG}?line=busy&by=office">Busy ones' in page
    assert f'href="{LOG}?when=today&by=office">Today<' in page, "built-in views keep it too"
    visit.post(f"{LOG}/views", {"line": "busy", "name": "Other"})
    renaming = re.findall(r"/views/(\d+)/name", visit.get(LOG).text)[0]
    wrong = visit.post(f"{LOG}/views/{renaming}/name", {"name": "Other", "when": "today"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="Other" maxlength="60" required aria-invalid="true"' in wrong.text
    assert "another one has this name" in wrong.text
    assert 'class="filter-chip"' in wrong.text
    undo_page = visit.get(visit.post(f"{LOG}/views/{renaming}/delete").headers["Location"]).text
    undo(visit, undo_page)
    assert f'href="{LOG}?line=busy&by=office">Busy ones' in html.unescape(visit.get(LOG).text)


def test_days_that_are_none_are_told_beside_the_field_and_filter_nothing(sqlite_visit: Visit) -> None:
    order = "The first day comes after the last one."
    for since, until, told in (
        ("2026-99-99", "2026-11-24", "Write a day such as 2026-11-24."),
        ("2026-11-24", "2026-11-23", order),
    ):
        page = sqlite_visit.get(f"{LOG}?since={since}&until={until}").text
        form = page.partition('<details class="calls-filters no-print" open>')[2].partition("</form>")[0]
        assert f'value="{since}" aria-invalid="true"' in form
        assert f'id="filter-since-error">{told}' in form
        assert "The calls below are not filtered by these days." in form
    assert shown(sqlite_visit, "since=2026-11-24&until=2026-11-23") == ["CA5", "CA3", "CA2", "CA1", "CA4"]


@pytest.mark.parametrize(
    ("asked", "wanted"), [("Needs attention", ["CA3", "CA2"]), ("Reached", ["CA1"]), ("Dropped in menu", ["CA4"])]
)
def test_the_four_built_in_views(sqlite_visit: Visit, asked: str, wanted: list[str]) -> None:
    found = re.search(rf'class="view" href="{LOG}\?([^"]+)">{asked}<', html.unescape(sqlite_visit.get(LOG).text))
    assert found
    assert shown(sqlite_visit, found[1]) == wanted


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
    page = sqlite_visit.get(sqlite_visit.post(path, {"name": "Madison's"}).headers["Location"]).text
    assert "Madison&#39;s</a>" in page
    undo(sqlite_visit, page)
    assert "Madison&#39;s</a>" not in sqlite_visit.get(LOG).text
