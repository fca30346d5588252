"""The live board: what it shows to whom, and what many watchers cost."""

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus

import pytest
from sqlalchemy import event

from app.domain.record import LegStatusRecord
from app.domain.roles import Role
from app.flow.patch_through import FLOW
from app.services.campaigns import export_campaign, import_campaign
from app.services.live_board import LiveBoards
from app.web.console.live_shown import STAGE_OF
from tests.store.making import after, keep, plan, save, trouble, turn
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
    figures = "On the line now 3 Talking to an office now 1 Waiting in the menu 2 Calls today 5 Reached today 1"
    assert figures in said
    assert "Goal" not in said
    assert re.search(r"Madison Open until 5:00 p\.m\. C[DS]T NANA talking since 2:58:30 p\.m\.", said)
    assert re.search(r"In the menu \S+ step-1 since 2:30:00 p\.m\.", said)
    assert "Wausau Open Busy" not in said, "its rest is over"
    assert "2 calls began in the last hour, 1 at most in a minute." in said
    assert "12:04 p.m. Madison, spoke with staff, 3 min 10 s" in said
    assert re.search(r"As of 3:00:00 p\.m\. Refresh", said)


def test_an_office_with_trouble_or_closed_says_so(filled: Console) -> None:
    could_not = {"could_not_1_at": after(10_500), "could_not_2_at": after(10_000)}
    trouble(filled.desk.database, "eau-claire", cooled_until=after(20_000), hidden_at=after(0), **could_not)
    assert "Eau Claire Open Busy Failed Mailbox may be full" in text_of(filled.signed_in(OWNER), PAGE)
    filled.clock.move(9 * 3600)
    said = text_of(filled.signed_in(OWNER), PAGE)
    assert "Offices open in 8 h 0 min. Voicemails still count. Last office call 9 h 58 min ago to Eau Claire." in said
    assert "Closed opens Wed, Nov 25, " in said
    assert re.search(r"Last office calls Nov 24, \d+:\d\d p\.m\. ", said), "it is midnight: they were yesterday"
    assert "Mailbox may be full" not in said


def test_a_campaign_without_calls_is_quiet(filled: Console) -> None:
    said = text_of(filled.signed_in(OWNER), f"/console/campaigns/{OTHER}/live")
    assert "Quiet right now." in said
    assert "None in the last seven days." in said
    assert "No call in the last hour." in said


def test_a_goal_is_told_with_how_far_it_is(filled: Console) -> None:
    document = export_campaign(filled.desk.database, OWN)
    hoped = replace(document, campaign=replace(document.campaign, goal_calls=24))
    import_campaign(filled.desk.database, filled.app.hotline.keys, filled.clock, hoped)
    assert "Goal 25 % 6 of 24 calls" in text_of(filled.signed_in(OWNER), PAGE)


def test_tags_are_for_those_alone_who_may_see_calls(filled: Console) -> None:
    owner, guest = filled.signed_in(OWNER), guest_of(filled)
    filled.add("vera@example.org", Role.VIEWER, OWN)
    viewer = filled.signed_in("vera@example.org")
    for path in (PAGE, NOW):
        # The owner asks first, so that what is remembered was made for somebody who sees all.
        assert TAG.search(owner.get(path).text)
        for visit in (viewer, guest):
            answer = visit.get(path)
            assert "talking <span data-since=" in answer.text if path == PAGE else answer.get_json()["html"]
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


def test_many_watchers_cost_one_statement_a_second_until_something_happens(filled: Console) -> None:
    boards = LiveBoards()
    first = boards.show(filled.desk, OWN)
    with statements(filled) as said, ThreadPoolExecutor(8) as pool:
        filled.clock.move(1)
        shown = list(pool.map(lambda _: boards.show(filled.desk, OWN), range(40)))
    assert all(board is first for board in shown)
    assert len([each for each in said if each.startswith("SELECT")]) == 1
    save(filled.desk.database, turn(2, call_sid="CA5", seconds=9010))
    assert boards.show(filled.desk, OWN) is first, "not within the second"
    filled.clock.move(1)
    second = boards.show(filled.desk, OWN)
    assert second is not first
    filled.clock.move(5)
    assert boards.show(filled.desk, OWN) is not second, "time itself may have changed it"
    assert boards.show(filled.desk, OTHER).calls_today == 0


def test_there_is_a_word_for_each_step_that_a_caller_can_be_at() -> None:
    assert set(STAGE_OF) == {name for name, step in FLOW.items() if step.hear}


def test_a_board_is_a_handful_of_statements(filled: Console) -> None:
    with statements(filled) as said:
        LiveBoards().show(filled.desk, OWN)
    assert len([each for each in said if each.startswith("SELECT")]) <= 17
