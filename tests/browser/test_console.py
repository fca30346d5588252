"""The console by keyboard alone; axe finds nothing where an answer is another page than the one that was asked for."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from app.services.demo_owner import demo_sign_in
from tests.browser.conftest import OpenPage, Violations
from tests.support.demo import demo_settings

WIDTH = "document.documentElement.scrollWidth"
REFUSED = re.compile("status of 4(10|22)")


@pytest.fixture
def owner(tmp_path: Path, sqlite_url: str, site: str) -> tuple[str, str]:
    """The address and the password of the demo's owner."""
    assert site
    return demo_sign_in(demo_settings(sqlite_url, tmp_path))


def sign_in(page: Page, owner: tuple[str, str]) -> None:
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.keyboard.type(owner[0])
    page.keyboard.press("Tab")
    page.keyboard.type(owner[1])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")


def fits(page: Page, violations: Violations, what: str) -> None:
    assert violations(page) == [], what
    viewport = page.viewport_size
    assert viewport is not None
    assert page.evaluate(WIDTH) <= viewport["width"], what


def type_twice(page: Page, password: str) -> None:
    page.keyboard.type(password)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def copied(page: Page) -> str:
    """What its button puts where things are pasted from."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Copied.")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_inviting_and_accepting_by_keyboard(
    open_page: OpenPage, site: str, owner: tuple[str, str], violations: Violations
) -> None:
    page = open_page(f"{site}/console/people")
    sign_in(page, owner)
    page.get_by_label("E-mail").focus()
    page.keyboard.type("ana@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("Analyst")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Invite").press("Enter")
    link = page.get_by_label("Link for ana@example.org").input_value()
    fits(page, violations, "an invitation")
    assert copied(page) == link

    guest = open_page(link, tolerated=REFUSED)
    type_twice(guest, "short")
    expect(guest.get_by_label("New password")).to_have_accessible_description(re.compile("at least 12 characters"))
    fits(guest, violations, "a bad password")
    guest.get_by_label("New password").focus()
    type_twice(guest, "correct horse battery")
    expect(guest.get_by_role("status")).to_contain_text("Your password is set.")
    guest.get_by_role("button", name="Dismiss").press("Enter")
    expect(guest.get_by_role("status")).to_have_count(0)
    expect(guest.get_by_role("link", name="People")).to_have_count(0)
    guest.get_by_role("button", name="Sign out").press("Enter")
    expect(guest.get_by_role("heading", level=1)).to_have_text("Sign in")

    page.goto(f"{site}/console/people")
    page.get_by_role("link", name="ana@example.org").press("Enter")
    expect(page.get_by_role("combobox", name="Role")).to_have_value("analyst")
    fits(page, violations, "a person")


def test_a_form_that_takes_long_says_so_keeps_its_label_and_is_sent_once(
    open_page: OpenPage, site: str, owner: tuple[str, str], violations: Violations
) -> None:
    page = open_page(f"{site}/console/sign-in?next=/console/settings")
    sign_in(page, owner)
    sent: list[str] = []

    def leave_the_page_as_it_is(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/console/settings", leave_the_page_as_it_is)
    page.get_by_label("Organization").fill("SOA Watch")
    save = page.get_by_role("button", name="Save")
    save.click()
    expect(page.get_by_text("Save: this takes a moment.")).to_be_visible()
    save.click()
    expect(save).to_have_text("Save")
    expect(save).to_have_attribute("aria-busy", "true")
    assert sent == ["POST"]
    assert violations(page) == []
