"""The pages of the call log as tests look at them, with a small log in it."""

import html
import re
from http import HTTPStatus

import pytest

from tests.support.call_log import fill_console
from tests.support.console import OWN, Console, Visit

LOG = f"/console/campaigns/{OWN}/calls"
OWNER = "organizer@demo.invalid"


@pytest.fixture
def visit(console: Console) -> Visit:
    """The owner's browser, on each database in turn."""
    fill_console(console)
    return console.signed_in(OWNER)


@pytest.fixture
def sqlite_visit(sqlite_console: Console) -> Visit:
    """The same on SQLite alone."""
    fill_console(sqlite_console)
    return sqlite_console.signed_in(OWNER)


def shown(visit: Visit, asked: str = "") -> list[str]:
    """The ids of the calls on a page, in its order."""
    page = visit.get(f"{LOG}?{asked}")
    assert page.status_code == HTTPStatus.OK
    return re.findall(r'<a href="/console/calls/(CA\w+|CB\w+)">', page.text)


def undo(visit: Visit, page: str) -> None:
    """Press the button of the notice, as a browser without scripts does."""
    form = re.search(r'<form method="post" action="([^"]+)">((?:(?!</form>).)*>Undo<)', page, re.DOTALL)
    assert form
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', html.unescape(form[2]))
    assert visit.client.post(html.unescape(form[1]), data=dict(fields)).status_code == HTTPStatus.SEE_OTHER


def total(visit: Visit, asked: str = "") -> int:
    found = re.search(r"<strong>([\d,]+)</strong>", visit.get(f"{LOG}?{asked}").text)
    return int(found[1].replace(",", "")) if found else 0
