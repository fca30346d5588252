"""The call log by keyboard, and without scripts."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.services.caller_keys import caller_keys
from app.services.demo_owner import demo_sign_in
from app.store.database import Database
from tests.browser.conftest import OpenPage
from tests.support.call_log import fill
from tests.support.console import OWN
from tests.support.demo import demo_settings

LOG = f"/console/campaigns/{OWN}/calls"
SIZES = {"phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 900}}
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture
def owner(tmp_path: Path, sqlite_url: str, site: str) -> tuple[str, str]:
    """The demo's owner, with a small log that began five minutes ago."""
    assert site
    settings = demo_settings(sqlite_url, tmp_path)
    with closing(Database(settings.database_url)) as database:
        fill(database, caller_keys(settings), datetime.now(UTC) - timedelta(minutes=5))
    return demo_sign_in(settings)


def signed_in(open_page: OpenPage, site: str, owner: tuple[str, str], path: str, **options: object) -> Page:
    page = open_page(f"{site}/console/sign-in?next={path}", **options)
    page.get_by_label("E-mail").fill(owner[0])
    page.get_by_label("Password").fill(owner[1])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")
    return page


def test_the_keys_turn_pages_move_list_and_can_be_turned_off(
    open_page: OpenPage, site: str, owner: tuple[str, str]
) -> None:
    page = signed_in(open_page, site, owner, LOG)
    expect(page.get_by_role("button", name="Shortcuts")).to_be_visible()
    rows = page.locator("tbody tr")
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(rows.nth(row).get_by_role("link").first).to_be_focused()
    page.get_by_text("Columns and rows").click()
    page.get_by_label("Version", exact=True).check()
    page.get_by_role("button", name="Move Version up").click()
    expect(page.get_by_role("columnheader", name="Version")).to_be_visible()
    # The page is a new one, whose script is there once the button is.
    expect(page.get_by_role("button", name="Shortcuts")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page.get_by_role("heading", level=1)).to_contain_text("live")
    expect(page.get_by_role("button", name="Shortcuts")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()
    expect(page.get_by_role("button", name="Shortcuts")).to_be_visible()
    page.get_by_label("Search").blur()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    dialog.get_by_role("link", name="Turn them off").click()
    page.get_by_role("button", name="Turn them off").click()
    expect(page.get_by_text("The keyboard shortcuts are off.")).to_be_visible()
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")


def test_without_scripts_all_of_it_works(open_page: OpenPage, site: str, owner: tuple[str, str]) -> None:
    page = signed_in(open_page, site, owner, LOG, java_script_enabled=False)
    page.get_by_label("Search").fill("CA3")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody tr a").first.click()
    page.get_by_label("Add a note").fill("Looked into it.")
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text("Looked into it.")).to_be_visible()
