"""Every page in both themes: axe finds nothing, and nothing is wider than the smallest screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Violations
from tests.browser.fake_phone import FakePhone

OTHERS = ("/", "/styleguide")
WIDTH = "document.documentElement.scrollWidth"


def in_a_call(open_page: OpenPage, site: str, **options: object) -> Page:
    page = open_page("about:blank", **options)
    FakePhone().serve(page)
    page.goto(f"{site}/phone/")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^Your turn"))
    page.get_by_text("What the keys do").click()
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_page: OpenPage, site: str, violations: Violations, theme: str) -> None:
    page = in_a_call(open_page, site, color_scheme=theme)
    assert violations(page) == []
    for path in OTHERS:
        page.goto(site + path)
        assert violations(page) == [], path


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_window(open_page: OpenPage, site: str, width: int) -> None:
    page = in_a_call(open_page, site, viewport={"width": width, "height": 700})
    assert page.evaluate(WIDTH) <= width
    for path in OTHERS:
        page.goto(site + path)
        assert page.evaluate(WIDTH) <= width, path


def test_twice_the_text_size_still_fits(open_page: OpenPage, site: str) -> None:
    page = in_a_call(open_page, site, viewport={"width": 640, "height": 700})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDTH) <= 640


def test_touch_targets_are_large_enough(open_page: OpenPage, site: str) -> None:
    page = in_a_call(open_page, site, viewport={"width": 320, "height": 700})
    for control in page.locator("#phone button:visible, #phone select:visible, #phone input[type=text]:visible").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, control.inner_text()


def test_the_theme_is_kept(open_page: OpenPage, site: str) -> None:
    page = open_page(site, color_scheme="light")
    page.get_by_label("Theme").select_option("dark")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(paper) == "rgb(22, 24, 26)"
    page.goto(f"{site}/phone/")
    assert page.evaluate(paper) == "rgb(22, 24, 26)"
    page.get_by_label("Theme").select_option("")
    assert page.evaluate(paper) == "rgb(251, 250, 247)"
