"""Every page x every role x own and another campaign, made from the URL map; nothing is left out of it."""

from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from app.domain.audit import By
from app.domain.roles import Act, Guest, Member, Role, may
from app.services.share_links import make_share_link
from app.web.console.guard import declared
from tests.support.console import HTML, OTHER, OWN, Console, Visit, all_rows
from tests.web.console.routes import UNSAFE, Route, console_routes

OPEN = {
    "console.sign_in_page",
    "console.check_sign_in",
    "console.ask_factor",
    "console.check_factor",
    "console.forgot",
    "console.mail_reset",
    "console.invitation",
    "console.accept_invitation",
    "console.reset",
    "console.set_password",
    "console.open_share",
}
"""What somebody may see who has not signed in: nothing but the ways in."""


def ask(visit: Visit, route: Route) -> TestResponse:
    if route.method == "GET":
        return visit.get(route.path)
    return visit.client.open(
        route.path, method=route.method, headers=HTML, data={"csrf_token": visit.token}, buffered=True
    )


def is_sent_to_sign_in(answer: TestResponse) -> bool:
    there = answer.headers.get("Location", "").startswith("/console/sign-in?next=")
    if answer.status_code == HTTPStatus.UNAUTHORIZED:
        return "You were signed out." in answer.text
    return answer.status_code == HTTPStatus.SEE_OTHER and there


def test_every_page_says_whom_it_is_for(sqlite_console: Console) -> None:
    app = sqlite_console.app
    rules = {route.endpoint: declared(app, route.endpoint) for route in console_routes(app)}
    assert [endpoint for endpoint, rule in rules.items() if rule is None] == []
    assert {endpoint for endpoint, rule in rules.items() if not isinstance(rule, Act)} == OPEN


def test_a_page_that_does_not_say_so_is_refused_even_to_an_owner(sqlite_console: Console) -> None:
    app = sqlite_console.app
    app.add_url_rule("/console/new", "console.undeclared", lambda: "secret")
    answer = sqlite_console.signed_in("organizer@demo.invalid").get("/console/new")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "secret" not in answer.text
    assert is_sent_to_sign_in(sqlite_console.visit().get("/console/new"))


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_what_it_may_and_nothing_else(sqlite_console: Console, role: Role) -> None:
    console = sqlite_console
    account = console.add("somebody@example.org", role, *(() if role is Role.OWNER else (OWN,)))
    visit = console.signed_in(account.email)
    for slug in (OWN, OTHER):
        for route in console_routes(console.app, slug):
            act = declared(console.app, route.endpoint)
            if not isinstance(act, Act) or (slug == OTHER and not route.of_campaign):
                continue
            answer = ask(visit, route)
            if route.method in UNSAFE and is_sent_to_sign_in(visit.get("/console/account")):
                # It has ended the session.
                visit = console.signed_in(account.email)
            allowed = may(account.member(), act, slug if route.of_campaign else None)
            refused = answer.status_code == HTTPStatus.FORBIDDEN
            assert refused is not allowed, (route, slug, answer.status_code)
            assert not is_sent_to_sign_in(answer), route
            assert answer.status_code < 500, route


def test_nobody_gets_anything_but_the_ways_in(sqlite_console: Console) -> None:
    console = sqlite_console
    for route in console_routes(console.app):
        visit = console.visit()
        visit.get("/console/sign-in")
        answer = ask(visit, route)
        assert is_sent_to_sign_in(answer) is (route.endpoint not in OPEN), (route, answer.status_code)
        assert answer.status_code < 500, route
    assert is_sent_to_sign_in(console.visit().get("/console/nothing/here"))


def test_a_guest_gets_the_figures_of_one_campaign(sqlite_console: Console) -> None:
    console = sqlite_console
    owner = console.account("organizer@demo.invalid").member()
    url = make_share_link(console.desk, By(owner.email), owner, OWN, "the board", 1)
    guest, visit = Guest(OWN), console.visit()
    visit.get(urlsplit(url).path)
    for slug in (OWN, OTHER):
        for route in console_routes(console.app, slug):
            act = declared(console.app, route.endpoint)
            if isinstance(act, Act):
                allowed = may(guest, act, slug if route.of_campaign else None)
                assert is_sent_to_sign_in(ask(visit, route)) is not allowed, route


def test_a_campaign_that_is_not_there_is_not_found_by_who_has_all_and_refused_to_who_has_some(
    sqlite_console: Console,
) -> None:
    some = sqlite_console.add("some@example.org", Role.ORGANIZER, OWN)
    path = "/console/campaigns/never-heard-of/share"
    assert sqlite_console.signed_in("organizer@demo.invalid").get(path).status_code == HTTPStatus.NOT_FOUND
    assert sqlite_console.signed_in(some.email).get(path).status_code == HTTPStatus.FORBIDDEN


def test_looking_changes_nothing(console: Console) -> None:
    visit = console.signed_in("organizer@demo.invalid")
    for route in console_routes(console.app):
        if route.method not in UNSAFE:
            before = all_rows(console.desk.database)
            visit.get(route.path)
            console.visit().get(route.path)
            assert all_rows(console.desk.database) == before, route


def test_nothing_is_done_without_the_token_of_this_session(sqlite_console: Console) -> None:
    console = sqlite_console
    owner, other = console.signed_in("organizer@demo.invalid"), console.signed_in("organizer@demo.invalid")
    mine = owner.token
    before = all_rows(console.desk.database)
    wrong: list[tuple[dict[str, str], dict[str, str]]] = [
        ({}, {}),
        ({"csrf_token": ""}, {}),
        ({"csrf_token": "é" * 64}, {}),
        ({"csrf_token": other.token}, {}),
        ({"csrf_token": mine}, {"Sec-Fetch-Site": "cross-site"}),
        ({"csrf_token": mine}, {"Sec-Fetch-Site": "same-site"}),
        ({"csrf_token": mine}, {"Origin": "https://evil.example"}),
        ({"csrf_token": mine}, {"Origin": "http://localhost.evil.example"}),
    ]
    routes = [route for route in console_routes(console.app) if route.method in UNSAFE]
    for route in routes:
        for form, headers in wrong:
            answer = owner.client.open(route.path, method=route.method, data=form, headers=headers)
            assert answer.status_code == HTTPStatus.BAD_REQUEST, (route, form, headers)
        query = owner.client.open(f"{route.path}?csrf_token={mine}", method=route.method)
        assert query.status_code == HTTPStatus.BAD_REQUEST
        if route.endpoint in OPEN:
            stranger = console.visit().client.open(route.path, method=route.method, data={"csrf_token": mine})
            assert stranger.status_code == HTTPStatus.BAD_REQUEST
    assert all_rows(console.desk.database) == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "null"},
        {"Origin": "http://localhost"},
        {"Origin": "http://127.0.0.1:5000"},
    ],
)
def test_what_browsers_say_of_our_own_pages_is_good(sqlite_console: Console, headers: dict[str, str]) -> None:
    owner = sqlite_console.signed_in("organizer@demo.invalid")
    path = "/console/account/sessions/end-others"
    by_field = owner.post(path, headers=headers)
    assert by_field.status_code == HTTPStatus.SEE_OTHER
    owner.get("/console/account")
    by_header = owner.client.post(path, headers={**headers, "X-CSRF-Token": owner.token})
    assert by_header.status_code == HTTPStatus.SEE_OTHER


def test_pages_of_the_console_are_kept_by_nobody(sqlite_console: Console) -> None:
    for path in ("/console/", "/console/sign-in", "/console/nothing"):
        assert sqlite_console.visit().get(path).headers["Cache-Control"] == "no-store"


def test_a_member_and_a_program_are_told_alike(sqlite_console: Console) -> None:
    for accept in ("application/json", "text/event-stream"):
        answer = sqlite_console.visit().client.get("/console/people", headers={"Accept": accept})
        assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert isinstance(sqlite_console.account("organizer@demo.invalid").member(), Member)
