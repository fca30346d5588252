"""Threads and processes at once: no update is lost, and one turn is kept once."""

import multiprocessing
import threading
from collections.abc import Callable
from functools import partial

from sqlalchemy import select

from app.store.database import Database
from app.store.tables import calls, offices, supporters, turns
from tests.store.making import facts, plan, publish, row, rows, save, turn

THREADS = 8


def at_once(action: Callable[[int], None]) -> None:
    """Runs an action in eight threads that start together."""
    barrier = threading.Barrier(THREADS)
    failures: list[BaseException] = []

    def run(number: int) -> None:
        barrier.wait(30)
        try:
            action(number)
        except BaseException as error:  # noqa: BLE001  # raised again in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failures:
        raise failures[0]


def test_f15_equal_turns_at_the_same_instant_leave_one_row_and_get_equal_answers(database: Database) -> None:
    publish(database)
    rounds = 15

    def keep(thread: int, number: int, answers: list[str]) -> None:
        answers.extend(save(database, turn(number, plan(number), answer=f"<Response>{thread}</Response>")))

    for number in range(1, rounds + 1):
        answers: list[str] = []
        at_once(partial(keep, number=number, answers=answers))
        assert len(answers) == THREADS
        assert len(set(answers)) == 1
        assert rows(database, turns)[-1].answer == answers[0]
    assert len(rows(database, turns)) == rounds
    assert facts(database).dials_on_day == rounds
    assert row(database, supporters).calls == 1


def test_different_turns_of_a_new_call_at_the_same_instant_make_one_call(database: Database) -> None:
    publish(database)

    def keep(thread: int, call_sid: str) -> None:
        save(database, turn(thread, call_sid=call_sid))

    for number in range(5):
        at_once(partial(keep, call_sid=f"CA{number}"))
    assert [call.last_turn for call in rows(database, calls)] == [THREADS - 1] * 5
    assert row(database, supporters).calls == 5


def test_turns_that_name_two_offices_in_opposite_order_never_wait_for_each_other(database: Database) -> None:
    publish(database)
    both = (plan(1, "madison"), plan(2, "wausau"))

    def keep(thread: int) -> None:
        for number in range(1, 11):
            notes = both if thread % 2 else tuple(reversed(both))
            save(database, turn(number, *notes, call_sid=f"CA{thread}", pseudonym=f"{thread:032x}"))

    at_once(keep)
    assert (facts(database).dials_on_day, facts(database, "wausau").dials_on_day) == (80, 80)


def increase(url: str, times: int) -> None:
    """Reads a number and writes it one higher, in eight threads: what loses updates if a read does not lock."""
    database = Database(url)

    def run(_thread: int) -> None:
        for _ in range(times):
            with database.write() as connection:
                dials = connection.execute(select(offices.c.dials_on_day).where(offices.c.id == 1)).scalar_one()
                connection.execute(offices.update().where(offices.c.id == 1).values(dials_on_day=dials + 1))

    at_once(run)
    database.close()


def test_two_processes_of_eight_threads_lose_no_update_on_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    publish(database)
    processes = [multiprocessing.get_context("spawn").Process(target=increase, args=(sqlite_url, 15)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(100)
    assert [process.exitcode for process in processes] == [0, 0]
    assert facts(database).dials_on_day == 2 * THREADS * 15
    database.close()
