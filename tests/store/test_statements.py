"""A turn makes a small fixed number of statements, and none of them grows with the log."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, event, select, text

from app.domain.record import CallStatusRecord, Ending, LegStatusRecord, OutcomeReported, Preferred, TurnRecord
from app.domain.results import LineResult, Outcome
from app.store.advice import FACTS, read_known
from app.store.database import Database
from app.store.tables import callbacks, calls, legs, offices, turns
from app.store.turns import save_turn
from app.store.writes import CallbacksWait, DecideAgain, OfficeFilled, TurnTaken
from tests.store.making import (
    ANNA,
    NOON,
    after,
    end,
    insert_many,
    keep,
    keep_in,
    patiently,
    plan,
    publish,
    rows,
    save,
    turn,
)

PLANS = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
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
        ((Preferred("es", patient=True),), 2),
        ((plan(2),), 3),
        ((end(1, cool_until=after(600), hide=True),), 3),
        ((OutcomeReported(1, "madison", Outcome.UNREACHED, reached=False),), 3),
        ((end(1, result=LineResult.BUSY, cool_until=after(600)), plan(2, "wausau")), 3),
    ],
    ids=["plain", "ending", "preferred", "planned", "ended", "outcome", "busy-and-next"],
)
def test_a_turn_takes_a_fixed_number_of_statements(database: Database, notes: tuple[object, ...], most: int) -> None:
    publish(database)
    save(database, turn(1, plan(1)))
    with counted(database) as statements, database.write() as connection:
        known = read_known(connection, 1, ANNA, "CA1", 2, NOON)
        save_turn(connection, turn(2, *notes), settles=known.waits)  # type: ignore[arg-type]  # the parameters are notes
    assert len(statements) == most, statements


def test_the_first_turn_and_callbacks_take_a_fixed_number_of_statements(database: Database) -> None:
    publish(database)
    with counted(database) as statements, database.write() as connection:
        known = read_known(connection, 1, ANNA, "CA1", 1, NOON)
        save_turn(connection, turn(1), settles=known.waits)
    assert len(statements) == 2
    save(database, turn(2, plan(2)))
    for record, most in (
        (LegStatusRecord("CA1", 2, "CA9", "in-progress", after(25), 2), 2),
        (LegStatusRecord("CA1", 9, "CA9", "in-progress", after(25), 2), 3),
        (CallStatusRecord("CA1", "completed", after(80), 3, 60), 3),
        (CallStatusRecord("CA2", "completed", after(80), 3, 60), 3),
    ):
        with counted(database) as statements:
            keep(database, record)
        assert len(statements) == most, statements


def test_a_turn_that_was_taken_already_is_known_by_the_first_statement(database: Database) -> None:
    publish(database)
    save(database, turn(1))
    with database.write() as connection:
        assert read_known(connection, 1, ANNA, "CA1", 1, NOON).answer == turn(1).answer
        assert read_known(connection, 1, ANNA, "CA1", 2, NOON).answer is None


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (turn(1), TurnTaken),
        (turn(1, replace(plan(1), most_live=1), call_sid="CA2", seconds=20), OfficeFilled),
        (turn(1, call_sid="CA3"), CallbacksWait),
    ],
    ids=["taken", "filled", "waits"],
)
def test_what_a_turn_was_decided_by_and_is_no_longer_so_is_refused(
    database: Database, second: TurnRecord, why: type[DecideAgain]
) -> None:
    publish(database)
    save(database, turn(1, plan(1)))
    keep(database, CallStatusRecord("CA3", "completed", after(80), 3, 60))
    before = rows(database, calls), rows(database, turns), rows(database, offices)
    with pytest.raises(why), database.write() as connection:
        save_turn(connection, second)
    assert (rows(database, calls), rows(database, turns), rows(database, offices)) == before


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
    # One in two hundred is of Anna: what a supporter called before is looked at in each call of theirs.
    whose = (ANNA if at % 200 == 0 else f"{at % 200:032x}" for at in range(len(sids)))
    facts = zip(sids, whose, strict=True)
    insert_many(
        database,
        calls,
        [{**A_CALL, "call_sid": sid, "pseudonym": who, "started_at": after(at)} for at, (sid, who) in enumerate(facts)],
    )
    with database.read() as connection:
        ids = connection.scalars(select(calls.c.id)).all()
    insert_many(database, legs, [{**A_LEG, "call_id": number, "office_id": 1 + number % 3} for number in ids])
    insert_many(database, turns, [{**A_TURN, "call_sid": sid} for sid in sids])
    insert_many(database, callbacks, [{**A_CALLBACK, "call_sid": sid} for sid in sids])
    with patiently(database) as connection:
        connection.execute(text("ANALYZE"))
    return database


def scanned(database: Database, action: Callable[[Connection], object]) -> set[str]:
    """The tables that an action reads from end to end, in triggers too."""
    kind = database.engine.dialect.name
    said: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.split(maxsplit=1)[0] in ("SELECT", "UPDATE", "INSERT"):
            said.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.write() as connection:
        if kind == "postgresql":
            # As in a log of millions: to read one of thousands from end to end may be cheaper than by its index.
            connection.exec_driver_sql("SET LOCAL seq_page_cost = 50")
        before: Counter[str] = _scans(connection) if kind == "postgresql" else Counter()
        action(connection)
        found = _scans(connection) - before if kind == "postgresql" else Counter()
    event.remove(database.engine, "before_cursor_execute", note)
    assert said
    if kind == "postgresql":
        return set(found)
    with database.write() as connection:
        return {table for statement, given in said for table in _read_through(connection, statement, given)}


def _scans(connection: Connection) -> Counter[str]:
    """How often PostgreSQL has read each table from end to end; of earlier transactions too, until it tells others."""
    asked = "SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE seq_scan > 0"
    return Counter({row.relname: row.seq_scan for row in connection.exec_driver_sql(asked)})


def _read_through(connection: Connection, statement: str, parameters: Any) -> Iterator[str]:
    """The tables that SQLite reads from end to end. Plans leave out triggers, so a write is looked at itself."""
    if not statement.startswith("INSERT INTO record_writes"):
        plan_rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
        # All rows of a campaign are all of its log.
        wholly = r"SCAN (\w+)|SEARCH (\w+) USING (?:COVERING )?INDEX \w+ \(campaign_id=\?\)"
        for found in re.findall(wholly, "\n".join(str(plan_row) for plan_row in plan_rows)):
            yield "".join(found)
        return
    schema = connection.exec_driver_sql("SELECT rootpage, tbl_name FROM sqlite_schema").all()
    roots: dict[int, str] = {row.rootpage: row.tbl_name for row in schema}
    cursors: dict[int, str] = {}
    for step in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).all():
        if step.opcode == "Init":
            # Each trigger is a program of its own.
            cursors = {}
        elif step.opcode in ("OpenRead", "OpenWrite"):
            cursors[step.p1] = roots.get(step.p2, "")
        elif step.opcode == "Rewind" and cursors.get(step.p1):
            yield cursors[step.p1]


def test_nothing_that_a_webhook_asks_reads_the_log_from_end_to_end(full: Database) -> None:
    # One log for all of it: to fill it takes longer than to ask it.
    a_statement_that_does_is_found(full)
    no_statement_of_a_webhook_does(full)
    the_advice_reads_live_legs_by_their_index(full)


def a_statement_that_does_is_found(full: Database) -> None:
    def read(connection: Connection) -> object:
        return connection.scalar(select(calls.c.id).where(calls.c.state == "y"))

    assert scanned(full, read) == {"calls"}


def no_statement_of_a_webhook_does(full: Database) -> None:
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


def test_a_write_goes_by_indexes_even_if_it_was_planned_while_the_tables_were_tiny(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1)), turn(1, call_sid="CA2"))
    if database.engine.dialect.name == "postgresql":  # by itself it does so within a minute; SQLite does not
        with patiently(database) as connection:
            connection.execute(text("ANALYZE"))
    facts = {"call_facts", "leg_facts", "figure_facts"}
    for record in (turn(2, Ending("goodbye")), turn(1, call_sid="CA3")):
        assert not scanned(database, partial(save_turn, record=record)) & (LOG | facts)


def the_advice_reads_live_legs_by_their_index(full: Database) -> None:
    def read(connection: Connection) -> object:
        return read_known(connection, 1, ANNA, "CA7", 1, NOON)

    assert not scanned(full, read) & LOG
    kind = full.engine.dialect.name
    with full.read() as connection:
        facts = FACTS.statement.params(campaign=1, supporter=ANNA, since=NOON, now=NOON, call="CA7", turn=1, digest="")
        compiled = facts.compile(full.engine, compile_kwargs={"literal_binds": True})
        told = str(connection.exec_driver_sql(PLANS[kind] + str(compiled).replace("%", "%%")).all())
    assert "ix_legs_live" in told
