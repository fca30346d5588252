from datetime import date

from app.domain.picking import Memory
from app.domain.record import CallStatusRecord, Ending, OutcomeReported, Preferred
from app.domain.results import LineResult, Outcome
from app.store.calls import latest_state
from app.store.database import Database
from app.store.tables import calls, legs, supporter_offices, supporters, turns
from app.store.turns import stored_answer
from tests.store.making import ANNA, BERT, advice, after, end, facts, keep, plan, publish, row, rows, save, turn


def test_the_first_turn_makes_the_call(database: Database) -> None:
    publish(database)
    save(database, turn(1))
    call = row(database, calls)
    assert (call.call_sid, call.pseudonym, call.direction, call.called) == ("CA1", ANNA, "inbound", "+15005550006")
    assert (call.status, call.started_at, call.ended_at, call.end_reason) == ("in-progress", after(10), None, None)


def test_a_repeated_turn_gets_the_first_answer_and_changes_nothing(database: Database) -> None:
    publish(database)
    first = turn(1, plan(1))
    repeat = turn(1, plan(1, "wausau"), Ending("goodbye"), step="other", answer="<other/>", language="es")
    assert save(database, first, repeat, first) == [first.answer] * 3
    kept = row(database, turns)
    assert (kept.answer, kept.step, kept.notes[0]["office"]) == (first.answer, "step-1", "madison")
    assert (row(database, calls).language, row(database, calls).end_reason) == ("en", None)
    assert row(database, supporters).calls == 1
    assert facts(database).dials_on_day == 1
    with database.read() as connection:
        assert stored_answer(connection, "CA1", 1) == first.answer
        assert stored_answer(connection, "CA1", 2) is None


def test_a_late_turn_takes_nothing_back(database: Database) -> None:
    publish(database)
    save(database, turn(3, Ending("goodbye"), language="es"), turn(2))
    call = row(database, calls)
    assert (call.last_turn, call.last_step, call.language, call.state) == (3, "step-3", "es", "state-3")
    assert (call.started_at, call.end_reason) == (after(20), "goodbye")
    with database.read() as connection:
        assert latest_state(connection, "CA1") == "state-3"
        assert latest_state(connection, "CA2") == ""


def test_a_planned_leg_counts_as_live_until_its_end_or_for_35_minutes(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1, "madison", "open", "near")), turn(1, plan(1), call_sid="CA2", pseudonym=BERT))
    assert facts(database).live_legs == 2
    assert facts(database, "wausau").live_legs == 0
    assert rows(database, legs)[0].reasons == ["open", "near"]
    save(database, turn(2, end(1)))
    assert facts(database).live_legs == 1
    assert facts(database, now=after(35 * 60)).live_legs == 1
    assert facts(database, now=after(35 * 60 + 11)).live_legs == 0


def test_dials_are_counted_for_one_day(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1)), turn(2, plan(2)), turn(1, plan(1), call_sid="CA2", day="2026-11-25"))
    assert (facts(database).day, facts(database).dials_on_day) == (date(2026, 11, 25), 1)
    # A turn that the journal kept since yesterday does not bring yesterday back.
    save(database, turn(3, plan(3)))
    assert (facts(database).day, facts(database).dials_on_day) == (date(2026, 11, 25), 1)


def test_an_answered_leg_is_remembered_for_its_supporter_alone(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1)), turn(2, end(1, dial_call_sid="CA9", duration_s=61)))
    leg = row(database, legs)
    assert (leg.status, leg.line_result, leg.bridged, leg.duration_s) == ("completed", "answered", True, 61)
    assert (leg.ended_at, leg.dial_call_sid, leg.number) == (after(20), "CA9", "+16082645338")
    known = facts(database)
    assert (known.my_tried_at, known.my_reached) == (after(10), True)
    assert (known.my_day, known.my_bridges_on_day) == (date(2026, 11, 24), 1)
    assert not facts(database, pseudonym=BERT).my_reached
    assert facts(database, pseudonym=BERT).dials_on_day == 1


def test_bridges_are_counted_for_one_day(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1)), turn(2, end(1), plan(2)), turn(3, end(2)))
    assert facts(database).my_bridges_on_day == 2
    save(database, turn(4, plan(4), day="2026-11-25"), turn(5, end(4), day="2026-11-25"))
    assert facts(database).my_bridges_on_day == 1


def test_a_leg_whose_announcement_was_lost_is_kept_by_its_end_and_filled_in_later(database: Database) -> None:
    publish(database)
    save(database, turn(2, end(1)), turn(1, plan(1, "madison", "open")))
    leg = row(database, legs)
    assert (leg.status, leg.number, leg.reasons) == ("completed", "+16082645338", ["open"])
    assert (leg.planned_at, leg.ended_at) == (after(10), after(20))


def test_a_busy_office_cools_and_a_failed_one_is_hidden_for_everyone(database: Database) -> None:
    publish(database)
    busy = end(1, result=LineResult.BUSY, cool_until=after(600))
    failed = end(2, "wausau", LineResult.FAILED, hide=True)
    save(database, turn(1, plan(1)), turn(2, busy, plan(2, "wausau")), turn(3, failed))
    assert facts(database, pseudonym=BERT).cooled_until == after(600)
    assert facts(database, "wausau", pseudonym=BERT).hidden
    assert [leg.line_result for leg in rows(database, legs)] == ["busy", "failed"]
    assert not facts(database).my_reached
    # A turn that comes late does not warm the office up.
    save(database, turn(1, end(1, result=LineResult.BUSY, cool_until=after(60)), call_sid="CA2"))
    assert facts(database).cooled_until == after(600)


def test_what_the_caller_told_decides_whether_the_office_was_reached(database: Database) -> None:
    publish(database)
    save(
        database,
        turn(1, plan(1)),
        turn(2, end(1)),
        turn(3, OutcomeReported(1, "madison", Outcome.UNREACHED, reached=False)),
    )
    assert row(database, legs).disposition == "unreached"
    assert not facts(database).my_reached
    assert facts(database).could_not_at == (after(30),)
    save(database, turn(4, OutcomeReported(1, "madison", Outcome.VOICEMAIL, reached=True)))
    assert facts(database).my_reached


def test_what_the_caller_told_holds_if_the_end_of_the_leg_comes_later(database: Database) -> None:
    publish(database)
    save(
        database,
        turn(1, plan(1)),
        turn(3, OutcomeReported(1, "madison", Outcome.UNREACHED, reached=False)),
        turn(2, end(1)),
    )
    assert not facts(database).my_reached
    assert facts(database).my_bridges_on_day == 1


def test_the_last_two_reports_of_not_getting_through_are_kept(database: Database) -> None:
    publish(database)
    for at in (50, 10, 70, 20, 60):
        told = OutcomeReported(1, "madison", Outcome.UNREACHED, reached=False)
        save(database, turn(1, plan(1), told, call_sid=f"CA{at}", seconds=at))
    assert facts(database).could_not_at == (after(70), after(60))


def test_a_choice_of_language_is_remembered_for_the_next_call(database: Database) -> None:
    publish(database)
    assert advice(database).memory is None
    save(database, turn(1))
    assert advice(database).memory == Memory("en", patient=False)
    save(database, turn(2, Preferred("es", patient=True)), turn(1, call_sid="CA2", seconds=3600))
    assert advice(database).memory == Memory("es", patient=True, has_heard_summary=True)
    assert (row(database, supporters).calls, row(database, supporters).last_call_at) == (2, after(3600))


def test_of_a_withheld_number_nothing_is_remembered(database: Database) -> None:
    publish(database)
    told = OutcomeReported(1, "madison", Outcome.SPOKE, reached=True)
    whole = (turn(1, plan(1), Preferred("es", patient=True)), turn(2, end(1)), turn(3, told))
    save(database, *(turn(t.turn, *t.notes, pseudonym="") for t in whole))
    assert row(database, calls).pseudonym is None
    assert rows(database, supporters) == rows(database, supporter_offices) == []
    assert facts(database, pseudonym="").my_tried_at is None
    assert row(database, legs).disposition == "spoke"


def test_a_leg_that_is_planned_after_its_call_ended_is_not_live(database: Database) -> None:
    publish(database)
    save(database, turn(1))
    keep(database, CallStatusRecord("CA1", "completed", after(40)))
    save(database, turn(2, plan(2)))
    assert facts(database).live_legs == 0
    assert row(database, legs).status == "canceled"


def test_hostile_text_and_numbers_are_kept_as_far_as_a_database_can(database: Database) -> None:
    publish(database)
    sid = "CA\0\ud800' OR 1=1 --" + "x" * 5000
    save(database, turn(1, plan(1), call_sid=sid, answer="<first/>"))
    note = end(1, dial_call_sid="\0\udfff", duration_s=10**30)
    assert save(database, turn(2, note, call_sid=sid, answer="<second/>"), turn(1, call_sid=sid, answer="")) == [
        "<second/>",
        "<first/>",
    ]
    keep(database, CallStatusRecord(sid, "completed\0" * 1000, after(40), sequence=-(10**30), duration_s=10**30))
    keep(database, CallStatusRecord(sid, "completed", after(40), sequence=10**30, duration_s=-5))
    assert row(database, calls).status == "completed"
    assert row(database, legs).duration_s == 2**31 - 1
