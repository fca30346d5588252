"""The voice page in a browser: it reads and fits, and what the microphone hears is what callers hear."""

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import OpenPage, Violations
from tests.browser.test_console_calls import owner, signed_in
from tests.browser.test_console_pages import wrong_with
from tests.sound.making import tone, written
from tests.support.console import OWN

__all__ = ["owner"]

VOICE = f"/console/campaigns/{OWN}/edit/voice"


def use(page: Page, place: str) -> None:
    page.locator(place).get_by_role("button", name="Use this recording").click()
    expect(page.locator(place)).to_contain_text("recorded by")


def test_a_recording_in_use_reads_and_fits(
    open_page: OpenPage, site: str, owner: tuple[str, str], violations: Violations
) -> None:
    page = signed_in(open_page, site, owner, VOICE)
    page.locator("#greeting-en input[type=file]").set_input_files(
        {"name": "hello.wav", "mimeType": "audio/wav", "buffer": written(tone(2, 8000), 8000)}
    )
    use(page, "#greeting-en")
    assert wrong_with(page, violations, "a recording in use") == []
    # Over a slow line, how far it is stands beside it, and it can be stopped.
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000},
    )
    spanish = page.locator("#greeting-es")
    spanish.locator("input[type=file]").set_input_files(
        {"name": "long.wav", "mimeType": "audio/wav", "buffer": written(tone(28, 8000), 8000)}
    )
    spanish.get_by_role("button", name="Use this recording").click()
    expect(spanish.locator("[data-far]")).to_have_text(re.compile(r"^0\.[1-3] of 0\.4 MB$"))
    assert wrong_with(page, violations, "a file being sent") == []
    spanish.get_by_role("button", name="Stop sending").click()
    expect(spanish.locator("[data-problem]")).to_have_text("Stopped: nothing was changed.")
    expect(spanish.locator("[data-progress]")).to_be_hidden()


def test_a_recording_is_made_in_the_page_and_played_there(
    open_page: OpenPage,
    site: str,
    owner: tuple[str, str],
) -> None:
    page = signed_in(open_page, site, owner, VOICE)
    spanish = page.locator("#summary-es")
    spanish.get_by_role("button", name="Record Summary, Spanish").click()
    expect(spanish.locator("[data-clock]")).to_have_text("2 s", timeout=15_000)
    spanish.get_by_role("button", name="Stop").click()
    expect(spanish.locator("audio[data-heard]")).to_be_visible()
    use(page, "#summary-es")
    played = page.evaluate(
        "async (audio) => { await audio.play(); return audio.duration; }",
        spanish.locator("audio").first.element_handle(),
    )
    assert 1 < played < 15
    # A kind that the server does not take, and this browser does, is turned into one that it takes.
    flac: FilePayload = {"name": "a.flac", "mimeType": "audio/flac", "buffer": written(tone(3), kind="FLAC")}
    page.locator("#script-en input[type=file]").set_input_files(flac)
    expect(page.locator("#script-en audio[data-heard]")).to_be_visible()
    use(page, "#script-en")
    nothing: FilePayload = {"name": "evil.m4a", "mimeType": "audio/mp4", "buffer": b"<svg onload=alert(1)>"}
    page.locator("#script-es input[type=file]").set_input_files(nothing)
    expect(page.locator("#script-es [data-problem]")).to_contain_text("This browser cannot read the file")


def test_the_phone_in_the_browser_plays_what_callers_hear(
    open_page: OpenPage, site: str, owner: tuple[str, str]
) -> None:
    page = signed_in(open_page, site, owner, VOICE)
    hello: FilePayload = {"name": "a.wav", "mimeType": "audio/wav", "buffer": written(tone(2, 8000), 8000)}
    page.locator("#greeting-en input[type=file]").set_input_files(hello)
    use(page, "#greeting-en")
    page.get_by_role("link", name="Review changes").click()
    page.get_by_role("button", name="Publish changes").click()
    page.goto(f"{site}/phone/")
    expect(page.get_by_role("status")).to_have_text("Ready to call")
    with page.expect_response("**/audio/*.wav") as played:
        page.get_by_role("button", name="Call", exact=True).click()
    assert played.value.status in (200, 206)
    log = page.get_by_role("log")
    expect(log).to_contain_text("Recording, 0:00")
    # It is over when the sound is, and the call goes on by itself.
    expect(log).to_contain_text("Para español, oprima nueve", timeout=20_000)
