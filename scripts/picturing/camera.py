"""Taking pictures: small files, and the same ones each time."""

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.picturing.history import NOW
from scripts.picturing.screens import PHONE, Screen
from scripts.picturing.stage import Demo

_QUALITY = 82
# A caret that blinks would be in the picture or not.
_NO_CARET = "document.documentElement.style.caretColor = 'transparent'"
_PHONE_SCALE = 2


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that draws the same each time."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--font-render-hinting=none"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield browser
        browser.close()


@contextmanager
def window(browser: Browser, demo: Demo, screen: Screen) -> Iterator[Page]:
    """A window of the screen's size, for whose scripts it is always the same moment."""
    width, height = screen.size
    context = browser.new_context(
        color_scheme=screen.theme,  # type: ignore[arg-type]  # one of two words
        viewport={"width": width, "height": height},
        device_scale_factor=_PHONE_SCALE if screen.size == PHONE else 1,
        locale="en-US",
        timezone_id="America/Chicago",
        reduced_motion="reduce",
    )
    if screen.signed_in:
        context.add_cookies([{"name": "patchline", "value": demo.session, "url": demo.url}])
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    yield page
    context.close()


def photograph(browser: Browser, demo: Demo, screen: Screen) -> bytes:
    """What a screen shows, as WebP: a third of what a PNG of it takes."""
    with window(browser, demo, screen) as page:
        page.goto(f"{demo.url}{screen.address}")
        screen.first(page)
        page.evaluate(_NO_CARET)
        session = page.context.new_cdp_session(page)
        answer = session.send("Page.captureScreenshot", {"format": "webp", "quality": _QUALITY})
        return base64.b64decode(answer["data"])
