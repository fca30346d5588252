"""The offices in a browser: closed for tomorrow by three clicks, and axe on their pages in both themes."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, Violations
from tests.browser.test_console_calls import SIZES, WIDTH, Clicks, owner, signed_in
from tests.support.console import OWN

__all__ = ["owner"]

OFFICES = f"/console/campaigns/{OWN}/offices"
EDIT = f"/console/campaigns/{OWN}/edit"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_office_is_closed_for_tomorrow_by_three_clicks(
    open_page: OpenPage, site: str, owner: tuple[str, str], violations: Violations, theme: str
) -> None:
    size = SIZES["phone" if theme == "dark" else "desk"]
    page = signed_in(open_page, site, owner, "/console/", color_scheme=theme, viewport=size)
    click = Clicks(page)
    click("link", "Offices", exact=True)
    page.locator("#office-madison").get_by_text("Close for a day").click()
    page.locator("#office-madison").get_by_role("button", name="Close tomorrow").click()
    assert click.count + 2 == 3
    expect(page.get_by_role("status")).to_contain_text("Madison is closed on")
    expect(page.locator("#office-madison").get_by_text("Closed on")).to_be_visible()
    for path in (OFFICES, f"{EDIT}/offices", f"{EDIT}/offices/madison", f"{EDIT}/add-office"):
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")
        assert violations(page) == [], path
        assert page.evaluate(WIDTH) <= size["width"], path
    page.goto(site + OFFICES)
    click("button", "Open again")
    expect(page.get_by_role("status")).to_contain_text("open as usual")
