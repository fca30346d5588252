"""Status callbacks in any order, doubled, late, for unknown calls: legal moves only, and nothing is lost."""

import threading
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.domain.record import CallStatusRecord, Ending, LegStatusRecord, TurnRecord
from app.domain.results import LineResult
from app.store.database import Database
from app.store.schema import metadata
from app.store.tables import callbacks, calls, legs, offices, supporter_offices, supporters
from tests.store.making import after, end, facts, keep, keep_in, plan, publish, row, rows, save, turn

Record = TurnRecord | CallStatusRecord | LegStatusRecord


def of_leg(status: str, seconds: float, sequence: int | None = None, duration_s: int | None = None) -> LegStatusRecord:
    return LegStatusRecord("CA1", 1, "CA9", status, after(seconds), sequence, duration_s)


def of_call(status: str, seconds: float, sequence: int | None = None, duration_s: int | None = None) -> Record:
    return CallStatusRecord("CA1", status, after(seconds), sequence, duration_s)


RINGS = (of_leg("initiated", 11, 0), of_leg("ringing", 12, 1))
ANSWERED = (*RINGS, of_leg("in-progress", 20, 2), of_leg("completed", 80, 3, 60))
BUSY = (*RINGS, of_leg("busy", 14, 2))


def outcome(database: Database, *records: Record) -> dict[str, list[str]]:
    """What stands in every table after the records, besides the numbers of rows and which turn came first."""
    for record in records:
        keep(database, record)
    kept = {}
    for table in (calls, legs, offices, supporters, supporter_offices, callbacks):
        kept[table.name] = sorted(
            repr({name: value for name, value in row._mapping.items() if name not in ("id", "call_id", "last_call_at")})
            for row in rows(database, table)
        )
    return kept


def wipe(database: Database) -> None:
    """Empties the log, so that one test can tell many stories."""
    with database.write() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name not in ("campaigns", "campaign_versions", "offices"):
                connection.execute(delete(table))
        connection.execute(
            offices.update().values(dials_on_day=0, day=None, cooled_until=None, could_not_1_at=None, hidden_at=None)
        )


def test_a_hangup_during_the_bridge_ends_leg_and_call(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1)))
    for record in (*ANSWERED[:3], of_call("completed", 79, 9, 79)):
        keep(database, record)
    call, leg = row(database, calls), row(database, legs)
    assert (call.status, call.ended_at, call.duration_s, call.end_reason) == (
        "completed",
        after(79),
        79,
        "caller-hangup",
    )
    assert (leg.status, leg.line_result, leg.answered_at, leg.ended_at) == (
        "completed",
        "answered",
        after(20),
        after(79),
    )
    assert (leg.bridged, leg.disposition) == (True, None)
    assert (facts(database).my_reached, facts(database).my_bridges_on_day, facts(database).live_legs) == (True, 1, 0)


@pytest.mark.parametrize("so_far", [0, 1, 2])
def test_a_hangup_while_it_rings_cancels_the_leg(database: Database, so_far: int) -> None:
    publish(database)
    save(database, turn(1, plan(1)))
    for record in (*RINGS[:so_far], of_call("completed", 15)):
        keep(database, record)
    assert (row(database, legs).status, row(database, legs).line_result) == ("canceled", "canceled")
    assert not facts(database).my_reached


def test_a_call_that_we_were_ending_keeps_its_reason(database: Database) -> None:
    publish(database)
    save(database, turn(1), turn(2, Ending("goodbye")))
    keep(database, of_call("completed", 30, duration_s=20))
    assert (row(database, calls).end_reason, row(database, calls).duration_s) == ("goodbye", 20)


def test_a_line_that_failed_is_not_called_a_hangup(database: Database) -> None:
    publish(database)
    save(database, turn(1))
    keep(database, of_call("failed", 30))
    assert (row(database, calls).status, row(database, calls).end_reason) == ("failed", "system-fault")


def test_an_end_sticks_and_only_a_missing_duration_is_filled_in(database: Database) -> None:
    publish(database)
    save(database, turn(1))
    keep(database, of_call("completed", 30, 4))
    late = (of_call("in-progress", 31, 2), of_call("busy", 32, 5), of_call("completed", 33, None, 21))
    for record in (*late, of_call("completed", 34, 6, 99)):
        keep(database, record)
    call = row(database, calls)
    assert (call.status, call.ended_at, call.duration_s) == ("completed", after(30), 21)
    assert len(rows(database, callbacks)) == 5


def test_a_word_that_we_do_not_know_is_kept_and_moves_nothing(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1)))
    keep(database, of_call("on-hold", 30))
    keep(database, of_leg("planned", 31))
    assert (row(database, calls).status, row(database, legs).status) == ("in-progress", "planned")
    assert [(kept.status, kept.applied) for kept in rows(database, callbacks)] == [("on-hold", True), ("planned", True)]


def test_a_callback_of_an_unknown_call_waits_for_its_first_turn(database: Database) -> None:
    publish(database)
    keep(database, of_call("completed", 9, duration_s=8))
    keep(database, of_call("completed", 9, duration_s=8))
    assert [kept.applied for kept in rows(database, callbacks)] == [False]
    save(database, turn(1))
    call = row(database, calls)
    assert (call.status, call.ended_at, call.duration_s) == ("completed", after(9), 8)
    assert [kept.applied for kept in rows(database, callbacks)] == [True]


def test_a_callback_of_an_unknown_leg_waits_for_its_announcement(database: Database) -> None:
    publish(database)
    save(database, turn(0))
    for record in BUSY:
        keep(database, record)
    save(database, turn(5, plan(5, "wausau")))
    assert not any(kept.applied for kept in rows(database, callbacks))
    save(database, turn(1, plan(1)))
    assert [(leg.leg, leg.status, leg.ended_at) for leg in rows(database, legs)] == [
        (5, "planned", None),
        (1, "busy", after(14)),
    ]
    assert all(kept.applied for kept in rows(database, callbacks))


@pytest.mark.parametrize("reports", [ANSWERED, BUSY])
def test_all_orders_of_a_legs_callbacks_lead_to_the_same_rows(
    sqlite_url: str, reports: tuple[LegStatusRecord, ...]
) -> None:
    database = Database(sqlite_url)
    publish(database)
    expected = None
    for order in permutations(reports):
        wipe(database)
        kept = outcome(database, turn(1, plan(1)), *order, *order[:2])
        expected = expected or kept
        assert kept == expected
    database.close()


@pytest.mark.parametrize(
    ("reports", "result"), [(ANSWERED, LineResult.ANSWERED), (BUSY, LineResult.BUSY)], ids=["answered", "busy"]
)
def test_turns_and_callbacks_in_any_order_lead_to_the_same_rows(
    database: Database, reports: tuple[LegStatusRecord, ...], result: LineResult
) -> None:
    publish(database)
    dial_end = turn(2, end(1, result=result, dial_call_sid="CA9"), seconds=81)
    turns = (turn(1, plan(1)), dial_end, turn(3, Ending("goodbye"), seconds=90))
    told = (*turns, *reports, of_call("completed", 95, 7, 85))
    expected = outcome(database, *told)

    @settings(max_examples=40)
    @given(st.lists(st.sampled_from(told), max_size=3).flatmap(lambda twice: st.permutations([*told, *twice])))
    def check(order: list[Record]) -> None:
        wipe(database)
        assert outcome(database, *order) == expected

    check()


FIRST_TURN, HANGUP = turn(1, plan(1)), of_call("completed", 20, 1, 10)


@pytest.mark.parametrize(("first", "second"), [(FIRST_TURN, HANGUP), (HANGUP, FIRST_TURN)], ids=["turn", "callback"])
def test_f17_first_turn_and_callback_at_the_same_instant(database: Database, first: Record, second: Record) -> None:
    publish(database)
    other = threading.Thread(target=keep, args=(database, second))
    with database.write() as connection:
        keep_in(connection, first)
        other.start()
        # Neither transaction can see what the other one has not committed yet.
        other.join(0.5)
    other.join(30)
    assert row(database, calls).status == "completed"
    assert row(database, legs).status == "canceled"
    assert row(database, callbacks).applied
