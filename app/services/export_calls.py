"""The call log as text: JSON lines, or CSV for spreadsheets."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from app.services.csv_lines import csv_line, in_utc
from app.store.database import Database
from app.store.export import CallRow, LegRow, stream_calls

_CALL_COLUMNS = tuple(field.name for field in fields(CallRow) if field.name != "legs")
_LEG_COLUMNS = tuple(field.name for field in fields(LegRow))
_CSV_COLUMNS = (*_CALL_COLUMNS, *(f"leg_{name}" if name in _CALL_COLUMNS else name for name in _LEG_COLUMNS))


class ExportFormat(StrEnum):
    """How the log is written."""

    CSV = "csv"
    JSONL = "jsonl"


def export_calls(
    database: Database,
    form: ExportFormat,
    campaign: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    with_tests: bool = True,
) -> Iterator[str]:
    """The calls that started from `since` on and before `until`, oldest first, as pieces of text to write out.

    Without `with_tests`, simulated calls are left out.

    JSON lines have one call each. The CSV has one row an office attempt (a call without any has one row) under the same
    names; where call and attempt share one (started_at, status, duration), the attempt's begins with `leg_`. A cell of
    text that a spreadsheet would take for a formula begins with an apostrophe, phone numbers included.
    Raises UnknownCampaign and StoreUnavailable.
    """
    with database.read() as connection:
        yield from write_calls(stream_calls(connection, campaign, since, until, with_tests=with_tests), form)


def write_calls(rows: Iterator[CallRow], form: ExportFormat) -> Iterator[str]:
    """The rows as pieces of text, as `export_calls` says."""
    return _WRITERS[form](rows)


def call_as_json(row: CallRow) -> str:
    """One call of the log as a line of JSON."""
    return json.dumps(asdict(row), default=in_utc, ensure_ascii=False)


def _json_lines(rows: Iterator[CallRow]) -> Iterator[str]:
    for row in rows:
        yield call_as_json(row) + "\n"


def _csv(rows: Iterator[CallRow]) -> Iterator[str]:
    yield csv_line(_CSV_COLUMNS)
    for row in rows:
        call = [getattr(row, name) for name in _CALL_COLUMNS]
        for leg in row.legs:
            yield csv_line([*call, *(getattr(leg, name) for name in _LEG_COLUMNS)])
        if not row.legs:
            yield csv_line([*call, *(None for _ in _LEG_COLUMNS)])


_WRITERS: Mapping[ExportFormat, Callable[[Iterator[CallRow]], Iterator[str]]] = MappingProxyType(
    {ExportFormat.CSV: _csv, ExportFormat.JSONL: _json_lines}
)
