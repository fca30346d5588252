"""Fixtures: the organizers' console on each database, and organizers who have signed in."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import create_app
from app.config import Settings
from app.domain.audit import By
from app.domain.organizers import Access, Account
from app.domain.roles import Role
from app.services.desk import Desk
from app.services.invite import add_with_password
from app.services.people import find_by_email
from app.services.sessions import Visitor, begin_session
from app.simulator import MovableClock
from app.store.database import Database
from app.store.schema import metadata
from app.web.application import Patchline
from tests.support.demo import OTHER, OWN, START, demo_settings, put_demo

NAME = "Honduras 2017"
PASSWORD = "correct horse battery"
__all__ = ["OTHER", "OWN", "START"]

HTML = {"Accept": "text/html"}

_FIELD = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')


class Visit:
    """A browser with its cookies; it sends the token of the page that it has seen last."""

    def __init__(self, app: Patchline) -> None:
        self.client: FlaskClient = app.test_client()
        self.token = ""

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._seen(self.client.get(path, **{"headers": HTML, **options}))

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        form = {"csrf_token": self.token, **(data or {})}
        return self._seen(self.client.post(path, data=form, **{"headers": HTML, **options}))

    def sign_in(self, email: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        self.get("/console/sign-in")
        return self.post("/console/sign-in", {"email": email, "password": password, **fields})

    def cookie(self, name: str = "patchline") -> str:
        found = self.client.get_cookie(name)
        return found.value if found else ""

    def _seen(self, answer: TestResponse) -> TestResponse:
        if found := _FIELD.search(answer.text):
            self.token = found[1]
        return answer


class Console:
    """The console of a demo with two campaigns, whose clock can be moved."""

    def __init__(self, app: Patchline, clock: MovableClock) -> None:
        self.app = app
        self.clock = clock

    @property
    def desk(self) -> Desk:
        return self.app.desk

    def visit(self) -> Visit:
        return Visit(self.app)

    def account(self, email: str) -> Account:
        return find_by_email(self.desk, email)

    def add(self, email: str, role: Role = Role.ORGANIZER, *slugs: str, may_search: bool = False) -> Account:
        access = Access(role, not slugs, frozenset(slugs), may_search)
        add_with_password(self.desk, By("the test"), email, access, PASSWORD)
        return self.account(email)

    def signed_in(self, email: str) -> Visit:
        """A browser by which somebody has signed in, without the work of a password."""
        visit = self.visit()
        with self.desk.database.write() as connection:
            token = begin_session(connection, self.account(email), Visitor("the test"), self.clock.now())
        visit.client.set_cookie("patchline", token)
        visit.get("/console/account")
        return visit

    def audit(self) -> list[str]:
        """All sentences of the audit, the oldest first."""
        table = metadata.tables["audit"]
        with self.desk.database.read() as connection:
            return list(connection.scalars(select(table.c.sentence).order_by(table.c.id)))


def all_rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the database holds."""
    with database.read() as connection:
        tables = metadata.sorted_tables
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}


@contextmanager
def open_console(settings: Settings, clock: MovableClock) -> Iterator[Console]:
    """The console of an installation, with a second campaign beside the demo's."""
    put_demo(settings, with_another=True)
    with closing(create_app(settings, clock)) as app:
        yield Console(app, clock)


@pytest.fixture
def clock() -> MovableClock:
    """A clock that stands still until it is moved."""
    return MovableClock(START)


@pytest.fixture
def console(settings: Settings, clock: MovableClock) -> Iterator[Console]:
    """The console with two campaigns, on each database in turn."""
    with open_console(settings, clock) as made:
        yield made


@pytest.fixture
def sqlite_console(sqlite_url: str, tmp_path: Path, clock: MovableClock) -> Iterator[Console]:
    """The same on SQLite alone, for what has nothing to do with the database."""
    with open_console(demo_settings(sqlite_url, tmp_path), clock) as made:
        yield made
