"""The call log by keyboard and by clicks, in both themes, on a phone and on a desk; axe finds nothing."""

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.services.caller_keys import caller_keys
from app.services.demo_owner import demo_sign_in
from app.store.database import Database
from tests.browser.conftest import OpenPage, Violations
from tests.support.call_log import ANNAS_NUMBER, fill
from tests.support.console import OWN
from tests.support.demo import demo_settings

LOG = f"/console/campaigns/{OWN}/calls"
SIZES = {"phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 900}}
WIDTH = "document.documentElement.scrollWidth"


class Clicks:
    """Counts the clicks of a task; typing and keys are not clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def __call__(self, role: str, name: str, **options: object) -> None:
        self.page.get_by_role(role, name=name, **options).first.click()  # type: ignore[arg-type]  # playwright's own
        self.count += 1


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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_reads_and_fits(
    open_page: OpenPage, site: str, owner: tuple[str, str], violations: Violations, theme: str, size: str
) -> None:
    page = signed_in(open_page, site, owner, LOG, color_scheme=theme, viewport=SIZES[size])
    paths = (LOG, f"{LOG}?office=wausau&line=busy", f"{LOG}?office=madison&line=busy", f"{LOG}?by=office")
    for path in (
        *paths,
        f"{LOG}/find",
        "/console/calls/CA1",
        "/console/calls/CA4",
        "/console/calls/CA1/erase",
        "/console/blocks",
    ):
        page.goto(site + path)
        for closed in page.locator("main details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        assert violations(page) == [], path
        assert page.evaluate(WIDTH) <= SIZES[size]["width"], path


def test_busy_calls_to_wausau_today_take_three_clicks(open_page: OpenPage, site: str, owner: tuple[str, str]) -> None:
    page = signed_in(open_page, site, owner, f"/console/campaigns/{OWN}/share")
    click = Clicks(page)
    click("link", "Calls", exact=True)
    click("link", "Wausau · Busy")
    page.get_by_role("navigation", name="Days").get_by_role("link", name="Today").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert click.count + 1 == 3


def test_why_a_call_ended_takes_two_clicks(open_page: OpenPage, site: str, owner: tuple[str, str]) -> None:
    page = signed_in(open_page, site, owner, f"/console/campaigns/{OWN}/share")
    click = Clicks(page)
    click("link", "Calls", exact=True)
    page.locator("tbody tr", has_text="Spoke with staff").get_by_role("link").first.click()
    expect(page.locator(".lead")).to_contain_text("said goodbye.")
    assert click.count + 1 == 2


def test_exporting_this_week_takes_three_clicks(open_page: OpenPage, site: str, owner: tuple[str, str]) -> None:
    page = signed_in(open_page, site, owner, f"/console/campaigns/{OWN}/share")
    click = Clicks(page)
    click("link", "Calls", exact=True)
    click("link", "This week")
    with page.expect_download() as download:
        click("button", "CSV")
    assert re.fullmatch(rf"calls-{OWN}-\d{{4}}-\d\d-\d\d\.csv", download.value.suggested_filename)
    assert download.value.path().read_text("utf-8").startswith('"call_sid"')
    assert click.count == 3


def test_a_supporters_calls_by_their_number_take_two_clicks(
    open_page: OpenPage, site: str, owner: tuple[str, str]
) -> None:
    page = signed_in(open_page, site, owner, f"/console/campaigns/{OWN}/share")
    click = Clicks(page)
    click("link", "Calls", exact=True)
    expect(page.get_by_role("button", name="Shortcuts")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type(ANNAS_NUMBER)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Why do you look?")).to_be_focused()
    page.keyboard.type("Asked which offices they had called")
    click("button", "Find calls")
    expect(page.locator("tbody tr")).to_have_count(2)
    assert ANNAS_NUMBER[-7:] not in page.url
    assert click.count == 2


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
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page.get_by_role("heading", level=1)).to_contain_text("live")
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()
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
