"""The table of the pictures: what each shows, at which size, in which theme, and what is done on the page first."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from scripts.picturing.history import CALL, SLUG

DESK = (1280, 900)
WALL = (1920, 1080)
PHONE = (390, 844)

_CAMPAIGN = f"/console/campaigns/{SLUG}"
_EDIT = f"{_CAMPAIGN}/edit"
_OF_CALL = f"/console/calls/{CALL}"


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture to take; what is done first may lead to another page."""

    name: str
    address: str
    size: tuple[int, int] = DESK
    theme: str = "light"
    first: Callable[[Page], object] = lambda page: None
    signed_in: bool = True


def _open(summary: str) -> Callable[[Page], object]:
    """Open what is folded."""
    return lambda page: page.get_by_text(summary).first.click()


def _is_live(page: Page) -> None:
    expect(page.locator("[data-live-state]")).to_have_text("Live")


def _rewrite(page: Page) -> None:
    """Change the summary as somebody would who has news, and save it."""
    page.get_by_label("Summary, English").fill(
        "In short: give your name and city. Ask Senator Baldwin to suspend all U.S. funding to the Honduran regime, "
        "including its police and military. Mention the documented irregularities, the O.A.S. call for new elections, "
        "and at least thirty-one people killed since the vote."
    )
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft last changed at")).to_be_visible()


def _busy_then_talking(page: Page) -> None:
    """Call until an office is on the line after another one was busy."""
    page.get_by_label("Madison does").select_option("busy")
    page.get_by_role("radio", name="At once").check()
    page.get_by_role("button", name="Call", exact=True).click()
    for key, words in (("4", "or choose one"), ("#", "Madison is busy")):
        expect(page.get_by_role("log")).to_contain_text(words, ignore_case=True)
        expect(page.get_by_role("status")).to_have_text(re.compile("^Your turn"))
        page.keyboard.press(key)
    page.get_by_role("radio", name="1×", exact=True).check()
    expect(page.get_by_role("status")).to_have_text(re.compile("^On the line"), timeout=60_000)
    page.get_by_role("button", name="Hang up").focus()


def _from_the_top(page: Page) -> None:
    _busy_then_talking(page)
    page.locator("#phone").evaluate("phone => phone.scrollIntoView()")


SCREENS = (
    Screen("phone-light", f"/phone/?campaign={SLUG}", (1280, 985), first=_busy_then_talking),
    Screen("phone-dark", f"/phone/?campaign={SLUG}", (1280, 985), "dark", first=_busy_then_talking),
    Screen("phone-mobile", f"/phone/?campaign={SLUG}", PHONE, first=_from_the_top),
    Screen("sign-in", "/console/sign-in", signed_in=False),
    Screen("forgot", "/console/forgot", PHONE, signed_in=False),
    Screen("home", "/console/"),
    Screen("home-mobile", "/console/", PHONE, "dark"),
    Screen("overview", f"{_CAMPAIGN}/overview"),
    Screen("overview-dark", f"{_CAMPAIGN}/overview", theme="dark"),
    Screen("report", f"{_CAMPAIGN}/report?when=all"),
    Screen("live", f"{_CAMPAIGN}/live", (1280, 1200), first=_is_live),
    Screen("live-mobile", f"{_CAMPAIGN}/live", PHONE, first=_is_live),
    Screen("live-wall", f"{_CAMPAIGN}/live?wall=1", WALL, first=_is_live),
    Screen("calls", f"{_CAMPAIGN}/calls"),
    Screen("calls-filtered", f"{_CAMPAIGN}/calls?office=madison&line=busy", theme="dark", first=_open("Filters")),
    Screen("calls-mobile", f"{_CAMPAIGN}/calls?when=today", PHONE),
    Screen("call", _OF_CALL, (1280, 1200)),
    Screen("call-replay", f"{_OF_CALL}/replay"),
    Screen("call-erase", f"{_OF_CALL}/erase"),
    Screen("find", f"{_CAMPAIGN}/calls/find"),
    Screen("search", "/console/search"),
    Screen("offices", f"{_CAMPAIGN}/offices", first=_open("Close for a day")),
    Screen("edit-message", f"{_EDIT}/message", (1280, 1120), first=_rewrite),
    Screen("edit-message-mobile", f"{_EDIT}/message", PHONE),
    Screen("edit-offices", f"{_EDIT}/offices"),
    Screen("edit-office", f"{_EDIT}/offices/madison", (1280, 1120)),
    Screen("edit-voice", f"{_EDIT}/voice"),
    Screen("edit-hours", f"{_EDIT}/hours"),
    Screen("edit-limits", f"{_EDIT}/limits"),
    Screen("edit-languages", f"{_EDIT}/languages"),
    Screen("edit-line", f"{_EDIT}/line"),
    Screen("preview", f"{_CAMPAIGN}/preview", (1280, 1120)),
    Screen("review", f"{_EDIT}/review"),
    Screen("versions", f"{_EDIT}/versions"),
    Screen("version", f"{_EDIT}/versions/7"),
    Screen("pause", f"{_CAMPAIGN}/status/paused"),
    Screen("new-campaign", "/console/campaigns/new"),
    Screen("duplicate", f"{_CAMPAIGN}/duplicate"),
    Screen("numbers", "/console/numbers"),
    Screen("people", "/console/people"),
    Screen("share", f"{_CAMPAIGN}/share"),
    Screen("audit", "/console/audit"),
    Screen("audit-check", "/console/audit/check"),
    Screen("blocked", "/console/blocks"),
    Screen("settings", "/console/settings"),
    Screen("account", "/console/account", (1280, 1120)),
)
"""In the order in which they are taken: what is done on one page is seen on those after it."""

UNPICTURED = {
    "console.ask_factor": "one field, for whoever has a second factor",
    "console.invitation": "as choosing a password, behind a link that is good once",
    "console.reset": "the same",
    "console.open_share": "leads to the live board or to the figures",
    "console.ask_campaign_erasure": "as erasing one caller, for a whole campaign that is over",
    "console.confirm_pause_all": "as pausing one campaign",
    "console.offer": "shows a secret that is another one each time",
    "console.person": "the form of an invitation, filled in",
    "console.edit": "leads to the message",
    "console.edit_section": "pictured by its sections",
    "console.live_now": "the live board without its page",
    "console.live_stream": "the same, for as long as it is looked at",
}
"""The pages of the console without a picture, and why."""
