"""The numbers of the account: what is told of each, to whom, and setting one right."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest

from app import create_app
from app.domain.phone_numbers import readable
from app.domain.roles import Role
from app.services.account_watch import AccountWatch
from app.services.carrier_account import open_provider
from app.services.drafts import open_draft
from app.services.local_server import local_server
from app.simulator import MovableClock
from app.telephony.provider import NumberUrls, Provider
from app.web.application import Patchline
from tests.support.console import OTHER, OWN, Console
from tests.support.demo import demo_settings, put_demo
from tests.support.webhooks import Webhooks
from tests.web.console.test_overview import OWNER, text_of

PAGE = "/console/numbers"
HOTLINE, SPARE = "+15005550006", "+16085550111"
ELSEWHERE = "http://crm.example.org/in?key=s3cret"


@pytest.fixture
def served(sqlite_url: str, tmp_path: Path, clock: MovableClock) -> Iterator[Console]:
    """The console of an installation whose carrier, the stand-in, is reached over HTTP."""
    settings = demo_settings(sqlite_url, tmp_path)
    put_demo(settings, with_another=True)
    made: list[Patchline] = []
    with ExitStack() as stack:

        def make_app(base: str) -> Patchline:
            made.append(stack.enter_context(closing(create_app(replace(settings, public_url=base), clock))))
            return made[0]

        stack.enter_context(local_server(make_app))
        # However busy the machine is.
        made[0].account = AccountWatch(patience_s=60)
        yield Console(made[0], clock)


def provider_of(console: Console) -> Provider:
    return open_provider(console.app.settings)


def spoil(console: Console) -> None:
    """Point the hotline's number elsewhere."""
    (own,) = provider_of(console).owned_numbers()
    provider_of(console).configure_number(own.sid, NumberUrls(voice=ELSEWHERE))


def test_what_differs_is_told_in_plain_words_and_set_right_by_one_press(served: Console) -> None:
    owner = served.signed_in(OWNER)
    assert "Leads to this server" in text_of(owner, PAGE)
    spoil(served)
    shown = owner.get(PAGE)
    said = text_of(owner, PAGE)
    assert "Does not lead to this server" in said
    assert "Calls go to http://crm.example.org/in?… " in said
    assert "s3cret" not in shown.text
    assert "Texts go to not set" in said
    assert owner.post(f"{PAGE}/set", {"number": HOTLINE}).status_code == HTTPStatus.SEE_OTHER
    said = text_of(owner, PAGE)
    assert f"{readable(HOTLINE)} leads to this server now." in said
    assert "Does not lead" not in said
    assert f"{OWNER} set Voice URL, Voice fallback URL" in served.audit()[-1]
    before = len(served.audit())
    owner.post(f"{PAGE}/set", {"number": HOTLINE})
    assert "is set right already" in text_of(owner, PAGE)
    owner.post(f"{PAGE}/set", {"number": SPARE})
    assert "no number of the account that you may set" in text_of(owner, PAGE)
    assert len(served.audit()) == before


def test_two_campaigns_on_one_number_are_a_fault_and_the_last_call_is_told(served: Console) -> None:
    owner = served.signed_in(OWNER)
    said = text_of(owner, PAGE)
    assert "2 campaigns take calls on this number, and callers can only hear one of them." in said
    assert "Last call none among the latest" in said
    assert "Another Takes calls callers hear this one" in said, "the one that was published last"
    Webhooks(served.app).post("/voice/incoming")
    owner.post(f"/console/campaigns/{OTHER}/status", {"status": "paused"})
    said = text_of(owner, PAGE)
    assert "can only hear one" not in said
    assert "Last call Nov 24, 2026, 5:00 p.m. UTC" in said
    assert "Paused" in said


def test_who_has_one_of_the_campaigns_sees_it_and_sets_nothing_that_others_need(served: Console) -> None:
    served.add("one@example.org", Role.ORGANIZER, OWN)
    spoil(served)
    visit = served.signed_in("one@example.org")
    said = text_of(visit, PAGE)
    assert "and 1 that is not yours" in said
    assert "Another" not in said
    assert "whoever may edit all campaigns that answer it" in said
    visit.post(f"{PAGE}/set", {"number": HOTLINE})
    assert "no number of the account that you may set" in text_of(visit, PAGE)
    assert "Does not lead to this server" in text_of(visit, PAGE)
    visit.post(f"{PAGE}/assign", {"number": SPARE, "slug": OTHER})
    assert "choose a campaign of yours" in text_of(visit, PAGE)


def test_a_number_is_given_to_a_campaign_by_its_draft(served: Console) -> None:
    owner = served.signed_in(OWNER)
    owner.get(PAGE)
    answer = owner.post(f"{PAGE}/assign", {"number": SPARE, "slug": OTHER})
    assert answer.headers["Location"] == f"/console/campaigns/{OTHER}/edit/review"
    assert open_draft(served.desk, OTHER).body["number"] == SPARE
    assert "The number is in the draft of Another." in text_of(owner, answer.headers["Location"])
    for wrong in ({"number": "608", "slug": OTHER}, {"number": SPARE, "slug": "nobody"}, {}):
        assert owner.post(f"{PAGE}/assign", wrong).headers["Location"] == PAGE
        assert "Nothing was changed" in text_of(owner, PAGE)


def test_the_loop_goes_out_and_comes_back_and_leaves_nothing(served: Console) -> None:
    owner = served.signed_in(OWNER)
    owner.get(PAGE)
    said = owner.post(f"{PAGE}/test").text
    assert "is reached, and refuses webhooks that are not signed." in said
    assert "A webhook that is signed with TWILIO_AUTH_TOKEN is taken." in said
    assert "Test it again" in said
    assert 'href="/console/numbers" aria-current="page"' in said


def test_a_carrier_that_does_not_answer_is_told_with_what_is_known_from_before(served: Console) -> None:
    owner = served.signed_in(OWNER)
    owner.get(PAGE)
    served.clock.move(3600)
    served.app.settings = replace(served.app.settings, public_url="http://127.0.0.1:9")
    said = text_of(owner, PAGE)
    assert "The carrier does not tell its numbers now." in said
    assert "What you see is as it was Nov 24, 2026, 5:00 p.m. UTC" in said
    owner.post(f"{PAGE}/set", {"number": HOTLINE})
    assert "Nothing was changed. The carrier gave no sure answer" in text_of(owner, PAGE)


def test_a_carrier_that_never_answered_leaves_what_the_record_knows(sqlite_console: Console) -> None:
    said = text_of(sqlite_console.signed_in(OWNER), PAGE)
    assert "What you see is what this server knows by itself." in said
    assert "Not known" in said
    assert "Answered by Another" in said
