"""Wrong tries cost time, and nobody can lock somebody else out by them."""

from contextlib import closing
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest

from app import create_app
from app.config import Settings
from app.domain.audit import By
from app.services import account, passwords, sign_in
from app.services.invite import send_link
from app.services.sessions import Visitor
from app.simulator import MovableClock
from app.store.database import Database
from tests.support.console import PASSWORD, Console, Visit, all_rows, open_console

ANA = "ana@example.org"
HOUR = 3600


@pytest.fixture
def ana(console: Console) -> Visit:
    """Ana's browser, before she signs in."""
    console.add(ANA)
    return console.visit()


def wrong_tries(console: Console, network: int, count: int, email: str = ANA) -> list[int]:
    statuses = []
    for _ in range(count):
        visit = console.visit()
        visit.client.environ_base["REMOTE_ADDR"] = f"203.0.{network}.7"
        statuses.append(visit.sign_in(email, "wrong").status_code)
    return statuses


def test_wrong_tries_cost_time_and_the_page_says_how_much(console: Console, ana: Visit) -> None:
    assert wrong_tries(console, 1, 6) == [401] * 5 + [429]
    ana.client.environ_base["REMOTE_ADDR"] = "203.0.1.99"
    answer = ana.sign_in(ANA)
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Wait 6 minutes, use a browser that you have signed in by before" in answer.text
    assert answer.headers["Retry-After"] == "360"
    console.clock.move(361)
    assert ana.sign_in(ANA).status_code == HTTPStatus.SEE_OTHER


def test_an_unknown_address_is_slowed_down_alike(console: Console) -> None:
    assert wrong_tries(console, 1, 6, "nobody@example.org") == [401] * 5 + [429]


def test_however_often_it_is_tried_at_most_twenty_an_hour_are_looked_at(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def never(_: str | None, password: str) -> bool:
        looked_at.append(password)
        return False

    monkeypatch.setattr(sign_in, "fits", never)
    for _ in range(360):
        console.clock.move(10)
        sign_in.sign_in(console.desk, ANA, "wrong", Visitor(f"203.0.{len(looked_at)}.0/24"), "")
    assert 15 < len(looked_at) <= 20


def test_one_network_cannot_use_up_the_tries_of_an_account(console: Console, ana: Visit) -> None:
    console.clock.move(HOUR)
    for _ in range(12):  # an hour of trying as often as it is let
        wrong_tries(console, 1, 2)
        console.clock.move(300)
    ana.client.environ_base["REMOTE_ADDR"] = "198.51.100.1"
    assert ana.sign_in(ANA).status_code == HTTPStatus.SEE_OTHER


def test_nobody_can_lock_a_browser_out_that_its_owner_has_signed_in_by(console: Console, ana: Visit) -> None:
    ana.sign_in(ANA)
    ana.get("/console/account")
    ana.post("/console/sign-out")
    for network in range(8):
        wrong_tries(console, network, 5)
    assert console.visit().sign_in(ANA).status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert ana.sign_in(ANA).status_code == HTTPStatus.SEE_OTHER
    # What shows it is good for this one account, and cannot be made up.
    console.add("bert@example.org")
    other = console.visit()
    other.client.set_cookie("patchline-device", ana.cookie("patchline-device"))
    wrong_tries(console, 30, 5, "bert@example.org")
    assert other.sign_in("bert@example.org").status_code == HTTPStatus.TOO_MANY_REQUESTS
    other.client.set_cookie("patchline-device", "x." + "0" * 64)
    assert other.sign_in(ANA).status_code == HTTPStatus.TOO_MANY_REQUESTS


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_the_network_is_what_our_own_proxies_say(settings: Settings, clock: MovableClock, proxies: int) -> None:
    seen = {0: "somewhere", 1: "198.51.100.0/24", 2: "203.0.113.0/24"}
    with open_console(replace(settings, trusted_proxies=proxies), clock) as console:
        console.add(ANA)
        visit = console.visit()
        visit.get("/console/sign-in")
        told = {"X-Forwarded-For": "192.0.2.1, 203.0.113.5, 198.51.100.9"}
        visit.post("/console/sign-in", {"email": ANA, "password": PASSWORD}, headers=told)
        places = [row[-1] for row in all_rows(console.desk.database)["audit"]]
        assert seen[proxies] in repr(all_rows(console.desk.database)["sign_in_sessions"]), places


def test_old_buckets_are_not_kept(console: Console, database: Database) -> None:
    wrong_tries(console, 1, 3)
    console.clock.move(24 * HOUR)
    wrong_tries(console, 2, 1, "bert@example.org")
    assert len(all_rows(database)["sign_in_attempts"]) == 3


def test_who_signs_in_cannot_take_all_threads_from_the_callers(
    sqlite_console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_console.add(ANA)
    with monkeypatch.context() as patch:
        patch.setattr(passwords._line, "acquire", lambda blocking: False)
        answer = sqlite_console.visit().sign_in(ANA)
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert answer.headers["Retry-After"] == "10"
    assert sqlite_console.visit().sign_in(ANA).status_code == HTTPStatus.SEE_OTHER


def test_behind_an_unknown_proxy_nobody_is_locked_out_by_strangers(console: Console, ana: Visit) -> None:
    headers = {"X-Forwarded-For": "198.51.100.9"}
    for number in range(40):
        stranger = console.visit()
        stranger.get("/console/sign-in")
        stranger.post("/console/sign-in", {"email": f"x{number}@example.org", "password": "x"}, headers=headers)
    ana.post("/console/leave")
    ana.get("/console/sign-in")
    answer = ana.post("/console/sign-in", {"email": ANA, "password": PASSWORD}, headers=headers)
    assert answer.status_code == HTTPStatus.SEE_OTHER


def test_whoever_has_to_wait_writes_nothing(console: Console) -> None:
    wrong_tries(console, 1, 6, "nobody@example.org")
    before = all_rows(console.desk.database)
    wrong_tries(console, 1, 3, "nobody@example.org")
    assert all_rows(console.desk.database) == before


def test_a_demos_owner_opens_nothing_in_a_live_installation(settings: Settings, clock: MovableClock) -> None:
    with open_console(settings, clock) as demo:
        token = demo.signed_in("organizer@demo.invalid").cookie()
    live = replace(settings, account_sid="AC" + "1" * 32)
    with closing(create_app(live, clock)) as app:
        client = app.test_client()
        client.set_cookie("patchline", token)
        assert client.get("/console/people", headers={"Accept": "text/html"}).status_code == HTTPStatus.SEE_OTHER


def test_a_nul_is_refused_before_it_reaches_a_database(console: Console, ana: Visit) -> None:
    ana.get("/console/sign-in")
    assert ana.post("/console/sign-in", {"email": "a\0@example.org", "password": "x"}).status_code == 400
    assert ana.get("/console/campaigns/%00/calls").status_code == 400


def test_who_finds_no_place_in_line_has_not_tried(sqlite_console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    sqlite_console.add(ANA)
    ana = sqlite_console.signed_in(ANA)
    link = urlsplit(send_link(sqlite_console.desk, By("the test"), sqlite_console.account(ANA)).url).path
    new = {"new_password": "another long password", "again": "another long password"}
    with monkeypatch.context() as patch:
        patch.setattr(passwords._line, "acquire", lambda blocking: False)
        for _ in range(6):
            assert sqlite_console.visit().sign_in(ANA).headers["Retry-After"] == "10"
            page = ana.post("/console/account/second-factor/codes", {"password": PASSWORD}).text
            assert "Wait a minute" in page
        # A new password waits in the same line.
        visit = sqlite_console.visit()
        visit.get(link)
        assert visit.post(link, new).status_code == HTTPStatus.TOO_MANY_REQUESTS
        with pytest.raises(passwords.Busy):
            passwords.hash_password(PASSWORD)
    assert sqlite_console.visit().sign_in(ANA).status_code == HTTPStatus.SEE_OTHER
    assert "recovery" in ana.post("/console/account/second-factor/codes", {"password": PASSWORD}).text.lower()
    with monkeypatch.context() as patch:
        patch.setattr(account, "hash_password", _busy)
        answer = ana.post("/console/account/password", {"password": PASSWORD, **new})
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert visit.post(link, new).status_code == HTTPStatus.SEE_OTHER


def _busy(_: str) -> str:
    raise passwords.Busy


@pytest.mark.parametrize("ends", ["nothing", "password", "everywhere", "owner", "time"])
def test_a_known_browser_is_so_for_a_time_and_until_somebody_signs_out_everywhere(console: Console, ends: str) -> None:
    person = console.add(ANA)
    known, other = console.visit(), console.signed_in(ANA)
    known.sign_in(ANA)
    if ends == "password":
        new = "a new long password"
        other.post("/console/account/password", {"password": PASSWORD, "new_password": new, "again": new})
    elif ends == "everywhere":
        other.post("/console/account/sessions/end-others")
    elif ends == "owner":
        console.signed_in("organizer@demo.invalid").post(f"/console/people/{person.public_id}/end-sessions")
    elif ends == "time":
        console.clock.move(181 * 24 * HOUR)
    for network in range(8):
        wrong_tries(console, network, 5)
    is_known = known.sign_in(ANA, "wrong").status_code == HTTPStatus.UNAUTHORIZED
    assert is_known is (ends == "nothing")
