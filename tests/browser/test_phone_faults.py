"""What the phone's page says when its server is away: Chromium logs such requests as errors, and that is meant here."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.fake_phone import FakePhone


def opened(chromium: Browser, site: str, fake: FakePhone) -> Page:
    page = chromium.new_page()
    page.set_default_timeout(10_000)
    fake.serve(page)
    page.goto(f"{site}/phone/")
    return page


def test_a_lost_connection_pauses_the_call_until_it_is_resumed(chromium: Browser, site: str) -> None:
    fake = FakePhone()
    page = opened(chromium, site, fake)
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^Your turn"))
    fake.down = True
    page.keyboard.press("4")
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    expect(page.get_by_role("status")).to_have_text(re.compile("^Paused"))
    fake.down = False
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    page.keyboard.press("4")
    expect(page.get_by_role("status")).to_have_text("Madison rings")
    page.close()


def test_a_phone_that_never_had_a_server_says_so(chromium: Browser, site: str) -> None:
    page = opened(chromium, site, FakePhone(down=True))
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    expect(page.get_by_role("button", name="Call", exact=True)).to_be_disabled()
    page.close()
