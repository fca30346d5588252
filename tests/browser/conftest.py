"""Fixtures: Chromium, the pages of a demo behind real HTTP, and axe to look at them."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from app import create_app
from app.config import PROJECT_DIR, Settings
from app.logs import configure_logs
from app.services.local_server import local_server
from tests.support.demo import demo_settings, put_demo

AXE = PROJECT_DIR / ".cache" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A microphone that beeps, and nobody who has to allow it.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)

NOTHING = re.compile(r"(?!)")

OpenPage = Callable[..., Page]
Violations = Callable[[Page], list[str]]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the session."""
    found = shutil.which("chromium")
    assert found, "The browser tests need the command 'chromium': scripts/test installs it."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield browser
        browser.close()


@contextmanager
def demo_site(settings: Settings) -> Iterator[str]:
    """Serve a demo; gives its address."""
    configure_logs("error")
    put_demo(settings)
    with ExitStack() as stack:

        def make_app(url: str) -> Flask:
            return stack.enter_context(closing(create_app(replace(settings, public_url=url))))

        yield stack.enter_context(local_server(make_app))


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a demo on SQLite."""
    with demo_site(demo_settings(sqlite_url, tmp_path)) as url:
        yield url


@pytest.fixture
def site_on_each_database(settings: Settings) -> Iterator[str]:
    """The address of a demo on each database in turn."""
    with demo_site(settings) as url:
        yield url


@pytest.fixture
def open_page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Open an address in a window of its own; a test fails if a page logs an error that is not tolerated."""
    for name in {"site", "site_on_each_database"}.intersection(request.fixturenames):
        request.getfixturevalue(name)  # first, so that the windows are closed before the site is
    faults: list[str] = []
    contexts = []

    def opened(url: str, *, before: str = "", tolerated: re.Pattern[str] = NOTHING, **options: object) -> Page:
        def note(line: ConsoleMessage) -> None:
            if line.type in {"error", "warning"} and not tolerated.search(line.text):
                faults.append(line.text)

        context = chromium.new_context(**{"locale": "en-US", **options})  # type: ignore[arg-type]  # playwright's own
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", note)
        if before:
            page.add_init_script(before)
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture(scope="session")
def violations() -> Violations:
    """What axe has against a page, one line each."""
    assert AXE.is_file(), f"{AXE} is missing: scripts/test fetches axe-core; without it accessibility is not tested."
    source = AXE.read_text("utf-8")

    def look(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found = page.evaluate("(tags) => axe.run({ runOnly: tags }).then((result) => result.violations)", RULES)
        return [
            f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
            for violation in found
            for node in violation["nodes"]
        ]

    return look
