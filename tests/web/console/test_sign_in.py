"""Signing in and out: sessions are the server's, wrong tries cost time, and nobody learns who has an account."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

import pytest

from app.config import Settings
from app.domain.audit import By
from app.services import account as account_service
from app.services import passwords, sign_in
from app.services.invite import send_link
from app.services.passwords import NOBODYS, is_outdated
from app.services.people import revoke_all
from app.services.sessions import Visitor, find_session
from app.services.share_links import make_share_link
from app.services.tokens import hashed
from app.simulator import MovableClock
from app.store.schema import metadata
from tests.support.console import OWN, PASSWORD, START, Console, Visit, all_rows, open_console

ANA = "ana@example.org"
HOUR = 3600


@pytest.fixture
def ana(console: Console) -> Visit:
    """Ana's browser, before she signs in."""
    console.add(ANA)
    return console.visit()


def test_the_right_password_opens_the_console_and_leads_to_the_page_that_was_asked_for(ana: Visit) -> None:
    asked = ana.get("/console/account")
    assert asked.headers["Location"] == "/console/sign-in?next=/console/account"
    answer = ana.sign_in(" ANA@Example.org ", next="/console/account")
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.headers["Location"] == "/console/account"
    assert ANA in ana.get("/console/account").text


def test_known_and_unknown_addresses_get_the_same_answer_for_the_same_work(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.add(ANA)
    console.add("gone@example.org")
    with console.desk.database.write() as connection:
        table = metadata.tables["organizers"]
        connection.execute(
            table.update().where(table.c.email == "gone@example.org").values(disabled_at=console.clock.now())
        )
    looked_at: list[str] = []
    verify = passwords._hasher.verify

    class Hasher:
        def verify(self, password_hash: str, password: bytes) -> bool:
            looked_at.append(password_hash)
            return verify(password_hash, password)

    monkeypatch.setattr(passwords, "_hasher", Hasher())
    pages = set()
    for email, password in ((ANA, "wrong"), ("nobody@example.org", "wrong"), ("gone@example.org", PASSWORD)):
        visit = console.visit()
        answer = visit.sign_in(email, password)
        assert answer.status_code == HTTPStatus.UNAUTHORIZED
        pages.add(answer.text.replace(email, "…").replace(visit.token, "…"))
    assert len(pages) == 1
    assert "The address or the password is wrong." in pages.pop()
    assert len(looked_at) == 3
    assert looked_at[1:] == [NOBODYS, NOBODYS]


def test_nobodys_hash_takes_as_long_as_everybodys() -> None:
    assert not is_outdated(NOBODYS)


def test_what_was_typed_is_kept_but_the_password(ana: Visit) -> None:
    answer = ana.sign_in('"><script>alert(1)</script>@x', "my secret word")
    assert "&#34;&gt;&lt;script&gt;" in answer.text
    assert "<script>alert" not in answer.text
    assert "my secret word" not in answer.text


def test_signing_in_changes_the_session_and_signing_out_ends_it_on_the_server(console: Console, ana: Visit) -> None:
    ana.get("/console/sign-in")
    before = ana.cookie()
    ana.sign_in(ANA)
    after = ana.cookie()
    assert before
    assert before != after
    # Who fixed the visit before has nothing of the session.
    thief = console.visit()
    thief.client.set_cookie("patchline", before)
    assert thief.get("/console/account").status_code == HTTPStatus.SEE_OTHER
    ana.get("/console/account")
    assert ana.post("/console/sign-out").status_code == HTTPStatus.SEE_OTHER
    assert not ana.cookie()
    thief.client.set_cookie("patchline", after)
    assert thief.get("/console/account").status_code == HTTPStatus.SEE_OTHER


def test_only_hashes_are_kept(console: Console, ana: Visit) -> None:
    ana.sign_in(ANA)
    kept = repr(all_rows(console.desk.database))
    assert hashed(ana.cookie()) in kept
    for secret in (ana.cookie(), ana.cookie("patchline-device"), PASSWORD):
        assert secret not in kept
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in kept


@pytest.mark.parametrize(("idle_hours", "is_in"), [(7.9, True), (8.1, False)])
def test_a_session_ends_when_nobody_uses_it(console: Console, ana: Visit, idle_hours: float, is_in: bool) -> None:
    ana.sign_in(ANA)
    console.clock.move(idle_hours * HOUR)
    assert (ana.get("/console/account").status_code == HTTPStatus.OK) is is_in


def test_a_session_in_use_ends_after_a_week(console: Console, ana: Visit) -> None:
    ana.sign_in(ANA)
    for _ in range(27):
        console.clock.move(6 * HOUR)
        assert ana.get("/console/account").status_code == HTTPStatus.OK
    console.clock.move(6 * HOUR)
    assert ana.get("/console/account").status_code == HTTPStatus.SEE_OTHER


def test_whoever_is_disabled_is_out_at_once(console: Console, ana: Visit) -> None:
    ana.sign_in(ANA)
    owner = console.signed_in("organizer@demo.invalid")
    owner.post(f"/console/people/{console.account(ANA).public_id}/disable")
    assert ana.get("/console/account").status_code == HTTPStatus.SEE_OTHER
    assert console.visit().sign_in(ANA).status_code == HTTPStatus.UNAUTHORIZED
    owner.post(f"/console/people/{console.account(ANA).public_id}/enable")
    assert ana.get("/console/account").status_code == HTTPStatus.SEE_OTHER
    assert console.visit().sign_in(ANA).status_code == HTTPStatus.SEE_OTHER


def test_cookies_over_https_are_bound_to_the_host(settings: Settings, clock: MovableClock) -> None:
    with open_console(replace(settings, public_url="https://calls.example.org"), clock) as console:
        console.add(ANA)
        visit = console.visit()
        https = {"base_url": "https://calls.example.org"}
        visit.get("/console/sign-in", **https)
        answer = visit.post("/console/sign-in", {"email": ANA, "password": PASSWORD}, **https)
        cookies = answer.headers.getlist("Set-Cookie")
        assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-patchline", "__Host-patchline-device"}
        for cookie in cookies:
            assert "Secure; HttpOnly; Path=/; SameSite=Lax" in cookie
            assert "Domain" not in cookie


def test_signing_in_again_ends_the_session_before(console: Console, ana: Visit) -> None:
    ana.sign_in(ANA)
    before = ana.cookie()
    ana.sign_in(ANA)
    thief = console.visit()
    thief.client.set_cookie("patchline", before)
    assert thief.get("/console/account").status_code == HTTPStatus.SEE_OTHER
    assert ana.get("/console/account").status_code == HTTPStatus.OK


@pytest.mark.parametrize("change", [{"password_hash": "new"}, {"factor_secret": "v1.new"}, {"disabled_at": START}])
def test_what_changes_while_a_password_is_looked_at_counts(
    console: Console, ana: Visit, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    def fits(password_hash: str | None, password: str) -> bool:
        with console.desk.database.write() as connection:
            table = metadata.tables["organizers"]
            connection.execute(table.update().where(table.c.email == ANA).values(**change))
        return passwords.fits(password_hash, password)

    monkeypatch.setattr(sign_in, "fits", fits)
    assert ana.sign_in(ANA).status_code == HTTPStatus.UNAUTHORIZED
    assert not all_rows(console.desk.database)["sign_in_sessions"]


def test_a_password_cannot_be_changed_by_a_session_that_a_new_password_has_ended(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = console.add(ANA)
    thief = console.signed_in(ANA)
    signed_in = find_session(console.desk, thief.cookie())
    assert signed_in

    def hash_late(password: str) -> str:
        revoke_all(console.desk, By("the owner"), account)
        return passwords.hash_password(password)

    monkeypatch.setattr(account_service, "hash_password", hash_late)
    new = {"new_password": "a new long password", "again": "a new long password"}
    answer = thief.post("/console/account/password", {"password": PASSWORD, **new})
    assert answer.headers["Location"] == "/console/sign-in"
    assert console.account(ANA).password_hash == account.password_hash
    assert account_service.sign_out_elsewhere(console.desk, signed_in, Visitor("somewhere")) is None
    assert thief.get("/console/account").status_code == HTTPStatus.SEE_OTHER


def test_what_ended_a_week_ago_is_deleted_when_somebody_signs_in(console: Console, ana: Visit) -> None:
    account = console.add("bert@example.org")
    for _ in range(2):
        console.signed_in(account.email)
        send_link(console.desk, By("the test"), account)
        make_share_link(console.desk, By("the test"), account.member(), OWN, "", 1)

    def kept() -> list[int]:
        rows = all_rows(console.desk.database)
        theirs = [[row[3] for row in rows[name]].count(account.id) for name in ("sign_in_sessions", "single_use_links")]
        return [*theirs, len(rows["share_links"])]

    console.clock.move(7 * 24 * HOUR)
    ana.sign_in(ANA)
    assert kept() == [2, 2, 2]
    console.clock.move(8 * 24 * HOUR)
    ana.sign_in(ANA)
    # The last session stays: it tells when they were here.
    assert kept() == [1, 0, 0]
