"""What organizers do most, each by the clicks that it may take from Home; typing and keys are not clicks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.prepared import Prepared, prepared_console
from tests.support.call_log import ANNAS_NUMBER
from tests.support.console import OWN


class Hand:
    """Does what a person does with a page, and counts the clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1

    def link(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=True).first)

    def button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True).first)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def is_told(self, words: str) -> None:
        expect(self.page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def see_today(hand: Hand) -> None:
    expect(hand.page.locator(".campaign-card", has_text="Calls today")).to_be_visible()


def find_a_supporters_calls(hand: Hand) -> None:
    expect(hand.page.get_by_role("button", name="Shortcuts")).to_be_visible()
    hand.page.keyboard.press("/")
    expect(hand.page.get_by_label("Search")).to_be_focused()
    hand.type(ANNAS_NUMBER)
    expect(hand.page.get_by_label("Why do you look?")).to_be_focused()
    hand.page.keyboard.type("Asked which offices they had called")
    hand.button("Find calls")
    expect(hand.page.locator("tbody tr")).to_have_count(2)
    assert ANNAS_NUMBER[-7:] not in hand.page.url
    hand.click(hand.page.locator("tbody tr").get_by_role("link").first)


def busy_calls_today(hand: Hand) -> None:
    hand.link("Calls")
    hand.link("Wausau · Busy")
    hand.click(hand.page.get_by_role("navigation", name="Days").get_by_role("link", name="Today"))
    expect(hand.page.locator("tbody tr")).to_have_count(1)


def why_a_call_ended(hand: Hand) -> None:
    hand.link("Calls")
    hand.click(hand.page.locator("tbody tr", has_text="Spoke with staff").get_by_role("link").first)
    expect(hand.page.locator(".lead")).to_contain_text("said goodbye.")


def export_this_week(hand: Hand) -> None:
    hand.link("Calls")
    hand.link("This week")
    with hand.page.expect_download() as download:
        hand.button("CSV")
    assert re.fullmatch(rf"calls-{OWN}-\d{{4}}-\d\d-\d\d\.csv", download.value.suggested_filename)
    assert download.value.path().read_text("utf-8").startswith('"call_sid"')


def hear_the_hotline(hand: Hand) -> None:
    hand.link("Try it")
    expect(hand.page.get_by_role("button", name="Call", exact=True)).to_be_enabled()


def change_the_script(hand: Hand) -> None:
    hand.link("Edit")
    hand.page.get_by_label("Script, English").fill("Hello, I am [NAME]. Please act today.")
    hand.button("Review changes")
    expect(hand.page.locator("ins").filter(has_text="today.")).to_be_visible()
    hand.button("Publish changes")
    hand.is_told("is published.")
    hand.page.get_by_role("button", name="Undo").click()
    hand.is_told("Callers hear version 1 again")


def pause_everything(hand: Hand) -> None:
    hand.link("Pause")
    hand.button("Pause")
    hand.is_told("is paused")


def close_an_office_for_tomorrow(hand: Hand) -> None:
    hand.link("Offices")
    madison = hand.page.locator("#office-madison")
    hand.click(madison.get_by_text("Close for a day"))
    hand.click(madison.get_by_role("button", name="Close tomorrow"))
    hand.is_told("Madison is closed on")
    expect(madison.get_by_text("Closed on")).to_be_visible()
    madison.get_by_role("button", name="Open again").click()
    hand.is_told("open as usual")


def duplicate_a_campaign(hand: Hand) -> None:
    hand.click(hand.page.get_by_text("More for Honduras 2017"))
    hand.button("Duplicate")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Edit Copy of Honduras 2017")


def share_the_live_board(hand: Hand) -> None:
    hand.link("Share the live board")
    hand.button("Make a link")
    expect(hand.page.get_by_label("The new link")).to_have_value(re.compile(r"/console/shared/.*\?page=live"))


def erase_a_callers_data(hand: Hand) -> None:
    hand.link("Calls")
    row = hand.page.locator("tbody tr", has_text="Very short")
    tag = row.locator(".tag").inner_text()
    hand.click(row.get_by_role("link").first)
    hand.link("Erase this caller’s data")
    expect(hand.page.get_by_label("Type the caller’s tag to confirm")).to_be_focused()
    hand.type(tag)
    hand.is_told("erased")


@dataclass(frozen=True, slots=True)
class Task:
    clicks: int
    do: Callable[[Hand], None]


TASKS = (
    Task(0, see_today),
    Task(2, find_a_supporters_calls),
    Task(3, busy_calls_today),
    Task(2, why_a_call_ended),
    Task(3, export_this_week),
    Task(1, hear_the_hotline),
    Task(3, change_the_script),
    Task(3, close_an_office_for_tomorrow),
    Task(2, share_the_live_board),
    Task(2, duplicate_a_campaign),
    Task(2, pause_everything),
    Task(3, erase_a_callers_data),
)
"""In an order in which none takes from another what it needs."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """One console for all tasks."""
    with prepared_console(tmp_path_factory.mktemp("tasks")) as made:
        yield made


def test_each_task_takes_its_clicks(open_page: OpenPage, prepared: Prepared) -> None:
    page = open_page("about:blank", **prepared.window(prepared.owner))
    for task in TASKS:
        page.goto(f"{prepared.url}/console/")
        hand = Hand(page)
        task.do(hand)
        assert hand.clicks == task.clicks, task.do.__name__


def test_whoever_leaves_unsaved_words_is_asked(open_page: OpenPage, prepared: Prepared) -> None:
    page = open_page(f"{prepared.url}/console/campaigns/{OWN}/edit", **prepared.window(prepared.owner))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    name = page.get_by_label("Name", exact=True)
    before = name.input_value()
    page.get_by_role("radio", name="Spanish").check()  # to look at the preview changes nothing
    name.press_sequentially("!")
    page.get_by_role("link", name="Hours").click()
    expect(page.get_by_role("heading", name="Message")).to_be_visible()
    assert asked == ["beforeunload"]
    name.fill(before)
    page.get_by_role("link", name="Hours").click()
    expect(page.get_by_role("heading", name="Hours")).to_be_visible()
    page.go_back()
    name.press_sequentially("!")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft last changed at")).to_be_visible()
    page.get_by_role("link", name="Hours").click()
    expect(page.get_by_role("heading", name="Hours")).to_be_visible()
    assert asked == ["beforeunload"]


def test_an_office_is_dragged_to_another_key(open_page: OpenPage, prepared: Prepared) -> None:
    page = open_page(f"{prepared.url}/console/campaigns/{OWN}/edit/offices", **prepared.window(prepared.owner))
    rows = page.locator(".office-row h3")
    before = rows.all_inner_texts()

    def drag(from_key: int, to_key: int) -> None:
        grips = page.locator("[data-grip]")
        grips.nth(from_key - 1).hover()
        page.mouse.down()
        grips.nth(to_key - 1).hover()
        expect(page.locator(".office-row").nth(to_key - 1)).to_contain_text(before[from_key - 1])

    drag(1, 3)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(rows).to_have_text(before)
    drag(1, 3)
    expect(page.locator(".office-row .keycap")).to_have_text([str(key) for key in range(1, len(before) + 1)])
    page.mouse.up()
    told = page.get_by_role("status").filter(has_text=f"{before[0]} is moved to place 3.")
    expect(told.get_by_role("button", name="Undo")).to_be_in_viewport()
    expect(rows).to_have_text([*before[1:3], before[0], *before[3:]])
    told.get_by_role("button", name="Undo").click()
    expect(rows).to_have_text(before)
