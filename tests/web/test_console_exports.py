"""Exports of the call log: exactly what a page shows, bounded, and in the audit."""

import csv
import io
import json
from http import HTTPStatus

import pytest
from werkzeug.test import TestResponse

from tests.support.call_log import fill_pages
from tests.support.call_pages import LOG, OWNER
from tests.support.console import NAME, OWN, Console, Visit


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_export_is_exactly_what_is_filtered_and_stands_in_the_audit(
    console: Console, visit: Visit, form: str
) -> None:
    visit.get(LOG)
    answer = visit.post(f"{LOG}/export", {"form": form, "office": "madison", "when": "today"}, buffered=True)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="calls-{OWN}-2026-11-24.{form}"'
    if form == "csv":
        sids = {row["call_sid"] for row in csv.DictReader(io.StringIO(answer.text, newline=""))}
    else:
        sids = {json.loads(line)["call_sid"] for line in answer.text.splitlines()}
    assert sids == {"CA1", "CA2"}
    assert console.audit()[-1] == f"{OWNER} exported 2 calls of {NAME} (Today, Madison)."


def test_office_calls_are_exported_as_they_are_filtered(console: Console, visit: Visit) -> None:
    page = visit.get(f"{LOG}?by=office&line=answered").text
    assert "Export 2 office calls" in page
    asked = {"form": "csv", "by": "office", "line": "answered"}
    answer = visit.post(f"{LOG}/export", asked, buffered=True)
    assert "office-calls-" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [(row["call_sid"], row["office"], row["leg_duration"]) for row in rows] == [
        ("CA1", "Madison", "190"),
        ("CA2", "Madison", "3"),
    ]
    assert console.audit()[-1] == f"{OWNER} exported 2 office calls of {NAME} (Answered)."


def test_an_hour_allows_thirty_exports(sqlite_console: Console, sqlite_visit: Visit) -> None:
    sqlite_visit.get(LOG)
    answers = [sqlite_visit.post(f"{LOG}/export", buffered=True) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [HTTPStatus.OK] * 30 + [HTTPStatus.TOO_MANY_REQUESTS]
    assert "30 times within an hour" in answers[-1].text
    sqlite_console.clock.move(3601)
    assert sqlite_console.signed_in(OWNER).post(f"{LOG}/export", buffered=True).status_code == HTTPStatus.OK


def test_a_long_export_has_every_call_once(console: Console) -> None:
    fill_pages(console.desk.database, 1203)
    text = console.signed_in(OWNER).post(f"{LOG}/export", {"form": "jsonl"}, buffered=True).text
    sids = [json.loads(line)["call_sid"] for line in text.splitlines()]
    assert sorted(sids) == sorted(f"CB{number}" for number in range(1203))


def test_an_export_is_asked_for_by_a_form_with_the_filters(console: Console, visit: Visit) -> None:
    page = visit.get(f"{LOG}?when=today").text
    form = page.partition(f'action="{LOG}/export"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="when" value="today">' in form
    assert 'name="csrf_token"' in form
    before = console.audit()
    for method in ("GET", "HEAD"):
        assert visit.client.open(f"{LOG}/export", method=method).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert console.audit() == before


def test_what_was_searched_for_is_quoted_in_the_audit(sqlite_console: Console, sqlite_visit: Visit) -> None:
    sqlite_visit.post(f"{LOG}/export", {"q": "x), and nothing else. (\u202e", "office": "madison"}, buffered=True)
    told = r"(Madison, Search: 'x), and nothing else. (\u202e')."
    assert sqlite_console.audit()[-1].endswith(told)


def test_a_member_has_one_export_at_once_and_a_process_four(sqlite_console: Console, sqlite_visit: Visit) -> None:
    def export(visit: Visit) -> TestResponse:
        # Not read: the reader is slow.
        return visit.client.post(f"{LOG}/export", data={"csrf_token": visit.token})

    sqlite_visit.get(LOG)
    slow = export(sqlite_visit)
    entries = len(sqlite_console.audit())
    second = export(sqlite_visit)
    assert second.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "An export of yours is under way." in second.text
    assert len(sqlite_console.audit()) == entries
    others = [sqlite_console.signed_in(sqlite_console.add(f"{n}@example.org").email) for n in range(4)]
    running = [export(other) for other in others[:3]]
    assert [each.status_code for each in running] == [HTTPStatus.OK] * 3
    assert "4 exports are under way" in export(others[3]).text
    slow.close()
    last = export(others[3])
    assert last.status_code == HTTPStatus.OK
    assert last.text.count("CA")
    assert export(sqlite_visit).status_code == HTTPStatus.OK, "one that was read has ended"
