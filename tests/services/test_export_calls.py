"""The call log as people and programs get it: as the contract says, and harmless in a spreadsheet."""

import csv
import io
import json
from typing import Any

import pytest

from app.domain.campaigns import CampaignStatus
from app.domain.record import CallStatusRecord, Ending, OutcomeReported
from app.domain.results import LineResult, Outcome
from app.services.export_calls import ExportFormat, export_calls
from app.store.campaigns import import_version
from app.store.database import Database
from tests.store.making import NOON, OFFICES, after, end, keep, plan, publish, save, turn


@pytest.fixture
def logged(database: Database) -> Database:
    """Two calls: one that reached the second office, and one that is still in the menu."""
    publish(database)
    save(
        database,
        turn(1, plan(1, "eau-claire")),
        turn(2, end(1, "eau-claire", LineResult.BUSY, dial_call_sid="CA8"), plan(2)),
        turn(3, end(2, dial_call_sid="CA9", duration_s=61)),
        turn(4, OutcomeReported(2, "madison", Outcome.SPOKE, reached=True), Ending("goodbye"), step="goodbye"),
        turn(1, call_sid="CA2", seconds=200, pseudonym="", language="es"),
    )
    keep(database, CallStatusRecord("CA1", "completed", after(90), 5, 80))
    return database


def table(database: Database) -> list[dict[str, Any]]:
    text = "".join(export_calls(database, ExportFormat.CSV))
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_json_lines_are_as_the_contract_says(logged: Database) -> None:
    first, second = "".join(export_calls(logged, ExportFormat.JSONL)).splitlines()
    assert first == (
        '{"call_sid": "CA1", "campaign": "demo", "direction": "inbound", "caller": "NANA", "called": "+15005550006",'
        ' "language": "en", "started_at": "2026-11-24T18:00:10Z", "ended_at": "2026-11-24T18:01:30Z", "duration": 80,'
        ' "status": "completed", "last_step": "goodbye", "end_reason": "goodbye", "legs": ['
        '{"office": "Eau Claire", "number": "+16082645338", "dial_call_sid": "CA8",'
        ' "started_at": "2026-11-24T18:00:10Z", "status": "busy", "duration": null, "bridged": false,'
        ' "disposition": null}, '
        '{"office": "Madison", "number": "+16082645338", "dial_call_sid": "CA9",'
        ' "started_at": "2026-11-24T18:00:20Z", "status": "completed", "duration": 61, "bridged": true,'
        ' "disposition": "spoke"}]}'
    )
    call = json.loads(second)
    assert (call["caller"], call["ended_at"], call["duration"], call["legs"]) == ("withheld", None, None, [])


def test_the_csv_has_one_row_an_office_attempt_and_one_for_a_call_without(logged: Database) -> None:
    rows = table(logged)
    assert [(row["call_sid"], row["office"], row["leg_status"]) for row in rows] == [
        ("CA1", "Eau Claire", "busy"),
        ("CA1", "Madison", "completed"),
        ("CA2", "", ""),
    ]
    assert rows[1] == {
        "call_sid": "CA1",
        "campaign": "demo",
        "direction": "inbound",
        "caller": "NANA",
        "called": "'+15005550006",
        "language": "en",
        "started_at": "2026-11-24T18:00:10Z",
        "ended_at": "2026-11-24T18:01:30Z",
        "duration": "80",
        "status": "completed",
        "last_step": "goodbye",
        "end_reason": "goodbye",
        "office": "Madison",
        "number": "'+16082645338",
        "dial_call_sid": "CA9",
        "leg_started_at": "2026-11-24T18:00:20Z",
        "leg_status": "completed",
        "leg_duration": "61",
        "bridged": "true",
        "disposition": "spoke",
    }


def test_the_csv_keeps_to_rfc_4180(logged: Database) -> None:
    text = "".join(export_calls(logged, ExportFormat.CSV))
    assert text.endswith("\r\n")
    assert text.count("\r\n") == text.count("\n") == 4
    assert text.startswith('"call_sid","campaign",')
    assert '"goodbye","goodbye"' in text
    assert ",80," in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a20_no_cell_from_outside_begins_as_a_formula(database: Database, start: str) -> None:
    publish(database)
    evil = start + 'cmd|"/C calc"!A0, ñ'
    with database.write() as connection:
        import_version(connection, "demo", None, CampaignStatus.LIVE, {}, {**OFFICES, "madison": evil}, NOON)
    hostile = {"called": evil, "step": evil, "language": evil, "call_sid": evil}
    save(database, turn(1, plan(1), **hostile), turn(2, end(1, dial_call_sid=evil), **hostile))  # type: ignore[arg-type]
    (row,) = table(database)
    for name in ("call_sid", "called", "last_step", "language", "office", "dial_call_sid"):
        assert row[name] == "'" + evil
    for cell in row.values():
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_an_empty_log_is_a_heading_and_no_lines(database: Database) -> None:
    assert len("".join(export_calls(database, ExportFormat.CSV)).splitlines()) == 1
    assert "".join(export_calls(database, ExportFormat.JSONL)) == ""
