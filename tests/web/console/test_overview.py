"""The overview of a campaign: what it shows, to whom, and of which days."""

import html
import re
from urllib.parse import urlsplit

import pytest

from app.domain.audit import By
from app.domain.roles import Role
from app.services.share_links import make_share_link
from tests.support.call_log import fill_console
from tests.support.console import OTHER, OWN, Console, Visit

PAGE = f"/console/campaigns/{OWN}/overview"
OWNER = "organizer@demo.invalid"


@pytest.fixture
def filled(sqlite_console: Console) -> Console:
    fill_console(sqlite_console)
    return sqlite_console


def text_of(visit: Visit, path: str = PAGE) -> str:
    words = re.sub(r"<[^>]+>", " ", visit.get(path).text)
    return " ".join(html.unescape(words).split())


def guest_of(console: Console) -> Visit:
    owner = console.account(OWNER).member()
    visit = console.visit()
    visit.get(urlsplit(make_share_link(console.desk, By(owner.email), owner, OWN, "the board", 1)).path)
    return visit


def test_the_figures_the_funnel_and_the_charts_are_there_in_words(filled: Console) -> None:
    said = text_of(filled.signed_in(OWNER))
    assert "Calls 5 0 in the 7 days before" in said
    assert "Calls to offices 4 3 offices" in said
    assert "Reached 1 spoke with staff or left a voicemail" in said
    assert "Conversations 1 calls that talked; 0 of them likely" in said
    assert "5 calls were answered, 3 chose an office, 1 talked." in said
    assert "1 spoke with staff, 1 not told" in said
    assert "The busiest day was Nov 24, 2026, with 4 calls." in said
    assert "4 in English, 1 in Spanish." in said
    assert said.count("Show as table") == 4


def test_each_period_has_its_own_days(filled: Console) -> None:
    owner = filled.signed_in(OWNER)
    assert "Calls 4 1 yesterday" in text_of(owner, f"{PAGE}?when=today")
    assert "Calls 5 Calls to offices" in text_of(owner, f"{PAGE}?when=all")
    assert 'aria-current="true">The last 7 days' in owner.get(f"{PAGE}?when=nonsense").text
    filled.clock.move(40 * 86_400)
    owner = filled.signed_in(OWNER)
    assert "No calls in this period" in text_of(owner)
    assert "Calls 5 Calls to offices" in text_of(owner, f"{PAGE}?when=all")


def test_small_numbers_have_no_percentage(filled: Console) -> None:
    said = text_of(filled.signed_in(OWNER))
    assert re.findall(r"\d+ %", said.partition("How far")[2]) == []


def test_where_calls_stopped_leads_to_them_whoever_may_see_calls(filled: Console) -> None:
    link = f"/console/campaigns/{OWN}/calls?when=7-days&amp;step=chose"
    assert link in filled.signed_in(OWNER).get(PAGE).text
    filled.add("vera@example.org", Role.VIEWER, OWN)
    page = filled.signed_in("vera@example.org").get(PAGE).text
    assert "How far calls got" in page
    assert "/calls" not in page


def test_a_campaign_that_nobody_called_says_what_to_do(filled: Console) -> None:
    said = text_of(filled.signed_in(OWNER), f"/console/campaigns/{OTHER}/overview?when=all")
    assert "Nobody has called yet. Try it yourself, then share it." in said


def test_whoever_holds_a_share_link_sees_the_figures_and_no_calls(filled: Console) -> None:
    visit = guest_of(filled)
    page = visit.get(PAGE)
    assert "How far calls got" in page.text
    assert not re.search(r"/calls|CA\d|class=\"tag\"", page.text)
    assert "style=" not in page.text


def test_drawings_have_a_title_each(filled: Console) -> None:
    page = filled.signed_in(OWNER).get(PAGE).text
    drawn = re.findall(r'<svg[^>]*role="img"[^>]*>\s*<title>', page)
    assert len(drawn) == page.count('role="img"') == 6 + 3 + 1 + 2
