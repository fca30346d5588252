"""The live board: what it shows to whom, and what many watchers cost."""

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus

import pytest
from sqlalchemy import event

from app.domain.record import LegStatusRecord
from app.domain.roles import Role
from app.services import live_board
from app.services.call_log import CallLog
from app.services.desk import Desk
from app.services.live_board import Board, LiveBoards
from app.store.office_facts import lock_offices, mark_trouble
from tests.store.making import after, keep, plan, save, turn
from tests.support.call_log import fill_console
from tests.support.console import OTHER, OWN, Console
from tests.web.console.test_overview import OWNER, guest_of, text_of

PAGE = f"/console/campaigns/{OWN}/live"
NOW = f"{PAGE}/now"
TAG = re.compile(r'class="tag"|/console/calls/|CA\d|withheld|NANA')


@pytest.fixture
def filled(sqlite_console: Console) -> Console:
    """The small log, and one more caller who is on with Madison."""
    fill_console(sqlite_console)
    database = sqlite_console.desk.database
    save(database, turn(1, plan(1), call_sid="CA6", seconds=10_700))
    keep(database, LegStatusRecord("CA6", 1, "CA9", "in-progress", after(10_710), 2))
    return sqlite_console


@contextmanager
def statements(console: Console) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    engine = console.desk.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def test_the_board_tells_what_goes_on(filled: Console) -> None:
    said = text_of(filled.signed_in(OWNER), PAGE)
    assert "On the line now 3 Talking to an office now 1 Calls today 5 Reached today 1" in said
    assert re.search(r"Madison Open [^.]*?NANA talking since 2:58:30 p\.m\.", said)
    assert "Wausau Open Busy" not in said, "its rest is over"
    assert "12:04 p.m. Madison, spoke with staff, 3 min 10 s" in said
    assert re.search(r"As of 3:00:00 p\.m\. Refresh", said)


def test_an_office_that_failed_or_is_closed_says_so(filled: Console) -> None:
    with filled.desk.database.write() as connection:
        (office,) = lock_offices(connection, 1, ["eau-claire"]).values()
        mark_trouble(connection, office, after(0), after(20_000), hide=True)
    assert "Eau Claire Open Busy Failed" in text_of(filled.signed_in(OWNER), PAGE)
    filled.clock.move(9 * 3600)
    said = text_of(filled.signed_in(OWNER), PAGE)
    assert "All offices are closed; the first opens Wed, Nov 25, " in said
    assert "The last office call ended Nov 24 at " in said
    assert "Closed opens Wed, Nov 25, " in said


def test_a_campaign_without_calls_is_quiet(filled: Console) -> None:
    said = text_of(filled.signed_in(OWNER), f"/console/campaigns/{OTHER}/live")
    assert "Quiet right now." in said
    assert "None in the last seven days." in said


def test_tags_are_for_those_alone_who_may_see_calls(filled: Console) -> None:
    owner, guest = filled.signed_in(OWNER), guest_of(filled)
    filled.add("vera@example.org", Role.VIEWER, OWN)
    viewer = filled.signed_in("vera@example.org")
    for path in (PAGE, NOW):
        # The owner asks first, so that what is remembered was made for somebody who sees all.
        assert TAG.search(owner.get(path).text)
        for visit in (viewer, guest):
            answer = visit.get(path)
            assert "talking since" in answer.text
            assert not TAG.search(answer.text)
        assert not TAG.search(owner.get(f"{path}?wall=1").text)


def test_the_script_gets_the_board_with_a_summary_and_304_while_nothing_changes(filled: Console) -> None:
    owner = filled.signed_in(OWNER)
    first = owner.get(NOW)
    assert first.get_json()["summary"] == ("3 on the line, 1 talking to an office; calls today: 5, reached today: 1.")
    assert html.unescape(first.get_json()["html"]) in html.unescape(owner.get(PAGE).text)
    filled.clock.move(5)
    again = owner.get(NOW, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (HTTPStatus.NOT_MODIFIED, b"")
    save(filled.desk.database, turn(1, call_sid="CA7", seconds=10_800))
    filled.clock.move(5)
    assert owner.get(NOW, headers={"If-None-Match": first.headers["ETag"]}).status_code == HTTPStatus.OK


def test_whoever_was_signed_out_is_told_so_and_not_led_away(filled: Console) -> None:
    answer = filled.visit().get(NOW, headers={"Accept": "application/json"})
    assert answer.status_code == HTTPStatus.UNAUTHORIZED


def test_many_watchers_cost_as_much_as_one_each_second(filled: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[datetime] = []

    def read_board(desk: Desk, log: CallLog, now: datetime) -> Board:
        made.append(now)
        return real(desk, log, now)

    real = live_board.read_board
    monkeypatch.setattr(live_board, "read_board", read_board)
    boards = LiveBoards()
    with ThreadPoolExecutor(8) as pool:
        shown = list(pool.map(lambda _: boards.show(filled.desk, OWN), range(40)))
    assert len(made) == 1
    assert all(board is shown[0] for board in shown)
    filled.clock.move(1)
    assert boards.show(filled.desk, OWN) is not shown[0]
    assert boards.show(filled.desk, OTHER).calls_today == 0


def test_a_board_is_a_handful_of_statements(filled: Console) -> None:
    with statements(filled) as said:
        LiveBoards().show(filled.desk, OWN)
    assert len([each for each in said if each.startswith("SELECT")]) <= 14
