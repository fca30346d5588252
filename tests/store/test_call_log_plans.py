"""No page, filter, count, search or detail of the call log reads the log from end to end: the planners say so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import product

import pytest
from sqlalchemy import Connection, select, text

from app.domain.call_filters import CallFilters, Steps
from app.domain.furthest import Furthest
from app.store.call_detail import read_call
from app.store.call_log_counts import matching_days, total
from app.store.call_log_pages import Place, Way, count_found, find_page
from app.store.call_log_rows import call_lines
from app.store.call_log_tables import call_tags
from app.store.call_notes import Note, add_note
from app.store.call_search import calls_of_same, search_calls
from app.store.call_tags import calls_with_tag, tags_in_use
from app.store.database import Database
from app.store.export import some_calls
from app.store.figures import sum_callers, sum_calls, sum_figures, sum_legs
from app.store.live import begun_by_minute, calls_in_menu, calls_with_offices, count_on_line, last_ended, troubles
from app.store.live_pulse import pulse
from app.store.lost_turns import lost_lately
from app.store.tables import callbacks, calls, legs, turns
from tests.store.making import NOON, after, insert_many, patiently, publish
from tests.store.test_statements import A_CALL, A_CALLBACK, A_LEG, A_TURN, scanned

LOG = {"calls", "legs", "turns", "callbacks", "call_facts", "leg_facts", "figure_facts"}
FILTERS = [
    CallFilters(),
    CallFilters(since=date(2026, 12, 1), until=date(2026, 12, 3)),
    CallFilters(office_id=2),
    CallFilters(line="busy"),
    CallFilters(outcome="spoke", office_id=2, line="answered"),
    CallFilters(language="es"),
    CallFilters(came_from="call-me", tests=True),
    CallFilters(demo=True, line="busy"),
    CallFilters(steps=Steps(Furthest.TALKED, Furthest.AGAIN)),
    CallFilters(short=True, returning=True, attention=True, noted=True, failed=True),
    CallFilters(office_id=2, language="es"),
    CallFilters(left="welcome"),
    CallFilters(left="welcome", since=date(2026, 12, 1), demo=True, language="es", line="busy"),
]


@pytest.fixture
def long_log(database: Database) -> Database:
    """A log of 6,000 calls over 60 days, each with a leg, a turn and a callback, by 300 supporters."""
    publish(database)
    sids = [f"CA{number}" for number in range(6000)]
    insert_many(database, calls, [a_call(number, sid) for number, sid in enumerate(sids)])
    with database.read() as connection:
        ids = connection.scalars(select(calls.c.id)).all()
    insert_many(database, legs, [a_leg(each) for each in ids])
    insert_many(database, turns, [{**A_TURN, "call_sid": sid} for sid in sids])
    insert_many(database, callbacks, [{**A_CALLBACK, "call_sid": sid} for sid in sids])
    insert_many(database, call_tags, [{"call_id": each, "campaign_id": 1, "tag": f"tag {each % 300}"} for each in ids])
    with patiently(database) as connection:
        add_note(connection, "CA77", Note(NOON, "olga@example.org", "odd"))
        connection.execute(text("ANALYZE"))
    return database


def a_call(number: int, sid: str) -> dict[str, object]:
    started_at, language = NOON + timedelta(minutes=14 * number), "es" if number % 4 == 0 else "en"
    facts = {"started_at": started_at, "pseudonym": f"{number % 300:032x}", "language": language}
    return {**A_CALL, "call_sid": sid, **facts}


def a_leg(call_id: int) -> dict[str, object]:
    line_result = "busy" if call_id % 9 == 0 else "answered"
    return {**A_LEG, "call_id": call_id, "office_id": 1 + call_id % 3, "line_result": line_result}


def test_nothing_reads_the_log_from_end_to_end(long_log: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    # One log for all of it: to fill it takes longer than to ask it.
    pages_and_counts(long_log, monkeypatch)
    searches_and_a_call(long_log)
    what_a_search_has_found_is_read_by_its_numbers(long_log)
    what_was_lost_lately(long_log, monkeypatch)
    the_board_and_the_figures(long_log)
    a_page_goes_by_the_index_of_the_log(long_log)


def pages_and_counts(long_log: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.call_log_counts.MOST_CANDIDATES", 200)
    middle = Place(date(2026, 12, 20), NOON + timedelta(days=26), 2700)

    def read(connection: Connection, filters: CallFilters, way: Way) -> object:
        days = matching_days(connection, 1, filters, legs=way.legs)
        total(connection, 1, filters, days, legs=way.legs)
        found = find_page(connection, 1, filters, days, way, 50)
        return call_lines(connection, found.places)

    ways = (Way(), Way(middle), Way(middle, backwards=True))
    for filters, way, by_leg in product(FILTERS, ways, (False, True)):
        asked = partial(read, filters=filters, way=replace(way, legs=by_leg))
        assert not scanned(long_log, asked) & LOG, (filters, way, by_leg)


def searches_and_a_call(long_log: Database) -> None:
    reads: tuple[Callable[[Connection], object], ...] = (
        lambda connection: search_calls(connection, 1, "CA77"),
        lambda connection: search_calls(connection, 1, "7F3K"),
        lambda connection: calls_of_same(connection, 1, "CA77"),
        lambda connection: calls_with_tag(connection, 1, "press"),
        lambda connection: tags_in_use(connection, 1),
        lambda connection: read_call(connection, "CA77"),
        lambda connection: some_calls(connection, [5, 6, 7]),
    )
    for read in reads:
        assert not scanned(long_log, read) & LOG


def what_a_search_has_found_is_read_by_its_numbers(long_log: Database) -> None:
    def read(connection: Connection, filters: CallFilters, way: Way) -> int:
        page = find_page(connection, 1, filters, None, way, 50)
        assert len(call_lines(connection, page.places)) == min(50, count_found(connection, 1, filters, way))
        return len(page.places)

    of_both = CallFilters(demo=True, line="busy", language="es")
    for filters, by_leg in product((CallFilters(demo=True), of_both), (False, True)):
        way = Way(legs=by_leg)
        found = partial(read, filters=replace(filters, only=range(9, 900, 27)), way=way)
        assert not scanned(long_log, found) & LOG, (filters, by_leg)
        with long_log.read() as connection:
            assert found(connection) > 0
            assert read(connection, replace(filters, only=[]), way) == 0


def what_was_lost_lately(long_log: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.lost_turns._CALLBACKS_BACK", 50)
    last = NOON + timedelta(minutes=14 * 6000)
    assert not scanned(long_log, lambda connection: lost_lately(connection, last - timedelta(hours=1), last)) & LOG


def a_page_goes_by_the_index_of_the_log(long_log: Database) -> None:
    explain = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[long_log.engine.dialect.name]
    told = []
    with long_log.read() as connection:
        for table, order in (("call_facts", "call_id"), ("leg_facts", "call_id, leg_id")):
            query = f"SELECT call_id FROM {table} WHERE campaign_id = 1 AND day BETWEEN '2026-12-20' AND '2026-12-20'"
            in_order = f" ORDER BY day DESC, started_at DESC, {', '.join(f'{c} DESC' for c in order.split(', '))}"
            told.append(str(connection.exec_driver_sql(explain + query + in_order + " LIMIT 50").all()))
    assert all("_campaign_id_day_started_at_call_id" in plan for plan in told), told


def the_board_and_the_figures(long_log: Database) -> None:
    latest = after(14 * 60 * 5_999)

    def read(connection: Connection) -> None:
        for tests in (False, True):
            count_on_line(connection, 1, latest, tests=tests)
            calls_with_offices(connection, 1, latest, tests=tests)
            last_ended(connection, 1, latest.date(), 10, tests=tests)
            calls_in_menu(connection, 1, latest, ["CA1"], 24, tests=tests)
            begun_by_minute(connection, 1, latest, tests=tests)
        pulse(connection, latest)
        troubles(connection, 1, latest)
        sum_calls(connection, 1, CallFilters())
        sum_legs(connection, 1, CallFilters())
        sum_figures(connection, 1, CallFilters())
        sum_callers(connection, 1, CallFilters(since=latest.date()))

    assert not scanned(long_log, read) & LOG
