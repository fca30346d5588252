"""Whole calls through the page, its API, the simulated carrier and the real webhooks, on each database."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts.transcribe import story_page
from tests.browser.conftest import OpenPage, Violations

TURN = re.compile("^Your turn")
OVER = re.compile("^Call over")


@pytest.fixture
def phone(open_page: OpenPage, site_on_each_database: str) -> Page:
    page = open_page(f"{site_on_each_database}/phone/")
    expect(page.get_by_role("status")).to_have_text("Ready to call")
    page.get_by_role("radio", name="At once").check()
    return page


def hears(page: Page, words: str) -> None:
    expect(page.get_by_role("log")).to_contain_text(words, timeout=15_000)


def is_asked(page: Page, words: str) -> None:
    """The hotline has said this and waits for an answer."""
    hears(page, words)
    expect(page.get_by_role("status")).to_have_text(TURN)


def log_rows(page: Page) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in page.locator("#log tbody tr").all()]


def test_a_call_in_english(phone: Page, violations: Violations, tmp_path: Path) -> None:
    phone.get_by_label("Madison does").select_option("busy")
    phone.get_by_role("button", name="Call", exact=True).press("Enter")
    is_asked(phone, "For the best available office, press pound.")
    phone.keyboard.press("4")
    is_asked(phone, "Madison is busy")
    phone.keyboard.press("#")
    is_asked(phone, "You're back with us.")
    phone.keyboard.press("1")
    is_asked(phone, "That's 1 of 7.")
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("status")).to_have_text(OVER)
    madison, second = log_rows(phone)
    assert (madison[0], madison[2], madison[5]) == ("Madison", "busy", "–")
    assert (second[2], second[3], second[5]) == ("completed", "40 s", "spoke")
    check_hood(phone)
    assert violations(phone) == []
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Save as scripted call").click()
    download.value.save_as(tmp_path / "saved.call")
    assert "ends" in story_page(tmp_path / "saved.call", tmp_path)


def check_hood(page: Page) -> None:
    """Every webhook was signed, and the second one shows all there is to see."""
    page.get_by_text("Under the hood").click()
    shown = page.locator(".exchange")
    assert shown.count() > 4
    assert page.locator(".exchange .chip-bad").count() == 0
    shown.nth(1).locator("summary").click()
    expect(shown.nth(1)).to_contain_text("CallSid")
    expect(shown.nth(1).locator("pre")).to_contain_text("<Response>")
    expect(shown.nth(1)).to_contain_text("State that travels")
    expect(shown.nth(1)).to_contain_text("Turn and what was recorded")


def test_a_call_in_spanish(phone: Page) -> None:
    phone.get_by_role("button", name="Call", exact=True).click()
    is_asked(phone, "For the best available office, press pound.")
    phone.keyboard.press("9")
    is_asked(phone, "Para la mejor oficina disponible, oprima numeral.")
    phone.get_by_role("button", name="#, pound").click()
    is_asked(phone, "Está de vuelta con nosotros.")
    phone.keyboard.press("2")
    is_asked(phone, "Lleva 1 de 7.")
    phone.get_by_role("button", name="Hang up").click()
    expect(phone.get_by_role("status")).to_have_text(OVER)
    spanish = phone.locator(".bubble-words[lang=es-MX]").filter(has_text="Lleva 1 de 7.")
    expect(spanish).to_have_count(1)
    assert [row[5] for row in log_rows(phone)] == ["voicemail"]


def test_a_server_that_is_down_hands_over_to_the_fallback(phone: Page) -> None:
    phone.get_by_label("Webhooks").select_option("down")
    phone.get_by_role("button", name="Call", exact=True).click()
    is_asked(phone, "press pound")
    phone.get_by_role("button", name="Hang up").click()
    expect(phone.get_by_role("status")).to_have_text(OVER)
    phone.get_by_text("Under the hood").click()
    expect(phone.locator(".exchange").filter(has_text="/voice/fallback").first).to_be_visible()
    expect(phone.locator(".exchange .chip-bad").first).to_be_visible()


def test_the_evening_finds_the_offices_closed(phone: Page) -> None:
    phone.get_by_role("button", name="Evening").click()
    expect(phone.locator("#zone")).to_have_text("A Tuesday, Central Standard Time (America/Chicago)")
    phone.get_by_role("button", name="Call", exact=True).click()
    is_asked(phone, "The offices are closed")
    phone.get_by_role("button", name="Hang up").click()
    expect(phone.get_by_role("status")).to_have_text(OVER)


def test_whoever_rehearses_may_be_the_office(phone: Page) -> None:
    phone.get_by_label("Madison does").select_option("no answer")
    phone.get_by_role("button", name="Call", exact=True).click()
    is_asked(phone, "For the best available office, press pound.")
    expect(phone.get_by_role("button", name="Answer as the office")).to_be_disabled()
    phone.get_by_role("radio", name="1×", exact=True).check()
    phone.keyboard.press("4")
    hears(phone, "Calling the Madison office.")
    phone.get_by_role("button", name="Stay silent, skip the wait").click()
    phone.get_by_role("button", name="Answer in Madison").click(timeout=15_000)
    phone.get_by_role("button", name="Madison hangs up").click()
    hears(phone, "You're back with us.")
    phone.get_by_role("button", name="Hang up").click()
    expect(phone.get_by_role("status")).to_have_text(OVER)
    assert [row[2] for row in log_rows(phone)] == ["completed"]
