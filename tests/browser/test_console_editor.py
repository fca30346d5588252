"""Editing in a browser: the tasks with their click counts, and axe on every page of the editor in both themes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, Violations
from tests.browser.test_console_calls import SIZES, WIDTH, Clicks, owner, signed_in
from tests.support.console import OWN

__all__ = ["owner"]

EDIT = f"/console/campaigns/{OWN}/edit"
PAGES = (
    *(f"{EDIT}/{page}" for page in ("message", "hours", "limits", "languages", "line", "review", "versions")),
    f"{EDIT}/versions/1",
    f"/console/campaigns/{OWN}/duplicate",
    "/console/campaigns/new",
)


def test_the_script_of_a_live_campaign_is_changed_by_three_clicks_and_undone_by_one(
    open_page: OpenPage, site: str, owner: tuple[str, str]
) -> None:
    page = signed_in(open_page, site, owner, "/console/")
    click = Clicks(page)
    click("link", "Edit")
    page.get_by_label("Script, English").fill("Hello, I am [NAME]. Please act today.")
    click("button", "Review changes")
    expect(page.locator("ins").filter(has_text="today.")).to_be_visible()
    click("button", "Publish changes")
    assert click.count == 3
    expect(page.get_by_role("status")).to_contain_text("Version 2 of Honduras 2017 is published.")
    click("button", "Undo")
    expect(page.get_by_role("status")).to_contain_text("Callers hear version 1 again")


def test_a_campaign_is_duplicated_by_two_clicks(open_page: OpenPage, site: str, owner: tuple[str, str]) -> None:
    page = signed_in(open_page, site, owner, "/console/")
    click = Clicks(page)
    page.get_by_text("More for Honduras 2017").click()
    click("button", "Duplicate")
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit Copy of Honduras 2017")
    assert click.count + 1 == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_of_the_editor_reads_and_fits_with_what_is_wrong_in_it(
    open_page: OpenPage, site: str, owner: tuple[str, str], violations: Violations, theme: str
) -> None:
    size = SIZES["phone" if theme == "dark" else "desk"]
    page = signed_in(open_page, site, owner, EDIT, color_scheme=theme, viewport=size)
    page.get_by_label("Greeting, Spanish").fill("")
    page.get_by_label("Summary, English").fill("word " * 95)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_label("Greeting, Spanish")).to_have_accessible_description(re.compile("It is missing"))
    for path in PAGES:
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")
        assert violations(page) == [], path
        assert page.evaluate(WIDTH) <= size["width"], path
    page.goto(f"{site}{EDIT}/review")
    page.get_by_role("link", name="Summary, English").click()
    expect(page.get_by_label("Summary, English")).to_be_in_viewport()
