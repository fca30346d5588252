"""A turn makes a small fixed number of statements, and none of them grows with the log."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy import Connection, event, insert, select, text

from app.domain.record import CallStatusRecord, Ending, LegStatusRecord, OutcomeReported, Preferred
from app.domain.results import LineResult, Outcome
from app.store.advice import FACTS, read_advice
from app.store.database import Database
from app.store.tables import callbacks, calls, legs, turns
from tests.store.making import ANNA, NOON, after, end, keep, keep_in, patiently, plan, publish, save, turn

PLANS = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
SCANS = {"sqlite": r"SCAN (\w+)", "postgresql": r"Seq Scan on (\w+)"}
LOG = {"calls", "legs", "turns", "callbacks"}


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collects the statements, but for those that begin and end transactions."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("notes", "most"),
    [
        ((), 2),
        ((Ending("goodbye"),), 2),
        ((Preferred("es", patient=True),), 3),
        ((plan(2),), 7),
        ((end(1, cool_until=after(600), hide=True),), 8),
        ((OutcomeReported(1, "madison", Outcome.UNREACHED, reached=False),), 7),
        ((end(1, result=LineResult.BUSY, cool_until=after(600)), plan(2, "wausau")), 10),
    ],
    ids=["plain", "ending", "preferred", "planned", "ended", "outcome", "busy-and-next"],
)
def test_a_turn_takes_a_fixed_number_of_statements(database: Database, notes: tuple[object, ...], most: int) -> None:
    publish(database)
    save(database, turn(1, plan(1)))
    with counted(database) as statements, database.write() as connection:
        read_advice(connection, 1, ANNA, NOON)
        advice_count = len(statements)
    with counted(database) as statements:
        save(database, turn(2, *notes))  # type: ignore[arg-type]  # the parameters are notes
    assert advice_count == 1
    assert len(statements) <= most
    assert advice_count + 2 <= 4, "a plain turn with its advice"


def test_the_first_turn_and_callbacks_take_a_fixed_number_of_statements(database: Database) -> None:
    publish(database)
    with counted(database) as statements:
        with database.write() as connection:
            read_advice(connection, 1, ANNA, NOON, with_memory=True)
        save(database, turn(1))
    assert len(statements) <= 2 + 6
    save(database, turn(2, plan(2)))
    for record, most in (
        (LegStatusRecord("CA1", 2, "CA9", "in-progress", after(25), 2), 4),
        (CallStatusRecord("CA1", "completed", after(80), 3, 60), 7),
        (CallStatusRecord("CA2", "completed", after(80), 3, 60), 4),
    ):
        with counted(database) as statements:
            keep(database, record)
        assert len(statements) <= most, statements


A_CALL = {
    "campaign_id": 1,
    "version_id": 1,
    "pseudonym": ANNA,
    "called": "+15005550006",
    "direction": "inbound",
    "language": "en",
    "status": "completed",
    "last_step": "menu",
    "last_turn": 1,
    "state": "x",
    "is_test": False,
}
A_LEG = {
    "leg": 1,
    "campaign_id": 1,
    "number": "",
    "reasons": [],
    "day": NOON.date(),
    "planned_at": NOON,
    "ended_at": NOON,
    "dial_call_sid": "",
    "reported": "completed",
    "status": "completed",
}
A_TURN = {"turn": 1, "step": "menu", "event": "started", "at": NOON, "answer": "<Response/>", "notes": []}
A_CALLBACK = {"leg": -1, "dial_call_sid": "", "status": "completed", "sequence": 1, "at": NOON, "applied": True}


@pytest.fixture
def full(database: Database) -> Database:
    """A log of 4,000 calls, each with a leg that ended, a turn and a callback."""
    publish(database)
    sids = [f"CA{number}" for number in range(4000)]
    with patiently(database) as connection:
        started = [{**A_CALL, "call_sid": sid, "started_at": after(at)} for at, sid in enumerate(sids)]
        connection.execute(insert(calls), started)
        ids = connection.execute(select(calls.c.id)).scalars().all()
        connection.execute(insert(legs), [{**A_LEG, "call_id": number, "office_id": 1 + number % 3} for number in ids])
        connection.execute(insert(turns), [{**A_TURN, "call_sid": sid} for sid in sids])
        connection.execute(insert(callbacks), [{**A_CALLBACK, "call_sid": sid} for sid in sids])
        connection.execute(text("ANALYZE"))
    return database


def scanned(database: Database, action: Callable[[Connection], object]) -> set[str]:
    """The tables that an action reads from end to end."""
    kind = database.engine.dialect.name
    said: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.split(maxsplit=1)[0] in ("SELECT", "UPDATE", "INSERT"):
            said.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.write() as connection:
        action(connection)
    event.remove(database.engine, "before_cursor_execute", note)
    found: set[str] = set()
    with database.write() as connection:
        for statement, parameters in said:
            plan_rows = connection.exec_driver_sql(PLANS[kind] + statement, parameters).all()  # type: ignore[arg-type]
            told = "\n".join(str(plan_row) for plan_row in plan_rows)
            found |= set(re.findall(SCANS[kind], told))
    assert said
    return found


def test_a_statement_that_does_read_all_of_it_is_found(full: Database) -> None:
    def read(connection: Connection) -> object:
        return connection.scalar(select(calls.c.id).where(calls.c.state == "y"))

    assert scanned(full, read) == {"calls"}


def test_no_statement_of_a_webhook_reads_the_log_from_end_to_end(full: Database) -> None:
    records = (
        turn(2, plan(2), call_sid="CA7"),
        turn(3, end(2), plan(3, "wausau"), call_sid="CA7"),
        turn(
            4,
            OutcomeReported(2, "madison", Outcome.SPOKE, reached=True),
            Preferred("es", patient=False),
            call_sid="CA7",
        ),
        turn(4, call_sid="CA7"),
        turn(1, plan(1), call_sid="CA-new"),
        LegStatusRecord("CA-new", 1, "CA9", "completed", after(30), 1, 5),
        CallStatusRecord("CA-new", "completed", after(40), 1, 5),
        CallStatusRecord("CA-unknown", "completed", after(40), 1, 5),
    )
    for record in records:
        assert not scanned(full, partial(keep_in, record=record)) & LOG


def test_the_advice_reads_live_legs_by_their_index(full: Database) -> None:
    def read(connection: Connection) -> object:
        return read_advice(connection, 1, ANNA, NOON, with_memory=True)

    assert not scanned(full, read) & LOG
    kind = full.engine.dialect.name
    with full.read() as connection:
        facts = FACTS.params(campaign=1, supporter=ANNA, since=NOON)
        compiled = facts.compile(full.engine, compile_kwargs={"literal_binds": True})
        told = str(connection.exec_driver_sql(PLANS[kind] + str(compiled).replace("%", "%%")).all())
    assert "ix_legs_live" in told
