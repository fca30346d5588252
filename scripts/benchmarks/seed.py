"""A small record of which large ones are made: half a year of made-up calls, kept by the code that keeps real ones."""

import time
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Table, select

from app.services.demo_data.history import Wanted, make_history
from app.services.hotline import Hotline
from app.services.open_hotline import open_hotline
from app.store.call_log_tables import call_facts, call_notes, call_tags, leg_facts
from app.store.call_notes import Note, add_note
from app.store.call_tags import add_tag
from app.store.figure_tables import figure_facts
from app.store.tables import callbacks, calls, legs, supporter_offices, supporters, turns
from scripts.benchmarks.progress import tell
from scripts.benchmarks.setup import SLUG, make_site, prepare

CALLS = 2000
DAYS = 182

KEPT = (calls, turns, legs, callbacks, supporters, supporter_offices, call_notes, call_tags)
"""What calls leave in the record, and organizers beside them; each table after those that it points to."""
DERIVED = (call_facts, leg_facts, figure_facts)
"""What triggers make of that, a row for each call or office call."""

_NOTED_EVERY, _TAGGED_EVERY, _MOST_TAGS = 100, 50, 10
_TAGS = ("press", "call back", "moved to tears")
_TELL_EVERY_S = 5.0

Seed = Mapping[Table, list[dict[str, Any]]]
"""The rows of each table."""


def make_seed(count: int = CALLS) -> Seed:
    """So many calls, with what triggers make of them; they are the first rows of a campaign that is the only one."""
    with TemporaryDirectory(prefix="patchline-bench-seed-") as name:
        settings = make_site(f"sqlite:///{Path(name) / 'seed.db'}", Path(name), 1).settings
        prepare(settings)
        hotline = open_hotline(settings)
        with closing(hotline.database):
            now = hotline.clock.now()
            _make_calls(hotline, Wanted(SLUG, count, DAYS, now, seed=1))
            with hotline.database.write() as connection:
                _add_by_hand(connection, now)
            with hotline.database.read() as connection:
                return {table: _rows(connection, table) for table in (*KEPT, *DERIVED)}


def _make_calls(hotline: Hotline, wanted: Wanted) -> None:
    told = time.monotonic()
    for progress in make_history(hotline, wanted):
        if time.monotonic() - told > _TELL_EVERY_S:
            told = time.monotonic()
            tell(f"{progress.done:,} of {wanted.calls:,} calls made, of which the log will be made")


def _add_by_hand(connection: Connection, now: datetime) -> None:
    for at, call_sid in enumerate(connection.scalars(select(calls.c.call_sid).order_by(calls.c.id)).all()):
        if at % _NOTED_EVERY == 0:
            add_note(connection, call_sid, Note(now, "olga@example.org", f"Call {at}: wants to hear of the outcome."))
        if at % _TAGGED_EVERY == 0:
            add_tag(connection, call_sid, _TAGS[at // _TAGGED_EVERY % len(_TAGS)], _MOST_TAGS)


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
