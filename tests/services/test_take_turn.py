"""A turn: few statements, and none lost while the database takes nothing."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.config import Settings
from app.domain.events import DialEnded, Event, Pressed, Silence, Started
from app.domain.phone_numbers import read_caller
from app.domain.record import CallStatusRecord
from app.domain.results import LineResult
from app.services.export_calls import ExportFormat, export_calls
from app.services.hotline import Hotline
from app.services.open_hotline import open_hotline
from app.services.readiness import readiness
from app.services.record_status import record_status
from app.services.take_turn import take_turn
from app.simulator import MovableClock
from app.store.breaker import Breaker
from app.store.database import Database, StoreUnavailable
from app.telephony.webhooks import CallFacts
from tests.support.campaigns import TUESDAY_10
from tests.support.demo import put_demo

HOTLINE = "+15005550006"


@pytest.fixture
def hotline(settings: Settings) -> Iterator[Hotline]:
    put_demo(settings)
    made = open_hotline(settings, MovableClock(TUESDAY_10))
    yield made
    made.database.close()


class Call:
    """A call that goes on by what its last answer carries."""

    def __init__(self, sid: str = "CA1", number: str = "+16085550123") -> None:
        self.facts = CallFacts(sid, HOTLINE, read_caller(number), "inbound")
        self.answer = ""

    def goes_on(self, hotline: Hotline, happened: Event) -> str:
        state = self.answer.partition("?state=")[2].partition("#")[0] if self.answer else ""
        self.answer = take_turn(hotline, self.facts, happened, state)
        return self.answer


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def count(hotline: Hotline, call: Call, happened: Event) -> int:
    with statements(hotline.database) as seen:
        call.goes_on(hotline, happened)
    return len([statement for statement in seen if not statement.startswith(("BEGIN", "COMMIT", "PRAGMA", "SET"))])


def test_a_turn_makes_a_small_fixed_number_of_statements(hotline: Hotline) -> None:
    call = Call()
    call.goes_on(hotline, Started())
    counts = {
        "repeat of the menu": count(hotline, call, Pressed("0")),
        "silence": count(hotline, call, Silence()),
        "an office is announced": count(hotline, call, Pressed("4")),
        "it was busy": count(hotline, call, DialEnded(LineResult.BUSY)),
        "another is announced": count(hotline, call, Pressed("#")),
        "it answered": count(hotline, call, DialEnded(LineResult.ANSWERED, "CA2", 60, bridged=True)),
        "the caller reports": count(hotline, call, Pressed("1")),
    }
    assert counts["repeat of the menu"] == counts["silence"] == 2
    assert max(counts.values()) <= 3, counts


def test_the_number_of_statements_does_not_grow_with_the_log(hotline: Hotline) -> None:
    def of_a_call(number: int) -> list[int]:
        call = Call(f"CA{number}", f"+1608555{1000 + number}")
        return [count(hotline, call, happened) for happened in (Started(), Pressed("0"), Pressed("0"), Silence())]

    first = of_a_call(0)
    second = of_a_call(1)
    for number in range(2, 40):
        of_a_call(number)
    assert of_a_call(40) == second
    assert second <= first  # the first of all reads the campaign


@pytest.fixture
def full_disk(hotline: Hotline, settings: Settings) -> Iterator[Hotline]:
    """The same hotline on a database that may not grow any more: SQLite's own limit does it."""
    database = Database(settings.database_url)

    def limit(connection: Any, record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}").close()

    event.listen(database.engine, "connect", limit)
    yield replace(hotline, database=database, breaker=Breaker())
    database.close()


def log(hotline: Hotline) -> str:
    return "".join(export_calls(hotline.database, ExportFormat.JSONL))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_a_full_disk_the_caller_goes_on_and_the_record_follows_later(hotline: Hotline, full_disk: Hotline) -> None:
    call = Call()
    call.goes_on(hotline, Started())
    fill(full_disk)
    assert "Calling the Madison office." in call.goes_on(full_disk, Pressed("4"))
    assert "You're back with us." in call.goes_on(full_disk, DialEnded(LineResult.ANSWERED, "CA2", 61, bridged=True))
    record_status(full_disk, CallStatusRecord("CA1", "completed", TUESDAY_10, 0, 90))
    assert waits(hotline)
    assert "journal" in readiness(hotline).degraded
    assert '"status": "in-progress"' in log(hotline)
    Call("CA9").goes_on(hotline, Started())
    assert not waits(hotline)
    assert readiness(hotline).degraded == {}
    line = log(hotline).splitlines()[0]
    assert '"office": "Madison"' in line
    assert '"duration": 61, "bridged": true' in line
    assert '"status": "completed"' in line


def waits(hotline: Hotline) -> bool:
    return not hotline.journal.is_empty


def fill(hotline: Hotline) -> None:
    """Use up what room the database file has left."""
    for number in range(500):
        call = Call(f"CAfill{number}")
        call.goes_on(hotline, Started())
        if not hotline.journal.is_empty:
            return
    pytest.fail("the disk never filled up")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_when_the_journal_fails_too_memory_holds_the_turns(
    hotline: Hotline, full_disk: Hotline, settings: Settings
) -> None:
    (settings.instance_dir / "journal.jsonl").mkdir()
    fill(full_disk)
    call = Call()
    assert "Welcome" in call.goes_on(full_disk, Started())
    assert waits(full_disk)
    (settings.instance_dir / "journal.jsonl").rmdir()
    Call("CA9").goes_on(hotline, Started())
    assert not waits(hotline)
    assert '"call_sid": "CA1"' in log(hotline)


def test_without_a_database_a_campaign_that_was_never_read_cannot_be_answered(hotline: Hotline, tmp_path: Path) -> None:
    lost = replace(hotline, database=Database(f"sqlite:///{tmp_path}/no/such/folder.db"))
    call = Call()
    greeting = call.goes_on(hotline, Started())
    assert "Or choose one." in call.goes_on(lost, Pressed("0"))
    fresh = replace(lost, snapshots=type(lost.snapshots)(), lines={})
    call.answer = greeting
    with pytest.raises(StoreUnavailable):
        call.goes_on(fresh, Pressed("0"))
    with pytest.raises(StoreUnavailable):
        Call("CA5").goes_on(fresh, Started())
    assert not readiness(fresh).takes_calls
    assert readiness(lost).takes_calls


def test_an_office_takes_no_more_callers_than_it_may_however_many_press_at_once(hotline: Hotline) -> None:
    callers = [Call(f"CA{number}", f"+1608555{2000 + number}") for number in range(8)]
    for call in callers:
        call.goes_on(hotline, Started())
    barrier = threading.Barrier(len(callers))

    def press(call: Call) -> str:
        barrier.wait()
        return call.goes_on(hotline, Pressed("4"))

    with ThreadPoolExecutor(len(callers)) as pool:
        answers = list(pool.map(press, callers))
    assert sum("Calling the Madison office." in answer for answer in answers) == 2
    assert sum("callers are on with Madison right now." in answer for answer in answers) == 6
