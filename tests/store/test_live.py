"""What goes on at this moment."""

from datetime import date
from itertools import pairwise

from app.domain.audit import Deed, Entry
from app.domain.record import CallStatusRecord, Ending, LegStatusRecord, OutcomeReported
from app.domain.results import LineResult, Outcome
from app.store.audit import append
from app.store.database import Database
from app.store.live import (
    Trouble,
    begun_by_minute,
    calls_in_menu,
    calls_with_offices,
    count_on_line,
    last_ended,
    troubles,
)
from app.store.live_pulse import pulse
from tests.store.making import NOON, RECORDS, after, end, keep, plan, publish, save, turn

NOW = after(300)


def test_whoever_has_not_gone_is_on_the_line(database: Database) -> None:
    publish(database)
    save(database, turn(1, call_sid="CA-on"), turn(1, call_sid="CA-test", is_test=True))
    save(database, turn(1, call_sid="CA-we-ended"), turn(2, Ending("goodbye"), call_sid="CA-we-ended"))
    save(database, turn(1, call_sid="CA-gone"), turn(1, call_sid="CA-unreported", seconds=-2 * 3600))
    keep(database, CallStatusRecord("CA-gone", "completed", after(60), 1, 50))
    with database.read() as connection:
        assert count_on_line(connection, 1, NOW, tests=False) == 1
        assert count_on_line(connection, 1, NOW, tests=True) == 2
        assert count_on_line(connection, 2, NOW, tests=True) == 0


def test_a_caller_rings_and_talks_at_one_office_at_a_time(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1, "wausau")), turn(2, plan(2, "madison")), turn(1, plan(1, "wausau"), call_sid="CA2"))
    keep(database, LegStatusRecord("CA1", 2, "CA9", "in-progress", after(40), 2))
    save(database, turn(1, plan(1), call_sid="CA3"), turn(2, end(1), call_sid="CA3"))
    with database.read() as connection:
        found = {call.call_sid: call for call in calls_with_offices(connection, 1, NOW, tests=False)}
    assert set(found) == {"CA1", "CA2"}
    assert (found["CA1"].is_talking, found["CA1"].since, found["CA1"].caller) == (True, after(40), "NANA")
    assert (found["CA2"].is_talking, found["CA2"].since) == (False, after(10))
    assert found["CA1"].office_id != found["CA2"].office_id


def test_the_last_office_calls_come_first_with_what_they_came_to(database: Database) -> None:
    publish(database)
    busy = end(1, result=LineResult.BUSY, cool_until=after(600))
    save(database, turn(1, plan(1)), turn(2, busy), turn(3, plan(3, "wausau")))
    save(database, turn(4, end(3, "wausau", duration_s=60)), turn(5, plan(5)))
    with database.read() as connection:
        told = last_ended(connection, 1, date(2026, 11, 24), 10, tests=False)
        assert [(each.office, each.result, each.talk_s) for each in told] == [
            ("Wausau", "not-told", 60),
            ("Madison", "busy", None),
        ]
        assert not last_ended(connection, 1, date(2026, 12, 24), 10, tests=False)
        (trouble,) = troubles(connection, 1, NOW).values()
        assert trouble == Trouble(after(600))
        assert not troubles(connection, 1, after(601))


def test_the_others_are_in_the_menu_and_hear_what_their_last_turn_said(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1)), turn(1, call_sid="CA2"), turn(2, call_sid="CA2"), turn(1, call_sid="CA3"))
    with database.read() as connection:
        found = calls_in_menu(connection, 1, NOW, ["CA1"], 9, tests=False)
        assert [(each.call_sid, each.step, each.since) for each in found] == [
            ("CA3", "step-1", after(10)),
            ("CA2", "step-2", after(10)),
        ]
        assert len(calls_in_menu(connection, 1, NOW, [], 2, tests=False)) == 2


def test_two_callers_who_could_not_get_through_lately_hint_at_a_full_mailbox(database: Database) -> None:
    publish(database)
    told = (plan(1), OutcomeReported(1, "madison", Outcome.UNREACHED, reached=False))
    for seconds, is_full in ((0, False), (200, True)):
        save(database, turn(1, *told, call_sid=f"CA{seconds}", seconds=seconds))
        with database.read() as connection:
            assert any(each.may_be_full for each in troubles(connection, 1, NOW).values()) is is_full
    with database.read() as connection:
        assert not troubles(connection, 1, after(30 * 60))


def test_calls_are_counted_by_the_minute_in_which_they_began(database: Database) -> None:
    publish(database)
    save(database, *(turn(1, call_sid=f"CA{second}", seconds=second) for second in (-1, 0, 59, 60, 250)))
    save(database, turn(1, call_sid="CA-test", seconds=1, is_test=True))
    with database.read() as connection:
        assert begun_by_minute(connection, 1, NOON, tests=False) == {NOON: 2, after(60): 1, after(240): 1}
        assert begun_by_minute(connection, 1, NOON, tests=True)[NOON] == 3
        assert begun_by_minute(connection, 2, NOON, tests=True) == {}


def test_whatever_happens_is_felt_and_nothing_else(database: Database) -> None:
    publish(database)
    felt = []

    def feel() -> None:
        with database.read() as connection:
            felt.append(pulse(connection, NOW))

    feel()
    for record in (*RECORDS, turn(4)):
        keep(database, record)
        feel()
    with database.write() as connection:
        append(connection, Entry(NOW, "somebody", Deed.PAUSE, "Somebody paused it."))
    feel()
    assert all(one != next_one for one, next_one in pairwise(felt))
    feel()
    assert felt[-1] == felt[-2]
