"""A call made again by the browser phone itself, and a preview that follows typing and keys."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Violations
from tests.browser.test_console_calls import SIZES, WIDTH, owner, signed_in
from tests.support.console import OWN

__all__ = ["owner"]

PREVIEW = f"/console/campaigns/{OWN}/preview?preview_at=2026-11-24T10:00"
MADE = "/phone/?at=2017-12-19T10:00&keys=4b%23a1&steps=connect.busy.connect.outcome.goodbye"


def test_the_phone_makes_a_call_again_until_somebody_takes_over(
    open_page: OpenPage, site: str, violations: Violations
) -> None:
    phone = open_page(site + MADE)
    phone.get_by_role("radio", name="At once").check()
    assert violations(phone) == []
    phone.get_by_role("button", name="Make the call again").click()
    said = phone.locator("#replay-said")
    expect(said).to_contain_text("All of that call is done: go on by hand, or hang up.", timeout=30_000)
    expect(said).to_contain_text("At 1 this call parts from that one: there the caller heard the goodbye")
    rows = [row.locator("td").all_inner_texts() for row in phone.locator("#log tbody tr").all()]
    assert [(row[0], row[2]) for row in rows] == [("Madison", "busy"), ("La Crosse", "completed")]
    # The call may be over by itself by now, and then its button would make another.
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("button", name="Call again", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Make the call again").click()
    expect(phone.get_by_role("button", name="Stop")).to_be_enabled()
    phone.get_by_role("button", name="9 WXYZ").click()
    expect(said).to_have_text("You have taken over.")
    expect(phone.get_by_role("button", name="Stop")).to_be_disabled()


@pytest.mark.parametrize("size", SIZES)
def test_the_preview_follows_its_keys(
    open_page: OpenPage, site: str, owner: tuple[str, str], violations: Violations, size: str
) -> None:
    theme = "dark" if size == "phone" else "light"
    page = signed_in(open_page, site, owner, PREVIEW, color_scheme=theme, viewport=SIZES[size])
    page.goto(site + PREVIEW)
    address = page.url
    press(page, "4 Calls Madison")
    expect(page.locator("[data-preview-said]")).to_contain_text("Pressed 4. Calling the Madison office.")
    press(page, "Madison is busy")
    expect(page.get_by_role("button", name="# pound")).to_contain_text("Calls")
    page.get_by_label("The call comes in at").fill("2026-12-25T10:00")
    expect(page.locator(".preview-call").first).to_contain_text("The offices are closed now.")
    assert page.url == address
    assert violations(page) == []
    assert page.evaluate(WIDTH) <= SIZES[size]["width"]
    if size == "phone":
        page.get_by_role("radio", name="Spanish").check()
    expect(page.get_by_role("heading", name="Spanish")).to_be_visible()
    assert page.get_by_role("heading", name="English").is_visible() == (size == "desk")


def test_the_preview_beside_the_editor_follows_what_is_typed(
    open_page: OpenPage, site: str, owner: tuple[str, str], violations: Violations
) -> None:
    page = signed_in(open_page, site, owner, f"/console/campaigns/{OWN}/edit/message", viewport=SIZES["desk"])
    part = page.get_by_role("complementary", name="Preview")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Greeting, English").press_sequentially("Good morning. ", delay=20)
    expect(part).to_contain_text("Good morning.")
    assert len(asked) <= 2, "typing is waited for"
    page.get_by_label("Summary, English").fill("far " * 100)
    expect(page.locator("#draft")).to_contain_text("40 s of 25; over 35 s cannot be published")
    press(page, "8 Hears the full script")
    expect(page.get_by_role("button", name="8 Hears it again")).to_be_focused()
    expect(part).to_contain_text("Pressed 8")
    expect(page.get_by_label("Summary, English")).to_have_value("far " * 100)
    assert violations(page) == []


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).press("Enter")
