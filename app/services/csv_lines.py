"""Lines of CSV for spreadsheets: a cell that one would take for a formula begins with an apostrophe."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime

# What spreadsheets take for the beginning of a formula (OWASP: CSV Injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_line(cells: Iterable[object]) -> str:
    """A line of these cells, with its end; moments are in UTC."""
    line = io.StringIO(newline="")
    csv.writer(line, quoting=csv.QUOTE_NONNUMERIC).writerow([_cell(cell) for cell in cells])
    return line.getvalue()


def in_utc(moment: datetime) -> str:
    """A moment as exports write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return json.dumps(value)
        case datetime():
            return in_utc(value)
        case str() if value.startswith(_FORMULA_STARTS):
            return "'" + value
        case _:
            return value
