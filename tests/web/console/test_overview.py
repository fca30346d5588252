"""The overview of a campaign: what it shows, to whom, and of which days."""

import html
import re
from urllib.parse import urlsplit

import pytest

from app.domain.audit import By
from app.domain.furthest import FUNNEL
from app.domain.roles import Role
from app.services.call_words import STEP_DEFINITIONS
from app.services.share_links import make_share_link
from tests.support.call_log import fill_console
from tests.support.console import OTHER, OWN, Console, Visit

PAGE, REPORT = (f"/console/campaigns/{OWN}/{page}" for page in ("overview", "report"))
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
    assert "Callers 4 none in the 7 days before" in said
    assert "Calls to offices 4 none in the 7 days before" in said
    assert "Reached 1 none in the 7 days before" in said
    assert "Median talk time 3 min 10 s" in said
    assert "5 calls were answered, 3 chose an office, 1 talked." in said
    assert "1 spoke with staff, 1 not told" in said
    assert "Calls to offices failed: Eau Claire once. Show these calls" in said
    assert "# avoids" not in said
    assert "1 caller of 2 hung up while the hotline was speaking; most when they heard the welcome" in said
    assert "Most calls came on Nov 24, 2026: 4." in said
    assert "Most calls came on Tuesdays between 2 p.m. and 3 p.m.: 2. None came while every office is closed." in said
    assert "English: 4, Spanish: 1." in said
    assert "Dialed in: 5." in said
    assert "Of 1 call that reached an office, 0 did so at the first try." in said
    assert said.count("Show as table") == 8


def test_the_page_says_what_each_step_counts_and_exports_what_it_shows(filled: Console) -> None:
    owner = filled.signed_in(OWNER)
    assert tuple(STEP_DEFINITIONS) == FUNNEL
    for path in (PAGE, REPORT):
        said = text_of(owner, path)
        assert all(counts in said for counts in STEP_DEFINITIONS.values()), path
    page = owner.get(f"{PAGE}?when=today").text
    form = re.search(
        r'<form class="row no-print" method="post" action="([^"]+/calls/export)".*?</form>', page, re.DOTALL
    )
    assert form
    assert "Export 4 calls" in form[0]
    fields = dict(re.findall(r'<input type="hidden" name="(since|until)" value="([^"]+)">', form[0]))
    exported = owner.post(form[1], {**fields, "form": "jsonl"}).text.splitlines()
    assert len(exported) == 4
    filled.add("vera@example.org", Role.VIEWER)
    assert "calls/export" not in filled.signed_in("vera@example.org").get(PAGE).text


def linked_figures(page: str) -> dict[str, int]:
    """The figures that are links to the call log, by their addresses."""
    found = re.findall(rf'<a href="(/console/campaigns/{OWN}/calls\?[^"]+)"[^>]*>(\d+)', page)
    return {html.unescape(href): int(n) for href, n in found}


@pytest.mark.parametrize("page", [PAGE, f"{PAGE}?when=all", f"{PAGE}?when=today", f"/console/campaigns/{OWN}/offices"])
def test_a_figure_leads_to_exactly_the_calls_that_it_counts(filled: Console, page: str) -> None:
    owner = filled.signed_in(OWNER)
    told = linked_figures(owner.get(page).text)
    listed = {href: re.search(r"<strong>(\d+)</strong>", owner.get(href).text) for href in told}
    assert told == {href: int(found[1]) if found else 0 for href, found in listed.items()}
    wanted = ["office=wausau", "line=busy"] if "offices" in page else ["language=en", "came_from=", "outcome=spoke"]
    # The caller who hung up while the hotline spoke did so yesterday.
    wanted += ["left=welcome"] if page in (PAGE, f"{PAGE}?when=all") else []
    assert all(any(part in href for href in told) for part in wanted)
    assert not linked_figures(guest_of(filled).get(page).text), "who may not see calls is not led there"


def test_each_period_has_its_own_days(filled: Console) -> None:
    owner = filled.signed_in(OWNER)
    assert "Callers 3 up from 1 yesterday" in text_of(owner, f"{PAGE}?when=today")
    assert "Callers 4 Calls to offices" in text_of(owner, f"{PAGE}?when=all")
    assert "Nov 23, 2026 Callers 1" in text_of(owner, f"{PAGE}?since=2026-11-23&until=2026-11-23")
    assert 'aria-current="true">7 days' in owner.get(f"{PAGE}?when=nonsense").text
    filled.clock.move(40 * 86_400)
    owner = filled.signed_in(OWNER)
    assert "No calls in this period" in text_of(owner)
    assert "Callers 4 Calls to offices" in text_of(owner, f"{PAGE}?when=all")


@pytest.mark.parametrize(
    ("since", "until", "problem"),
    [
        ("", "2026-11-24", "Choose the first day."),
        ("yesterday", "", "Choose the first day."),
        ("2026-11-20", "tomorrow", "Write days such as 2026-11-24."),
        ("2026-11-24", "2026-11-20", "The first day comes after the last one."),
        ("2031-01-01", "", "The first day has not come yet."),
        ("0001-01-01", "", "Choose the first day."),
    ],
)
def test_a_range_that_is_none_is_told_and_kept(filled: Console, since: str, until: str, problem: str) -> None:
    page = filled.signed_in(OWNER).get(f"{PAGE}?since={since}&until={until}").text
    assert f"{problem} Shown are the last 7 days." in page
    assert f'name="since" value="{since}"' in page


@pytest.mark.parametrize(
    ("compare", "said"),
    [
        ("language", "Spanish: 1 call. English: 1 call, median talk time 3 min 10 s. Calls under way are left out."),
        ("version", "All calls that are over are of one kind (Version 1)"),
        ("source", "All calls that are over are of one kind (Dialed in)"),
    ],
)
def test_kinds_of_calls_are_compared(filled: Console, compare: str, said: str) -> None:
    assert said in text_of(filled.signed_in(OWNER), f"{PAGE}?compare={compare}&a=es&b=nonsense%3C")


def test_small_numbers_have_no_percentage(filled: Console) -> None:
    said = text_of(filled.signed_in(OWNER))
    assert set(re.findall(r"\d+ %", said)) == {"100 %"}, "5 of 5 dialed in"


@pytest.mark.parametrize("page", [PAGE, REPORT])
def test_nothing_is_drawn_of_no_calls(filled: Console, page: str) -> None:
    said = text_of(filled.signed_in(OWNER), f"{page.replace(OWN, OTHER)}?when=all")
    assert "Nobody has called yet" in said or "No calls in this period" in said
    assert "Show as table" not in said


def test_the_report_says_it_in_a_line_and_fits_the_board(filled: Console) -> None:
    for visit in (filled.signed_in(OWNER), guest_of(filled)):
        said = text_of(visit, REPORT)
        assert "5 calls, 1 conversation, 3 offices" in said
        assert "4 supporters called." in said
        article = visit.get(REPORT).text.partition("<article")[2].partition("</article>")[0]
        assert "Made on Nov 24, 2026" in article
        assert not re.search(r"/calls|CA\d|class=\"tag\"|style=", article)


def test_where_calls_stopped_leads_to_them_whoever_may_see_calls(filled: Console) -> None:
    link = f"/console/campaigns/{OWN}/calls?since=2026-11-18&amp;until=2026-11-24&amp;step=chose"
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
    assert len(drawn) == page.count('role="img"') == 6 + 1 + 3 + 1 + 7 + 2 + 1 + 1
