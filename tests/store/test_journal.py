"""The journal: nothing that was acknowledged is lost, whatever happens to the database, the disk or the process."""

import errno
import multiprocessing
import os
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.database import Database, StoreUnavailable
from app.store.journal import IN_MEMORY, Journal, Replayed
from app.store.plain import Record
from app.store.tables import callbacks, calls, legs, turns
from tests.store.making import RECORDS, keep, plan, publish, row, rows, turn


class Told(list[str]):
    """What a person was told."""


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def journal(tmp_path: Path, told: Told) -> Journal:
    return Journal(tmp_path / "journal.jsonl", told.append)


def refuse(_record: Record) -> None:
    raise StoreUnavailable("The database is not usable.")


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """Lets no file of this process grow beyond a size, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_f5_what_the_database_could_not_take_is_saved_in_order_as_soon_as_it_can(
    database: Database, journal: Journal
) -> None:
    publish(database)
    for record in RECORDS:
        journal.append(record)
    assert journal.replay(refuse) == Replayed(finished=False)
    order: list[Record] = []

    def save(record: Record) -> None:
        order.append(record)
        keep(database, record)

    assert journal.replay(save) == Replayed(saved=5)
    assert tuple(order) == RECORDS
    assert journal.is_empty
    assert journal.replay(save) == Replayed()
    call = row(database, calls)
    assert (call.last_turn, call.end_reason, call.status) == (3, "goodbye", "completed")


def test_f2_a_record_that_is_saved_twice_is_kept_once(database: Database, journal: Journal) -> None:
    publish(database)
    for record in (*RECORDS, *RECORDS):
        journal.append(record)
    assert journal.replay(lambda record: keep(database, record)).saved == 10
    counts = [len(rows(database, table)) for table in (calls, turns, legs, callbacks)]
    assert counts == [1, 3, 1, 2]


def test_a_replay_stops_at_the_first_failure_and_goes_on_there(journal: Journal) -> None:
    for record in RECORDS:
        journal.append(record)
    saved: list[Record] = []

    def save(record: Record) -> None:
        if len(saved) == 2:
            raise StoreUnavailable("The database is not usable.")
        saved.append(record)

    assert journal.replay(save) == Replayed(saved=2, finished=False)
    assert not journal.is_empty
    assert journal.replay(saved.append) == Replayed(saved=3)
    assert tuple(saved) == RECORDS


def test_what_arrives_during_a_replay_is_not_dropped_with_it(journal: Journal) -> None:
    journal.append(RECORDS[0])
    saved: list[Record] = []

    def save(record: Record) -> None:
        if not saved:
            journal.append(RECORDS[4])
        saved.append(record)

    journal.replay(save)
    journal.replay(saved.append)
    assert saved == [RECORDS[0], RECORDS[4]]


def test_f12_damaged_lines_are_moved_aside_and_told(journal: Journal, told: Told, tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    for record in RECORDS:
        journal.append(record)
    lines = path.read_bytes().splitlines(keepends=True)
    changed = lines[1].replace(b'"leg": 1', b'"leg": 2')
    path.write_bytes(lines[0] + changed + b"\xff\0garbage\n" + lines[2] + lines[3][:40])
    journal.append(RECORDS[4])
    saved: list[Record] = []
    assert journal.replay(saved.append) == Replayed(saved=3, moved_aside=3)
    assert saved == [RECORDS[0], RECORDS[2], RECORDS[4]]
    assert journal.corrupt_path.read_bytes() == changed + b"\xff\0garbage\n" + lines[3][:40] + b"\n"
    assert len(told) == 3
    assert journal.is_empty


@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_f12_whatever_byte_is_flipped_no_other_record_is_lost(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int
) -> None:
    path = tmp_path_factory.mktemp("flipped") / "journal.jsonl"
    journal = Journal(path, lambda _: None)
    for record in RECORDS:
        journal.append(record)
    data = bytearray(path.read_bytes())
    data[at % len(data)] = byte
    path.write_bytes(data)
    saved: list[Record] = []
    replayed = journal.replay(saved.append)
    assert replayed.finished
    assert all(record in RECORDS for record in saved)
    # A flipped line end damages the two lines that it joins.
    assert len(saved) >= len(RECORDS) - 2
    aside = journal.corrupt_path.read_bytes() if journal.corrupt_path.exists() else b""
    assert len(saved) == len(RECORDS) or aside


def test_a_record_that_no_database_takes_does_not_hold_up_the_others(
    database: Database, journal: Journal, told: Told
) -> None:
    publish(database)
    journal.append(turn(1, call_sid="CA-odd", version_id=99))
    journal.append(turn(1, plan(1, "no-such-office"), call_sid="CA-odder"))
    journal.append(RECORDS[0])
    assert journal.replay(lambda record: keep(database, record)) == Replayed(saved=1, moved_aside=2)
    assert row(database, calls).call_sid == "CA1"
    assert len(journal.corrupt_path.read_bytes().splitlines()) == len(told) == 2


def test_f10_on_a_full_disk_records_stay_in_memory_until_there_is_room(
    journal: Journal, told: Told, tmp_path: Path
) -> None:
    journal.append(RECORDS[0])
    size = (tmp_path / "journal.jsonl").stat().st_size
    with small_disk(size + 10):
        journal.append(RECORDS[1])
        journal.append(RECORDS[2])
        # Not half a line more than before.
        assert (tmp_path / "journal.jsonl").stat().st_size == size
    assert len(told) == 2
    assert "make room" in told[0]
    journal.append(RECORDS[3])
    saved: list[Record] = []
    journal.replay(saved.append)
    assert tuple(saved) == RECORDS[:4]


def test_f11_with_a_full_disk_the_database_still_gets_what_is_in_memory(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    journal.append(RECORDS[0])
    assert not journal.is_empty
    (tmp_path / "journal.jsonl").rmdir()
    saved: list[Record] = []
    with small_disk(0):
        assert journal.replay(saved.append) == Replayed(saved=1)
    assert saved == [RECORDS[0]]
    assert journal.is_empty


def test_memory_is_bounded_and_a_loss_is_told(journal: Journal, told: Told, tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    for number in range(IN_MEMORY + 1):
        journal.append(turn(number))
    assert "lost" in told[-1]
    assert sum("lost" in said for said in told) == 1
    (tmp_path / "journal.jsonl").rmdir()
    saved: list[Record] = []
    assert journal.replay(saved.append).saved == IN_MEMORY
    assert saved[0] == turn(1)


def test_an_append_is_on_the_disk_when_it_returns(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    journal.append(RECORDS[0])
    assert synced[0] > 0


def append_many(path: Path, name: str) -> None:
    """Appends from eight threads; `name` tells the processes apart."""
    journal = Journal(path, lambda said: os._exit(3))

    def run(thread: int) -> None:
        for number in range(10):
            journal.append(turn(number, call_sid=f"{name}-{thread}"))

    threads = [threading.Thread(target=run, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_processes_and_threads_share_the_file_while_it_is_replayed(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=append_many, args=(path, f"CA{name}")) for name in range(2)]
    for process in processes:
        process.start()
    saved: list[Record] = []
    while any(process.is_alive() for process in processes):
        journal.replay(saved.append)
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert journal.replay(saved.append).finished
    by_call: dict[str, list[int]] = {}
    for record in saved:
        by_call.setdefault(record.call_sid, []).append(getattr(record, "turn", -1))
    assert by_call == {f"CA{name}-{thread}": list(range(10)) for name in range(2) for thread in range(8)}


def test_a_journal_that_cannot_be_replayed_is_told_and_kept(journal: Journal, told: Told, tmp_path: Path) -> None:
    journal.append(RECORDS[0])
    lock = tmp_path / "journal.jsonl.replaying"
    lock.mkdir()
    assert journal.replay(refuse) == Replayed(finished=False)
    assert len(told) == 1
    lock.rmdir()
    saved: list[Record] = []
    journal.replay(saved.append)
    assert saved == [RECORDS[0]]


def test_only_one_process_replays_at_a_time(journal: Journal, tmp_path: Path, told: Told) -> None:
    journal.append(RECORDS[0])
    other = Journal(tmp_path / "journal.jsonl", told.append)
    results: list[Replayed] = []
    journal.replay(lambda _record: results.append(other.replay(refuse)))
    assert results == [Replayed(finished=False)]


def test_no_one_else_on_the_machine_can_read_it(journal: Journal, tmp_path: Path) -> None:
    for record in RECORDS:
        journal.append(record)
    journal.replay(lambda record: None if record == RECORDS[0] else refuse(record))
    assert [path.stat().st_mode & 0o077 for path in tmp_path.iterdir()] == [0] * len(list(tmp_path.iterdir()))


def test_an_error_of_the_disk_says_what_to_do(journal: Journal, told: Told, tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    journal.append(RECORDS[0])
    assert os.strerror(errno.EISDIR) in told[0]
    assert "check its rights" in told[0]
