"""Searching the calls of all campaigns from any page of the console that is about none of them."""

import re
from http import HTTPStatus

from app.domain.audit import By
from app.domain.roles import Role
from app.services.note_call import note_call
from tests.support.call_log import ANNAS_NUMBER, fill_console
from tests.support.console import NAME, OTHER, OWN, Console, Visit
from tests.web.console.test_overview import OWNER, text_of

PAGE = "/console/search"


def found(visit: Visit, **fields: str) -> list[tuple[str, str]]:
    """Where calls were found: addresses and words."""
    visit.get(PAGE)
    page = visit.post(PAGE, fields).text
    return re.findall(r'<li><a href="([^"]+/calls\?[^"]+)">([^<]+)</a>', page)


def test_a_number_that_a_supporter_tells_leads_to_their_calls_from_home(console: Console) -> None:
    fill_console(console)
    owner = console.signed_in(OWNER)
    assert f'href="{PAGE}#search-q" data-keys="/"' in owner.get("/console/").text
    assert (
        f'href="/console/campaigns/{OWN}/calls#calls-q" data-keys="/"'
        in owner.get(f"/console/campaigns/{OWN}/live").text
    )
    ((address, words),) = found(owner, q=ANNAS_NUMBER, reason="asked us")
    assert words == f"{NAME}: 2 calls"
    assert {"CA1", "CA2"} <= set(re.findall(r"/console/calls/(CA\d)", owner.get(address).text))
    assert console.audit()[-1] == f"{OWNER} looked for the calls of a number in Another, {NAME}."
    before = len(console.audit())
    assert found(owner, q=ANNAS_NUMBER, reason="") == []
    assert len(console.audit()) == before, "the reason is asked first"
    assert found(owner, q="+1 608 555 0199", reason="asked us") == []
    note_call(console.desk, By("the test"), "CA3", "They want a postcard")
    assert found(owner, q="POSTCARD") == [(f"/console/campaigns/{OWN}/calls?q=POSTCARD", f"{NAME}: 1 call")]
    assert found(owner, q="CA3") == [(f"/console/campaigns/{OWN}/calls?q=CA3", f"{NAME}: 1 call")]
    for _ in range(20):
        owner.post(PAGE, {"q": ANNAS_NUMBER, "reason": "asked us"})
    refused = owner.post(PAGE, {"q": ANNAS_NUMBER, "reason": "asked us"})
    assert (refused.status_code, "within an hour" in refused.text) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)


def test_only_what_somebody_may_see_is_searched(sqlite_console: Console) -> None:
    fill_console(sqlite_console)
    sqlite_console.add("other@example.org", Role.ANALYST, OTHER)
    sqlite_console.add("ana@example.org", Role.ORGANIZER, OWN)
    assert found(sqlite_console.signed_in("other@example.org"), q="CA3") == []
    ana = sqlite_console.signed_in("ana@example.org")
    assert len(found(ana, q="CA3")) == 1
    refused = ana.post(PAGE, {"q": ANNAS_NUMBER, "reason": "asked us"})
    assert "has to be granted to you" in refused.text
    assert "by the number" not in text_of(ana, PAGE)
    assert ana.post(PAGE, {"q": " "}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
