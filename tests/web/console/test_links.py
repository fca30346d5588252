"""Invitations and new passwords by links: once, for a day, and telling nobody who has an account."""

import re
import smtplib
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import pytest

from app.config import Secret, Settings
from app.domain.audit import By
from app.services import invite
from app.services.invite import ask_for_reset, send_link
from app.services.mail import Mailer, MailFailed
from app.services.sessions import Visitor
from app.simulator import MovableClock
from app.store import organizers
from tests.support.console import PASSWORD, Console, Visit, all_rows, open_console
from tests.support.demo import demo_settings

ANA = "ana@example.org"
OWNER = "organizer@demo.invalid"
NEW = "another long password"


class Post:
    """Stands for the mail server."""

    def __init__(self, *, is_down: bool = False) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.is_down = is_down

    def send(self, to: str, subject: str, text: str) -> None:
        if self.is_down:
            raise MailFailed("The mail server did not take the mail (TimeoutError).")
        self.sent.append((to, subject, text))


def invited(console: Console, email: str = ANA) -> str:
    """Invite somebody by the page: the path of the link that it shows."""
    owner = console.signed_in(OWNER)
    owner.get("/console/people")
    page = owner.post("/console/people", {"email": email, "role": "analyst", "reach": "all"}).text
    return str(urlsplit(re.findall(r'id="link" value="([^"]+)"', page)[0]).path)


def choose(visit: Visit, path: str, password: str = NEW, again: str = "") -> int:
    visit.get(path)
    return visit.post(path, {"new_password": password, "again": again or password}).status_code


def test_an_invitation_is_accepted_once(console: Console) -> None:
    path = invited(console)
    assert path.rpartition("/")[2] not in repr(all_rows(console.desk.database))
    visit = console.visit()
    assert "You are invited as analyst." in visit.get(path).text
    assert console.visit().sign_in(ANA, NEW).status_code == HTTPStatus.UNAUTHORIZED
    assert choose(visit, path) == HTTPStatus.SEE_OTHER
    assert visit.get("/console/account").status_code == HTTPStatus.OK
    assert console.visit().get(path).status_code == HTTPStatus.GONE
    late = console.visit()
    late.get("/console/sign-in")
    third = {"new_password": "a third password", "again": "a third password"}
    assert late.post(path, third).status_code == HTTPStatus.GONE
    assert console.visit().sign_in(ANA, NEW).status_code == HTTPStatus.SEE_OTHER
    told = [f"{OWNER} invited {ANA} as analyst.", f"{ANA} accepted the invitation.", f"{ANA} signed in by the link."]
    assert console.audit()[-4:-1] == told


def test_a_link_ends_after_a_day_when_another_is_made_and_when_its_owner_is_disabled(console: Console) -> None:
    path = invited(console)
    console.clock.move(timedelta(hours=23, minutes=59).total_seconds())
    assert console.visit().get(path).status_code == HTTPStatus.OK
    console.clock.move(61)
    assert console.visit().get(path).status_code == HTTPStatus.GONE

    account = console.account(ANA)
    first, second = (urlsplit(send_link(console.desk, By(OWNER), account).url).path for _ in range(2))
    assert console.visit().get(first).status_code == HTTPStatus.GONE
    assert console.visit().get(second).status_code == HTTPStatus.OK
    console.signed_in(OWNER).post(f"/console/people/{account.public_id}/disable")
    assert console.visit().get(second).status_code == HTTPStatus.GONE
    assert console.visit().get(second.replace("invitation", "reset")).status_code == HTTPStatus.GONE


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "at least 12 characters"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "easy to guess"),
        ("Patchline-2026-x", "Patchline-2026-x", "easy to guess"),
        ("my name is ana!!", "my name is ana!!", "easy to guess"),
        ("x1y2z" * 41, "x1y2z" * 41, "at most 200 characters"),
        (NEW, "another", "The two are not the same."),
    ],
)
def test_a_bad_password_is_told_beside_the_field(sqlite_console: Console, password: str, again: str, said: str) -> None:
    path, visit = invited(sqlite_console), sqlite_console.visit()
    visit.get(path)
    answer = visit.post(path, {"new_password": password, "again": again})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.text
    assert password not in answer.text
    assert choose(visit, path) == HTTPStatus.SEE_OTHER


def ask(console: Console, email: str, address: str = "203.0.113.7") -> str:
    visit = console.visit()
    visit.client.environ_base["REMOTE_ADDR"] = address
    visit.get("/console/forgot")
    return visit.post("/console/forgot", {"email": email}).text.replace(email, "…").replace(visit.token, "…")


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(console: Console) -> None:
    console.add(ANA)
    assert ask(console, ANA) == ask(console, "nobody@example.org")
    assert "/console/reset/" not in ask(console, ANA)
    # On one's own machine a demo shows the link, or one that leads nowhere.
    shown = [ask(console, email, "127.0.0.1") for email in (ANA, "nobody@example.org")]
    links = [re.findall(r'"http://[^"]+(/console/reset/[^"]+)"', page)[0] for page in shown]
    assert shown[0].replace(links[0], "") == shown[1].replace(links[1], "")
    assert [console.visit().get(link).status_code for link in links] == [200, 410]


def test_a_link_to_a_new_password_is_mailed_and_ends_all_sessions(
    settings: Settings, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post()
    with open_console(settings, clock) as console:
        desk = replace(console.desk, mailer=post)  # type: ignore[arg-type]  # as far as it is asked
        console.add(ANA)
        old = console.signed_in(ANA)
        by_owner = urlsplit(send_link(console.desk, By(OWNER), console.account(ANA)).url).path
        for email in ("nobody@example.org", ANA):
            work = ask_for_reset(desk, email, Visitor("somewhere"))
            assert work is not None
            work.join()
        [(to, subject, text)] = post.sent
        assert (to, subject) == (ANA, "A new password for Patchline")
        path = urlsplit(text.split()[-1]).path
        # Asking for a link must not end those that are on their way.
        assert console.visit().get(by_owner).status_code == HTTPStatus.OK
        visit = console.visit()
        assert choose(visit, path) == HTTPStatus.SEE_OTHER
        assert visit.get("/console/account").status_code == HTTPStatus.OK
        assert console.visit().get(by_owner).status_code == HTTPStatus.GONE
        assert old.get("/console/account").status_code == HTTPStatus.SEE_OTHER
        assert console.visit().sign_in(ANA, PASSWORD).status_code == HTTPStatus.UNAUTHORIZED
        mails = [ask_for_reset(desk, ANA, Visitor("somewhere")) for _ in range(4)]
        for work in mails:
            if work:
                work.join()
        assert len(post.sent) == 3


def test_a_second_factor_is_still_asked_for_after_a_new_password(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = console.add(ANA)
    with console.desk.database.write() as connection:
        organizers.set_factor(connection, account.id, "v1.sealed", ())
    path = urlsplit(send_link(console.desk, By(OWNER), account).url).path
    visit = console.visit()
    visit.get(path)
    answer = visit.post(path, {"new_password": NEW, "again": NEW})
    assert answer.headers["Location"].startswith("/console/second-factor")
    assert visit.get("/console/account").status_code == HTTPStatus.SEE_OTHER


@pytest.mark.parametrize("is_down", [False, True])
def test_an_invitation_is_mailed_or_its_link_shown_with_the_reason(console: Console, is_down: bool) -> None:
    post = Post(is_down=is_down)
    console.app.desk = replace(console.desk, mailer=post)  # type: ignore[arg-type]  # as far as it is asked
    owner = console.signed_in(OWNER)
    owner.get("/console/people")
    page = owner.post("/console/people", {"email": ANA, "role": "viewer", "reach": "all"}).text
    assert ("did not take the mail" in page) is is_down
    assert ("/console/invitation/" in page) is is_down
    assert len(post.sent) == (0 if is_down else 1)


def test_mail_settings_make_a_mailer(settings: Settings, clock: MovableClock) -> None:
    with_mail = replace(settings, smtp_url=Secret("smtp://a:b@localhost:1"), mail_from="calls@example.org")
    with open_console(with_mail, clock) as console:
        assert console.desk.mailer is not None
        with pytest.raises(MailFailed, match="ConnectionRefusedError"):
            console.desk.mailer.send(ANA, "Subject", "Text")


@pytest.mark.parametrize("by_owner", [False, True])
def test_a_link_ends_when_the_password_is_changed_and_when_somebody_is_signed_out(
    console: Console, by_owner: bool
) -> None:
    account = console.add(ANA)
    ana = console.signed_in(ANA)
    path = urlsplit(send_link(console.desk, By(OWNER), account).url).path
    if by_owner:
        console.signed_in(OWNER).post(f"/console/people/{account.public_id}/end-sessions")
    else:
        ana.post("/console/account/password", {"password": PASSWORD, "new_password": NEW, "again": NEW})
    assert console.visit().get(path).status_code == HTTPStatus.GONE


def test_a_link_ends_the_session_that_the_browser_had_before(console: Console) -> None:
    account = console.add(ANA)
    visit = console.signed_in(OWNER)
    before = visit.cookie()
    assert choose(visit, urlsplit(send_link(console.desk, By(OWNER), account).url).path) == HTTPStatus.SEE_OTHER
    thief = console.visit()
    thief.client.set_cookie("patchline", before)
    assert thief.get("/console/account").status_code == HTTPStatus.SEE_OTHER


def test_a_link_opens_nothing_whose_account_was_disabled_while_the_password_was_hashed(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = console.add(ANA)
    path = urlsplit(send_link(console.desk, By(OWNER), account).url).path

    def hash_and_disable(password: str) -> str:
        with console.desk.database.write() as connection:
            organizers.set_disabled(connection, account.id, console.clock.now())
        return password

    monkeypatch.setattr(invite, "hash_password", hash_and_disable)
    assert choose(console.visit(), path) == HTTPStatus.GONE
    assert console.account(ANA).password_hash == account.password_hash


@pytest.mark.parametrize(
    ("host", "change", "is_shown"),
    [
        ("localhost", {}, True),
        ("calls.example.org", {}, False),
        ("localhost", {"public_url": "http://calls.example.org"}, False),
        ("localhost", {"trusted_proxies": 2}, False),
    ],
)
def test_a_demo_shows_no_link_to_who_comes_through_a_tunnel(
    sqlite_url: str, tmp_path: Path, clock: MovableClock, host: str, change: dict[str, Any], is_shown: bool
) -> None:
    with open_console(replace(demo_settings(sqlite_url, tmp_path), **change), clock) as console:
        console.add(ANA)
        visit, there = console.visit(), {"base_url": f"http://{host}"}
        visit.get("/console/forgot", **there)
        answer = visit.post("/console/forgot", {"email": ANA}, **there)
        assert answer.status_code == HTTPStatus.OK
        assert ("/console/reset/" in answer.text) is is_shown


class Server:
    """Stands for a mail server that knows no TLS."""

    def __init__(self, *_: object, **__: object) -> None:
        self.sent: list[str] = []
        servers.append(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def ehlo(self) -> tuple[int, bytes]:
        return 250, b""

    def has_extn(self, _: str) -> bool:
        return False

    def starttls(self, context: object) -> None:
        raise smtplib.SMTPNotSupportedError

    def send_message(self, message: object) -> None:
        self.sent.append(str(message))


servers: list[Server] = []


@pytest.mark.parametrize(
    ("host", "is_sent"),
    [("localhost", True), ("127.0.0.1", True), ("[::1]", True), ("mail.example.org", False), ("192.0.2.1", False)],
)
def test_mail_goes_in_the_clear_to_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch, host: str, is_sent: bool
) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Server)
    mailer = Mailer(Secret(f"smtp://{host}:25"), "calls@example.org")
    with nullcontext() if is_sent else pytest.raises(MailFailed, match="SMTPNotSupportedError"):
        mailer.send(ANA, "Subject", "Text")
    assert bool(servers[-1].sent) is is_sent
