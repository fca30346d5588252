"""The call log against the plainest possible filter: over all calls that the export gives, one by one."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, delete, func, select

from app.domain.call_filters import NOT_TOLD, CallFilters, Steps
from app.domain.came_from import CameFrom
from app.domain.campaigns import CampaignStatus
from app.domain.furthest import Furthest
from app.domain.results import Outcome
from app.store.call_log_counts import Total, matching_days, total
from app.store.call_log_pages import Place, Way, count_found, find_page
from app.store.call_log_rows import CallLine, call_lines
from app.store.call_log_tables import (
    call_facts,
    call_tallies,
    call_tally_changes,
    leg_facts,
    leg_tallies,
    leg_tally_changes,
)
from app.store.call_notes import Note, add_note, correct_outcome, mark_test
from app.store.campaigns import import_version
from app.store.database import Connection, Database
from app.store.export import CallRow, LegRow, stream_calls
from app.store.migrate import downgrade, upgrade
from app.store.schema import metadata
from app.store.tables import calls, offices, turns
from tests.store.call_histories import CALLS, OF_EARLIER_RELEASE, MadeCall, keep_history
from tests.store.making import NOON, OFFICES, after, end, plan, publish, save, turn

FILTERS = st.builds(
    CallFilters,
    since=st.none() | st.dates(date(2026, 11, 24), date(2026, 11, 27)),
    until=st.none() | st.dates(date(2026, 11, 24), date(2026, 11, 27)),
    office_id=st.none() | st.integers(1, 3),
    line=st.none() | st.sampled_from(["answered", "busy", "no_answer", "failed", "canceled", "open"]),
    outcome=st.none() | st.sampled_from([*(each.value for each in Outcome), NOT_TOLD]),
    steps=st.none()
    | st.builds(Steps, st.sampled_from(list(Furthest)[:5]), st.sampled_from(list(Furthest)[1:]), st.booleans()),
    language=st.none() | st.sampled_from(["en", "es"]),
    returning=st.none() | st.booleans(),
    short=st.none() | st.just(True),
    failed=st.none() | st.just(True),
    noted=st.none() | st.just(True),
    attention=st.none() | st.just(True),
    came_from=st.none() | st.sampled_from(CameFrom),
    left=st.none() | st.none() | st.sampled_from(["step-1", "step-2"]),
    tests=st.booleans(),
    demo=st.booleans(),
)
OFFICE_OF = sorted(OFFICES)
EACH_EXAMPLE = settings(
    max_examples=8, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# Down to an early release and up again takes a second or two.
EACH_MIGRATION = settings(EACH_EXAMPLE, max_examples=3)


def emptied(database: Database) -> Database:
    """Without any call; the campaign is published once."""
    with database.write() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name not in {"campaigns", "campaign_versions", "offices", "audit"}:
                connection.execute(delete(table))
        is_new = connection.scalar(select(func.count()).select_from(offices)) == 0
    if is_new:
        publish(database)
    return database


def read_pages(
    connection: Connection, filters: CallFilters, size: int, way: Way, at_each: Callable[[], None] = lambda: None
) -> list[Place]:
    days = matching_days(connection, 1, filters, legs=way.legs)
    found: list[Place] = []
    while True:
        page = find_page(connection, 1, filters, days, way, size)
        assert not page.gave_up
        found += page.places
        if page.goes_on is None:
            return found
        assert len(page.places) == size
        way = replace(way, after=page.goes_on)
        at_each()


class Truth:
    """All calls of the log, and which of them a filter lets through."""

    def __init__(self, connection: Connection) -> None:
        rows = connection.execute(select(calls).order_by(calls.c.id)).all()
        self.rows = {row.call_sid: row for row in rows}
        self.turns = {row.call_sid: row.last_turn for row in rows}
        self.tests = {row.call_sid for row in rows if row.is_test}
        marked = {row.call_sid for row in rows if row.marked_test}
        self.left_out = marked | {row.call_sid for row in rows if row.end_reason == "blocked"}
        named = [row.pseudonym or row.call_sid for row in rows]
        self.returning = {row.call_sid for at, row in enumerate(rows) if named[at] in named[:at]}
        self.office_ids = {row.label: row.id for row in connection.execute(select(offices))}
        notes = metadata.tables["call_notes"]
        noted = select(calls.c.call_sid).join(notes, notes.c.call_id == calls.c.id)
        self.noted = set(connection.scalars(noted))
        self.calls = list(stream_calls(connection))
        told = connection.execute(select(turns).order_by(turns.c.turn)).all()
        self.last_turn = {row.call_sid: row for row in told}
        self.heard = {row.call_sid: note["second"] for row in told[::-1] for note in row.notes if "second" in note}

    def step(self, call: CallRow) -> Furthest:
        connected = [leg for leg in call.legs if leg.status == "completed"]
        talked = [leg for leg in call.legs if self.talked(leg)]
        if talked:
            return Furthest.AGAIN if len(connected) > 1 else Furthest.TALKED
        if connected:
            return Furthest.CONNECTED
        if call.legs:
            return Furthest.CHOSE
        if self.rows[call.call_sid].summary_s is None:
            is_through = self.turns[call.call_sid] > 1 or (call.duration or 0) >= 30
        elif call.ended_at and (call.duration or 0) < 3:
            return Furthest.BRIEF
        else:
            is_through = self.heard_s(call) is not None
        return Furthest.HEARD if is_through else Furthest.ANSWERED

    def left(self, call: CallRow) -> str | None:
        """The prompt during which the caller hung up, of a call that counts."""
        last = self.last_turn[call.call_sid]
        if call.ended_at is None or call.end_reason != "caller-hangup" or call.call_sid in self.left_out:
            return None
        passed = int(call.ended_at.timestamp()) - int(last.at.timestamp())
        return last.step if last.speech_s is not None and 0 <= passed < last.speech_s else None

    def heard_s(self, call: CallRow) -> int | None:
        """The second by which the summary was heard, of a call of which that is kept."""
        last = self.rows[call.call_sid].summary_s
        by_the_end = last if call.ended_at and 0 < last <= (call.duration or 0) else None
        return self.heard.get(call.call_sid, by_the_end)

    @staticmethod
    def talked(leg: LegRow) -> bool:
        told_nothing = leg.disposition is None and leg.status == "completed"
        return leg.disposition == "spoke" or (told_nothing and (leg.duration or 0) >= 45)

    def matches(self, filters: CallFilters, call: CallRow) -> bool:
        day = (call.started_at - timedelta(hours=6)).date()
        short = any(leg.status == "completed" and (leg.duration or 99) < 6 for leg in call.legs)
        failed = call.end_reason == "system-fault" or any(leg.status == "failed" for leg in call.legs)
        step, steps = self.step(call), filters.steps
        return (
            (filters.since is None or day >= filters.since)
            and (filters.until is None or day <= filters.until)
            and (filters.tests or filters.demo or call.call_sid not in self.tests)
            and (filters.tests or call.call_sid not in self.left_out)
            and filters.came_from in (None, {"inbound": "dialed-in", "outbound": "call-me"}[call.direction])
            and (filters.left is None or filters.left == self.left(call))
            and filters.language in (None, call.language)
            and filters.returning in (None, call.call_sid in self.returning)
            and filters.short in (None, short)
            and filters.failed in (None, failed)
            and filters.noted in (None, call.call_sid in self.noted)
            and filters.attention in (None, short or failed or call.end_reason == "wrong-keys")
            and (
                steps is None
                or (steps.least <= step <= steps.most and (not steps.is_over or call.ended_at is not None))
            )
            and (not filters.of_legs or any(self.leg_matches(filters, leg) for leg in call.legs))
        )

    def leg_matches(self, filters: CallFilters, leg: LegRow) -> bool:
        words = {"completed": "answered", "no-answer": "no_answer", "in-progress": "open"}
        line = words.get(leg.status, leg.status)
        outcome = leg.disposition or (NOT_TOLD if line == "answered" else "")
        return (
            filters.office_id in (None, self.office_ids[leg.office])
            and filters.line in (None, line)
            and filters.outcome in (None, outcome)
        )


def add_by_hand(database: Database, history: Sequence[MadeCall]) -> None:
    """A note on every fourth call, each second told outcome corrected, every third call a test, one counted again."""
    with database.write() as connection:
        for number in range(0, len(history), 4):
            add_note(connection, f"CA{number}", Note(NOON, "olga@example.org", "odd"))
        for number in range(0, len(history), 3):
            assert mark_test(connection, f"CA{number}", is_test=True)
        mark_test(connection, "CA3", is_test=False)
        for number in range(0, len(history), 2):
            for leg in range(2, 9):
                correct_outcome(connection, f"CA{number}", leg, Outcome.VOICEMAIL, NOON, "olga@example.org")


def derived(connection: Connection, facts: Table, tallies: Table, changes: Table) -> None:
    """The tallies are what the facts add up to."""
    cell = [column.name for column in tallies.primary_key]
    counts = [column.name for column in tallies.columns if column.name not in cell]
    columns = [*(facts.c[name] for name in cell), func.count(), *(func.sum(facts.c[name]) for name in counts[1:])]
    wanted = connection.execute(select(*columns).group_by(*(facts.c[name] for name in cell))).all()
    kept: dict[tuple[object, ...], list[int]] = {}
    for table in (tallies, changes):
        for row in connection.execute(select(*(table.c[name] for name in (*cell, *counts)))):
            sums = kept.setdefault(tuple(row[: len(cell)]), [0] * len(counts))
            sums[:] = [a + b for a, b in zip(sums, row[len(cell) :], strict=True)]
    assert {key: sums for key, sums in kept.items() if any(sums)} == {
        tuple(row[: len(cell)]): list(row[len(cell) :]) for row in wanted
    }


@EACH_EXAMPLE
@given(history=st.lists(CALLS, max_size=12), some=st.lists(FILTERS, min_size=10, max_size=10), size=st.integers(1, 5))
def test_every_filter_page_and_total_is_the_truth(
    database: Database, history: list[MadeCall], some: list[CallFilters], size: int
) -> None:
    keep_history(emptied(database), history)
    add_by_hand(database, history)
    with database.read() as connection:
        truth = Truth(connection)
        derived(connection, call_facts, call_tallies, call_tally_changes)
        derived(connection, leg_facts, leg_tallies, leg_tally_changes)
        for filters in (CallFilters(), CallFilters(tests=True), CallFilters(demo=True), *some):
            wanted = [call.call_sid for call in truth.calls if truth.matches(filters, call)]
            latest_first = read_pages(connection, filters, size, Way())
            assert sorted(line.call_sid for line in call_lines(connection, latest_first)) == sorted(wanted)
            assert latest_first == sorted(latest_first, reverse=True)
            assert read_pages(connection, filters, size, Way(backwards=True)) == latest_first[::-1]
            days = matching_days(connection, 1, filters)
            counted = total(connection, 1, filters, days)
            assert (counted.n, counted.is_exact) == (len(wanted), True)
            by_leg = read_pages(connection, filters, size, Way(legs=True))
            attempts = [
                leg.dial_call_sid
                for call in truth.calls
                if truth.matches(filters, call)
                for leg in call.legs
                if truth.leg_matches(filters, leg)
            ]
            assert len(set(by_leg)) == len(by_leg) == len(attempts)
            of_legs = matching_days(connection, 1, filters, legs=True)
            assert total(connection, 1, filters, of_legs, legs=True).n == len(attempts)


def lines(connection: Connection, filters: CallFilters) -> list[CallLine]:
    return call_lines(connection, read_pages(connection, filters, 50, Way()))


def test_no_row_is_lost_or_repeated_while_calls_come_in(database: Database) -> None:
    publish(database)
    first = [f"CA{number}" for number in range(23)]
    save(database, *(turn(1, call_sid=sid, seconds=100 * (at // 3)) for at, sid in enumerate(first)))
    came = iter(range(1000))

    def another_call() -> None:
        save(database, turn(1, call_sid=f"CB{next(came)}", seconds=50_000))

    with database.read() as connection:
        places = read_pages(connection, CallFilters(), 4, Way(), another_call)
        assert sorted(line.call_sid for line in call_lines(connection, places)) == sorted(first)
    with database.read() as connection:
        days = matching_days(connection, 1, CallFilters())
        back = find_page(connection, 1, CallFilters(), days, Way(after=places[3], backwards=True), 50)
        assert sum(line.call_sid.startswith("CB") for line in call_lines(connection, back.places)) == next(came)


def test_a_row_tells_which_visit_it_is_and_how_it_went(database: Database) -> None:
    publish(database)
    save(database, turn(1), turn(2), turn(1, call_sid="CA2", seconds=500, language="es"))
    with database.read() as connection:
        second, one = lines(connection, CallFilters())
    assert (one.caller, one.visit, second.visit, second.language) == ("NANA", 1, 2, "es")
    assert (one.step, second.step, one.is_over, one.talk_s) == (Furthest.HEARD, Furthest.ANSWERED, False, 0)


def test_a_first_turn_that_comes_late_moves_its_call_to_its_day(database: Database) -> None:
    publish(database)
    late = turn(1, call_sid="CA1", day="2026-11-23")
    save(database, turn(2, call_sid="CA1", day="2026-11-24"), late)
    with database.read() as connection:
        assert not lines(connection, CallFilters(since=date(2026, 11, 24)))
        assert len(lines(connection, CallFilters(until=date(2026, 11, 23)))) == 1


def test_what_is_erased_is_counted_no_more(database: Database) -> None:
    publish(database)
    save(database, turn(1), turn(1, call_sid="CA2"))
    with database.write() as connection:
        connection.execute(delete(calls).where(calls.c.call_sid == "CA2"))
    with database.read() as connection:
        assert matching_days(connection, 1, CallFilters()).n == 1


@pytest.mark.parametrize("bound", ["MOST_CANDIDATES", "MOST_READ"])
def test_two_kinds_of_filters_together_are_counted_up_to_a_bound(
    database: Database, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    publish(database)
    for number in range(6):
        day = f"2026-11-2{number + 1}"
        save(database, turn(1, plan(1), call_sid=f"CA{number}", seconds=86400 * number, day=day, language="es"))
    monkeypatch.setattr(f"app.store.call_log_counts.{bound}", 3)
    both = CallFilters(office_id=1, language="es")
    with database.read() as connection:
        days = matching_days(connection, 1, both)
        bounded = total(connection, 1, both, days)
        seldom = replace(both, returning=True)
        way, places = Way(), list[Place]()
        while (page := find_page(connection, 1, seldom, days, way, 1)).goes_on:
            assert page.gave_up or page.places
            way, places = replace(way, after=page.goes_on), [*places, *page.places]
    assert (bounded.n, bounded.is_exact) == (3, False)
    assert len({place.call_id for place in [*places, *page.places]}) == 5


def test_a_rare_filter_reads_so_much_in_vain_at_once_and_is_counted_all_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(database)
    for number in range(12):
        at = {"seconds": 86400 * (number // 2), "day": f"2026-11-2{number // 2 + 1}"}
        save(database, turn(1, call_sid=f"CA{number}", language="en" if number % 2 else "es", **at))  # type: ignore[arg-type]  # fields of a turn
    monkeypatch.setattr("app.store.call_log_counts.MOST_READ", 3)
    monkeypatch.setattr("app.store.call_log_pages._READ_AT_ONCE", 1)
    rare = CallFilters(language="es")
    with database.read() as connection:
        days = matching_days(connection, 1, rare)
        assert total(connection, 1, rare, days) == Total(6, is_exact=True)
        first = find_page(connection, 1, rare, days, Way(), 6)
        rest = find_page(connection, 1, rare, days, Way(first.goes_on), 6)
        whole = find_page(connection, 1, CallFilters(), matching_days(connection, 1, CallFilters()), Way(), 12)
    assert (len(first.places), first.gave_up, len(rest.places), rest.gave_up) == (4, True, 2, False)
    assert (len(whole.places), whole.gave_up) == (12, False)


def test_a_search_that_found_its_calls_is_counted_as_it_is(database: Database) -> None:
    publish(database)
    save(database, *(turn(1, call_sid=f"CA{number}", seconds=number) for number in range(5)))
    found = CallFilters(only=[2, 4, 99])
    with database.read() as connection:
        page = find_page(connection, 1, found, None, Way(), 1)
        assert page.goes_on is page.places[0]
        assert page.places[0].call_id == 4
        assert count_found(connection, 1, found, Way()) == 2
        assert after(3) == page.places[0].started_at


def test_calls_at_once_are_all_counted_and_none_waits_for_a_counter(database: Database) -> None:
    publish(database)

    def call(number: int) -> None:
        answered = turn(2, end(1, OFFICE_OF[number % 3]), call_sid=f"CA{number}", seconds=number + 10)
        save(database, turn(1, plan(1, OFFICE_OF[number % 3]), call_sid=f"CA{number}", seconds=number), answered)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(call, range(180)))
    with database.read() as connection:
        derived(connection, call_facts, call_tallies, call_tally_changes)
        derived(connection, leg_facts, leg_tallies, leg_tally_changes)
        assert matching_days(connection, 1, CallFilters()).n == 180
        folded = connection.scalar(select(func.sum(call_tallies.c.n)))
        assert folded, "changes are folded into the tallies as they come"


@EACH_MIGRATION
@given(history=st.lists(OF_EARLIER_RELEASE, min_size=6, max_size=14))
def test_the_migration_derives_what_the_triggers_had_kept(database: Database, history: list[MadeCall]) -> None:
    with emptied(database).write() as connection:
        body = {"slug": "demo", "time_zone": "America/Chicago"}
        import_version(connection, "demo", None, CampaignStatus.LIVE, body, OFFICES, NOON)
    # In the order in which they began: visits are numbered as calls come.
    keep_history(database, sorted(history, key=lambda call: call.started_s))
    before = derived_rows(database)
    url = database.engine.url.render_as_string(hide_password=False)
    database.close()
    downgrade(url, "0002_organizers")
    upgrade(url)
    assert derived_rows(database) == before


def derived_rows(database: Database) -> list[list[tuple[object, ...]]]:
    with database.read() as connection:
        found = [[tuple(row) for row in connection.execute(select(table))] for table in (call_facts, leg_facts)]
        totals = [matching_days(connection, 1, each).n for each in (CallFilters(), CallFilters(line="busy"))]
    return [*(sorted(rows, key=repr) for rows in found), [tuple(totals)]]
