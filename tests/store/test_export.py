import tracemalloc
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.domain.record import CallStatusRecord, Ending, OutcomeReported
from app.domain.results import LineResult, Outcome
from app.store.campaigns import UnknownCampaign
from app.store.database import Database
from app.store.export import CallRow, LegRow, stream_calls
from app.store.tables import calls
from tests.store.making import after, end, insert_many, keep, plan, publish, save, turn


def log(
    database: Database, campaign: str | None = None, *, since: float | None = None, until: float | None = None
) -> list[CallRow]:
    moments = (None if at is None else after(at) for at in (since, until))
    with database.read() as connection:
        return list(stream_calls(connection, campaign, *moments))


def test_simulated_calls_may_be_left_out(database: Database) -> None:
    publish(database)
    save(database, replace(turn(1), call_sid="CA1", is_test=True))
    save(database, replace(turn(1), call_sid="CA2"))
    with database.read() as connection:
        real = [call.call_sid for call in stream_calls(connection, with_tests=False)]
    assert real == ["CA2"]
    assert [call.call_sid for call in log(database)] == ["CA1", "CA2"]


def test_a_call_with_its_legs(database: Database) -> None:
    publish(database)
    save(
        database,
        turn(1, plan(1, "eau-claire")),
        turn(2, end(1, "eau-claire", LineResult.BUSY, dial_call_sid="CA8"), plan(2)),
        turn(3, end(2, dial_call_sid="CA9", duration_s=61)),
        turn(4, OutcomeReported(2, "madison", Outcome.SPOKE, reached=True), Ending("goodbye")),
    )
    keep(database, CallStatusRecord("CA1", "completed", after(90), 5, 80))
    number = "+16082645338"
    busy = LegRow("Eau Claire", number, "CA8", after(10), "busy", None, bridged=False, disposition=None)
    spoke = LegRow("Madison", number, "CA9", after(20), "completed", 61, bridged=True, disposition="spoke")
    assert log(database) == [
        CallRow(
            call_sid="CA1",
            campaign="demo",
            direction="inbound",
            caller="NANA",
            called="+15005550006",
            language="en",
            started_at=after(10),
            ended_at=after(90),
            duration=80,
            status="completed",
            last_step="step-4",
            end_reason="goodbye",
            legs=(busy, spoke),
        )
    ]


def test_what_is_under_way_is_in_progress_whatever_the_carrier_calls_it(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1), pseudonym=""))
    (call,) = log(database)
    assert (call.status, call.caller, call.ended_at, call.duration, call.end_reason) == (
        "in-progress",
        "withheld",
        None,
        None,
        None,
    )
    assert (call.legs[0].status, call.legs[0].bridged) == ("in-progress", False)


def test_calls_come_oldest_first_of_one_campaign_and_one_time(database: Database) -> None:
    publish(database, "one")
    publish(database, "two")
    for at, campaign_id in ((30, 1), (10, 2), (20, 1), (40, 1)):
        save(database, turn(1, call_sid=f"CA{at}", seconds=at, campaign_id=campaign_id, version_id=campaign_id))
    assert [call.call_sid for call in log(database)] == ["CA10", "CA20", "CA30", "CA40"]
    assert [call.call_sid for call in log(database, "one", since=20, until=40)] == ["CA20", "CA30"]
    assert log(database, "two", since=11) == []
    with pytest.raises(UnknownCampaign, match="'three'"):
        log(database, "three")


def test_a_long_log_costs_no_memory_and_no_call_is_left_out_or_told_twice(database: Database) -> None:
    publish(database)
    save(database, turn(1))
    with database.read() as connection:
        first = connection.execute(select(calls)).one()._asdict()
    # Of nobody in particular: what one supporter called before is looked at in each call of theirs.
    first |= {"pseudonym": None}
    del first["id"]
    # Many calls begin in the same second, across the border of two pages.
    many = [{**first, "call_sid": f"CA-{n}", "started_at": after(100 + n // 700)} for n in range(3500)]
    insert_many(database, calls, many)
    tracemalloc.start()
    with database.read() as connection:
        seen = {call.call_sid for call in stream_calls(connection)}
        _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen == {"CA1", *(f"CA-{n}" for n in range(3500))}
    assert peak < 12_000_000


def test_a_slow_reader_holds_no_transaction_open(database: Database) -> None:
    publish(database)
    save(database, turn(1))
    with database.read() as connection:
        stream = stream_calls(connection)
        first = next(stream)
        assert not connection.in_transaction()
        assert replace(first, legs=()) == first
