"""The pictures of the console: every page has one, each is in the docs, and all of them together are small."""

import re
from urllib.parse import urlsplit

from app.config import PROJECT_DIR
from scripts.picturing.screens import SCREENS, UNPICTURED
from tests.support.console import Console
from tests.web.console.routes import console_routes

IMAGES = PROJECT_DIR / "docs" / "images"
LARGEST_TOTAL = 3_000_000


def test_every_page_of_the_console_is_pictured_or_it_is_said_why_not(sqlite_console: Console) -> None:
    addresses = sqlite_console.app.url_map.bind("localhost")
    pictured = {addresses.match(urlsplit(screen.address).path)[0] for screen in SCREENS}
    pages = {route.endpoint for route in console_routes(sqlite_console.app) if route.method == "GET"}
    assert pages - pictured - set(UNPICTURED) == set()
    assert set(UNPICTURED) <= pages


def test_each_picture_is_there_is_shown_in_the_docs_and_all_are_small() -> None:
    there = {file.name for file in IMAGES.iterdir()}
    pages = [PROJECT_DIR / "README.md", *(PROJECT_DIR / "docs").glob("*.md")]
    shown = {name for page in pages for name in re.findall(r"images/([\w.-]+)", page.read_text("utf-8"))}
    assert there == {f"{screen.name}.webp" for screen in SCREENS} == shown
    assert sum(file.stat().st_size for file in IMAGES.iterdir()) < LARGEST_TOTAL
