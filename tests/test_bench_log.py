"""A log filled for a benchmark is what the record would hold, had each of its calls been kept one by one."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Table, delete, func, insert, select

from app.config import Settings
from app.domain.call_filters import CallFilters
from app.services.campaigns import import_campaign
from app.services.export_calls import ExportFormat
from app.services.open_hotline import open_hotline
from app.store.call_log_tables import call_notes, call_tags
from app.store.call_notes import Note, add_note
from app.store.database import Connection, Database
from app.store.figures import sum_callers, sum_figures
from app.store.metadata import metadata
from app.store.statements import upsert
from app.store.tables import calls, legs, supporters, turns
from scripts.benchmarks.exports import Exported
from scripts.benchmarks.fill import fill_log
from scripts.benchmarks.log import Measured, report_log, table
from scripts.benchmarks.options import LogOptions, read_options
from scripts.benchmarks.pages import PAGES
from scripts.benchmarks.seed import DERIVED, KEPT, Seed, make_seed
from scripts.benchmarks.setup import always_open
from tests.store.making import NOON

SEED, LOG = 40, 120
SUMS = [each for each in metadata.sorted_tables if "tall" in each.name]


@pytest.fixture(scope="module")
def seed() -> Seed:
    return make_seed(SEED)


@pytest.fixture
def filled(settings: Settings, seed: Seed) -> Iterator[Database]:
    hotline = open_hotline(settings)
    with closing(hotline.database) as database:
        import_campaign(database, hotline.keys, hotline.clock, always_open())
        assert fill_log(settings.database_url, seed, LOG - SEED + 1) == LOG
        yield database


def rows(connection: Connection, of: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(of).order_by(*of.primary_key)).mappings()]


def sums(connection: Connection, kind: str) -> dict[tuple[Any, ...], list[int]]:
    """The cells of a kind of tally with their counts, those included that are not folded into it yet."""
    tallies = metadata.tables[f"{kind}_tallies"]
    cell = [column.name for column in tallies.primary_key]
    counts = [column.name for column in tallies.c if column.name not in cell]
    found: dict[tuple[Any, ...], list[int]] = {}
    for each in (tallies, metadata.tables[f"{kind}_tally_changes"]):
        for row in connection.execute(select(*(each.c[name] for name in (*cell, *counts)))):
            before = found.setdefault(tuple(row[: len(cell)]), [0] * len(counts))
            before[:] = map(sum, zip(before, row[len(cell) :], strict=True))
    return {key: values for key, values in found.items() if any(values)}


def all_that_is_derived(database: Database) -> dict[str, object]:
    everything = CallFilters(demo=True)
    with database.read() as connection:
        return {
            **{each.name: rows(connection, each) for each in (*DERIVED, supporters)},
            **{kind: sums(connection, kind) for kind in ("call", "leg", "figure")},
            "by month": sum_figures(connection, 1, everything),
            "callers": sum_callers(connection, 1, everything),
        }


def keep_again(database: Database) -> None:
    """Take everything out of the log, and put it in again call by call, while triggers look."""
    with database.write() as connection:
        kept = {each: rows(connection, each) for each in KEPT}
        for each in [*SUMS, *reversed(DERIVED), *reversed(KEPT)]:
            connection.execute(delete(each))
        # Deleting has left changes.
        for each in SUMS:
            connection.execute(delete(each))
        connection.execute(insert(turns), kept[turns])
        of_supporters = {row["pseudonym"]: row for row in kept[supporters]}
        for call in kept[calls]:
            connection.execute(insert(calls).values(call))
            if call["pseudonym"]:
                first, again = {**of_supporters[call["pseudonym"]], "calls": 1}, {"calls": supporters.c.calls + 1}
                upsert(connection, supporters, ("campaign_id", "pseudonym"), first, again)
        for each in (legs, call_notes, call_tags):
            connection.execute(insert(each), kept[each])


def test_facts_and_tallies_of_a_filled_log_are_what_the_triggers_make_of_its_calls(filled: Database) -> None:
    derived = all_that_is_derived(filled)
    assert all(derived.values())
    keep_again(filled)
    again = all_that_is_derived(filled)
    for name, found in derived.items():
        assert again[name] == found, name


def test_a_filled_log_is_of_many_callers_in_many_weeks_and_goes_on(filled: Database, seed: Seed) -> None:
    with filled.write() as connection:
        found = rows(connection, calls)
        add_note(
            connection, found[-1]["call_sid"], Note(NOON, "olga@example.org", "numbered after those that are there")
        )
        open_ones = connection.scalar(select(func.count()).select_from(calls).where(calls.c.ended_at.is_(None)))
    assert len({call["call_sid"] for call in found}) == len(found) == LOG
    assert open_ones == 0
    assert len({call["pseudonym"] for call in found} - {None}) == LOG // SEED * len(seed[supporters])
    weekdays = Counter(call["day"].weekday() for call in seed[calls])
    assert Counter(call["day"].weekday() for call in found) == {day: LOG // SEED * n for day, n in weekdays.items()}
    assert max(call["started_at"] for call in found) == max(call["started_at"] for call in seed[calls])


def test_each_page_and_export_is_asked_for_and_told_of() -> None:
    tiny = read_options(["log", "--calls", "100", "--looks", "1", "--database", "sqlite"])
    assert isinstance(tiny, LogOptions)
    (report,) = report_log(tiny)
    told = re.findall(r"^(\S.*?) {2,}([\d.,]+) +([\d.]+)$", report, re.MULTILINE)
    assert [name for name, *_ in told][: len(PAGES)] == list(PAGES)
    assert len(told) == len(PAGES) + 6
    assert all(float(cost.replace(",", "")) > 0 and ratio == "1.00" for _, cost, ratio in told)


def test_a_cost_is_compared_with_the_smallest_logs() -> None:
    small, large = (
        Measured({"one call": 8.0 * cost}, {ExportFormat.CSV: Exported(5 * cost, 9000 / cost, 0)}) for cost in (1, 3)
    )
    told = {line[:32].strip(): line.split()[-3:] for line in table("sqlite", {100: small, 2000: large}) if line}
    assert told[""] == ["100", "2,000", "ratio"]
    assert told["one call"] == ["8.0", "24.0", "3.00"]
    assert told["export, csv: rows a second"] == ["9,000", "3,000", "0.33"]
    assert told["export, csv: MB it takes"] == ["0.1", "0.1", "1.00"]
