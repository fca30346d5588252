"""Every page of the console, none left out: axe finds nothing in either theme, and all of it fits 320 pixels."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from app import create_app
from tests.browser.conftest import OpenPage, Violations
from tests.browser.prepared import Prepared, prepared_console, spoil
from tests.support.console import OWN
from tests.web.console.routes import console_routes

CAMPAIGN = f"/console/campaigns/{OWN}"
EDIT = f"{CAMPAIGN}/edit"
LOOKS = (("light", {"width": 1280, "height": 800}), ("dark", {"width": 320, "height": 640}))
UNFOLD = "document.querySelectorAll('main details').forEach((details) => { details.open = true; })"
WIDTH = "document.documentElement.scrollWidth"

DOORS: dict[str, tuple[str, ...]] = {
    "sign_in_page": ("/console/sign-in",),
    "forgot": ("/console/forgot",),
    "invitation": ("/console/invitation/{invitation}",),
    "reset": ("/console/reset/{reset}",),
    "open_share": ("/console/shared/{share}",),
}
PAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "installation": {
        "home": ("/console/",),
        "confirm_pause_all": ("/console/pause-all",),
        "search": ("/console/search", "/console/search?q=C002"),
        "numbers": ("/console/numbers",),
        "people": ("/console/people",),
        "person": ("/console/people/{person}",),
        "account": ("/console/account",),
        "offer": ("/console/account/second-factor",),
        "audit": ("/console/audit", "/console/audit?deed=sign-in&who=nobody"),
        "check_audit": ("/console/audit/check",),
        "blocks": ("/console/blocks",),
        "organization": ("/console/settings",),
        "new_campaign": ("/console/campaigns/new",),
    },
    "calls": {
        "calls": tuple(
            f"{CAMPAIGN}/calls{query}"
            for query in ("", "?office=wausau&line=busy", "?office=madison&line=busy", "?by=office")
        ),
        "find_calls": (f"{CAMPAIGN}/calls/find",),
        "call": ("/console/calls/CA1", "/console/calls/CA4"),
        "ask_erasure": ("/console/calls/CA1/erase",),
        "replay": ("/console/calls/CA1/replay",),
    },
    "figures": {
        "overview": (f"{CAMPAIGN}/overview?when=all&compare=language",),
        "report": (f"{CAMPAIGN}/report",),
        "live": (f"{CAMPAIGN}/live", f"{CAMPAIGN}/live?wall=1"),
        "offices": (f"{CAMPAIGN}/offices",),
        "share": (f"{CAMPAIGN}/share",),
        "confirm_status": (f"{CAMPAIGN}/status/paused",),
        "duplicate": (f"{CAMPAIGN}/duplicate",),
        "ask_campaign_erasure": (f"{CAMPAIGN}/erase",),
    },
    "editor": {
        "edit": (EDIT,),
        "edit_section": tuple(f"{EDIT}/{section}" for section in ("hours", "limits", "languages", "line")),
        "voice": (f"{EDIT}/voice",),
        "preview": (f"{CAMPAIGN}/preview",),
    },
    "publishing": {
        "edit_offices": (f"{EDIT}/offices",),
        "office": (f"{EDIT}/offices/madison", f"{EDIT}/add-office"),
        "review": (f"{EDIT}/review",),
        "versions": (f"{EDIT}/versions",),
        "version": (f"{EDIT}/versions/1",),
    },
}
ELSEWHERE = {"ask_factor"}
"""Seen below, by somebody who has signed in by half."""
NO_PAGES = {"live_now", "live_stream"}
"""A part of the live board, and its stream."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """The console, with a draft in which something is wrong."""
    with prepared_console(tmp_path_factory.mktemp("console")) as made:
        spoil(made)
        yield made


def wrong_with(page: Page, violations: Violations, where: str) -> list[str]:
    """What axe has against a page, and whether it is wider than the window, in each of the looks."""
    found = []
    page.evaluate(UNFOLD)
    for theme, size in LOOKS:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of two words
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a dict with the two sizes
        menu = page.locator("[data-rail][aria-expanded=false]:visible")
        if menu.count():
            menu.click()
        found += [f"{where}, {theme}: {violation}" for violation in violations(page)]
        if (width := page.evaluate(WIDTH)) > size["width"]:
            found.append(f"{where}: {width} pixels wide in a window of {size['width']}")
    return found


def all_wrong_with(
    page: Page, prepared: Prepared, violations: Violations, pages: dict[str, tuple[str, ...]]
) -> list[str]:
    found = []
    for address in (address for addresses in pages.values() for address in addresses):
        answer = page.goto(prepared.url + address.format(**prepared.names))
        assert answer is not None
        assert answer.ok, (address, answer.status)
        found += wrong_with(page, violations, address)
    return found


def test_no_page_is_left_out(prepared: Prepared) -> None:
    with closing(create_app(prepared.settings)) as app:
        shown = {route.endpoint.partition(".")[2] for route in console_routes(app) if route.method == "GET"}
    assert shown == {*DOORS, *ELSEWHERE, *NO_PAGES}.union(*PAGES.values())


@pytest.mark.parametrize("group", PAGES)
def test_every_page_reads_and_fits(open_page: OpenPage, prepared: Prepared, violations: Violations, group: str) -> None:
    page = open_page("about:blank", **prepared.window(prepared.owner))
    assert all_wrong_with(page, prepared, violations, PAGES[group]) == []


def test_every_door_reads_and_fits(open_page: OpenPage, prepared: Prepared, violations: Violations) -> None:
    page = open_page("about:blank")
    assert all_wrong_with(page, prepared, violations, DOORS) == []
    page = open_page(f"{prepared.url}/console/second-factor", **prepared.window(prepared.half))
    assert wrong_with(page, violations, "the second factor") == []


def test_what_is_wrong_with_a_draft_is_led_to_and_said_beside_the_field(
    open_page: OpenPage, prepared: Prepared
) -> None:
    page = open_page(f"{prepared.url}{EDIT}/review", **prepared.window(prepared.owner))
    page.get_by_role("link", name="Summary, English").click()
    expect(page.get_by_label("Summary, English")).to_be_in_viewport()
    expect(page.get_by_label("Greeting, Spanish")).to_have_accessible_description(re.compile("It is empty"))
