"""What the record makes of the summary: of turns and callbacks in any order, of supporters, and of old calls."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.domain.furthest import Furthest
from app.domain.record import CallStatusRecord, SummaryHeard
from app.store.call_log_tables import call_facts
from app.store.database import Database
from app.store.figure_tables import figure_facts
from app.store.migrate import downgrade, upgrade
from tests.store.making import ANNA, advice, after, keep, plan, publish, row, save, turn

OVER = "completed"


def step(database: Database) -> int:
    with database.read() as connection:
        return connection.scalar(select(call_facts.c.step).order_by(call_facts.c.call_id.desc())) or 0


def over(after_s: int, call_sid: str = "CA1") -> CallStatusRecord:
    return CallStatusRecord(call_sid, OVER, after(after_s), 1, after_s)


@pytest.mark.parametrize(
    ("lasted_s", "summary_s", "furthest"),
    [
        (2, 25, Furthest.BRIEF),
        (2, None, Furthest.ANSWERED),
        (3, 25, Furthest.ANSWERED),
        (24, 25, Furthest.ANSWERED),
        (25, 25, Furthest.HEARD),
        (40, 0, Furthest.ANSWERED),
        (30, None, Furthest.HEARD),
    ],
)
def test_how_far_a_caller_came_who_hung_up_in_the_first_prompt(
    database: Database, lasted_s: int, summary_s: int | None, furthest: Furthest
) -> None:
    publish(database)
    save(database, turn(1, seconds=0, summary_s=summary_s))
    assert step(database) == Furthest.ANSWERED
    keep(database, over(lasted_s))
    assert step(database) == furthest
    assert row(database, figure_facts).heard_s == (lasted_s if furthest is Furthest.HEARD else None)


def test_a_turn_that_comes_late_takes_back_what_the_end_of_the_call_seemed_to_tell(database: Database) -> None:
    publish(database)
    save(database, turn(1, seconds=0, summary_s=25))
    keep(database, over(40))
    assert step(database) == Furthest.HEARD
    save(database, turn(2, seconds=5, summary_s=0))
    assert step(database) == Furthest.ANSWERED
    save(database, turn(3, SummaryHeard(31), seconds=39, summary_s=0))
    assert (step(database), row(database, figure_facts).heard_s) == (Furthest.HEARD, 31)


def test_who_chose_an_office_at_once_has_no_second_at_which_the_summary_was_heard(database: Database) -> None:
    publish(database)
    save(database, turn(1, seconds=0, summary_s=25), turn(2, plan(2), seconds=2, summary_s=0))
    keep(database, over(2))
    assert (step(database), row(database, figure_facts).heard_s) == (Furthest.CHOSE, None)


def test_what_an_earlier_release_went_on_with_goes_by_its_rule(database: Database) -> None:
    publish(database)
    save(database, turn(1, seconds=0, summary_s=25), turn(2, seconds=4), turn(3, seconds=9, summary_s=0))
    assert step(database) == Furthest.HEARD


def test_a_supporter_is_known_to_have_heard_it_once_a_call_of_theirs_came_so_far(database: Database) -> None:
    publish(database)

    def knows() -> bool:
        memory = advice(database, after(60)).memory
        return memory is not None and memory.has_heard_summary

    save(database, turn(1, seconds=0, summary_s=25))
    assert not knows()
    keep(database, over(20))
    assert not knows()
    save(database, replace(turn(1, SummaryHeard(25), call_sid="CA2", seconds=30, summary_s=0), pseudonym="b" * 32))
    assert not knows(), "that was somebody else"
    save(database, turn(1, call_sid="CA3", seconds=40, summary_s=25), turn(2, SummaryHeard(25), call_sid="CA3"))
    assert knows()
    assert advice(database, after(60), ANNA).memory is not None


def test_an_earlier_release_finds_no_step_that_it_does_not_know(database: Database) -> None:
    publish(database)
    save(database, turn(1, seconds=0, summary_s=25))
    keep(database, over(2))
    assert step(database) == Furthest.BRIEF
    url = database.engine.url.render_as_string(hide_password=False)
    database.close()
    downgrade(url, "0019_left_calls")
    assert step(database) == Furthest.ANSWERED
    database.close()
    upgrade(url)
    keep(database, replace(over(2), duration_s=31))
    assert step(database) == Furthest.ANSWERED, "of a call that is there already the old rule holds"
