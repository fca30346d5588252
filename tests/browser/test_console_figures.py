"""The figures and the live board in a browser: one printed page, and a board that keeps itself up to date."""

import re
from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.store.database import Database
from tests.browser.conftest import OpenPage, Violations
from tests.browser.test_console_calls import owner, signed_in
from tests.store.making import NOON, plan, save, turn
from tests.support.console import OWN

__all__ = ["owner"]

OVERVIEW, REPORT, LIVE = (f"/console/campaigns/{OWN}/{page}" for page in ("overview", "report", "live"))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_report_is_printed_on_one_page(open_page: OpenPage, site: str, owner: tuple[str, str], paper: str) -> None:
    page = signed_in(open_page, site, owner, REPORT)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) == 1


def test_the_board_follows_what_goes_on_until_it_is_paused(
    open_page: OpenPage, site: str, owner: tuple[str, str], sqlite_url: str
) -> None:
    page = signed_in(open_page, site, owner, LIVE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    state, board = page.locator("[data-live-state]"), page.locator("[data-live]")
    expect(state).to_have_text("Live")
    expect(page.get_by_role("link", name="Refresh")).to_be_hidden()
    now = (datetime.now(UTC) - NOON).total_seconds()
    with closing(Database(sqlite_url)) as database:
        save(database, turn(1, plan(1, "wausau"), call_sid="CA-new", seconds=now))
    expect(board.locator(".pill", has_text="ringing")).to_contain_text(re.compile(r"ringing \d+:\d\d$"), timeout=4_000)
    assert not [url for url in asked if url.endswith("/live/now")], "it came by the stream"
    page.get_by_role("button", name="Pause updates").click()
    expect(state).to_have_text("Paused")
    page.get_by_role("button", name="Go on").click()
    expect(state).to_have_text("Live")


def test_a_board_that_gets_no_stream_asks_and_says_so_when_it_gets_no_answer(
    open_page: OpenPage, site: str, owner: tuple[str, str], sqlite_url: str
) -> None:
    page = signed_in(open_page, site, owner, LIVE, tolerated=re.compile("EventSource"))
    state, board = page.locator("[data-live-state]"), page.locator("[data-live]")
    page.route("**/live/stream*", lambda route: route.fulfill(status=204, body=""))
    page.reload()
    expect(state).to_have_text("Live")
    now = (datetime.now(UTC) - NOON).total_seconds()
    with closing(Database(sqlite_url)) as database:
        save(database, turn(1, plan(1, "wausau"), call_sid="CA-new", seconds=now))
    expect(board.locator(".pill", has_text="ringing")).to_be_visible(timeout=8_000)
    page.route("**/live/now*", lambda route: route.fulfill(status=204, body=""))
    expect(state).to_have_text("Reconnecting", timeout=8_000)
    page.unroute("**/live/now*")
    expect(state).to_have_text("Live", timeout=8_000)


def test_a_shared_board_is_live_and_tells_of_no_caller(
    open_page: OpenPage, site: str, owner: tuple[str, str], violations: Violations
) -> None:
    page = signed_in(open_page, site, owner, f"/console/campaigns/{OWN}/share?page=live")
    page.get_by_role("button", name="Make a link").click()
    assert violations(page) == []
    guest = open_page(page.get_by_label("The new link").input_value())
    expect(guest.get_by_role("heading", level=1)).to_have_text("Honduras 2017: live")
    expect(guest.locator("[data-live-state]")).to_have_text("Live")
    assert not guest.locator("main .tag").count()
