"""The audit: readable, filtered, append-only, and every change of it found."""

import csv
import io
import re
import threading
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import pytest
import structlog
from sqlalchemy import literal_column, select
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from app.domain.audit import FIRST, By, Checked, Deed, Entry, chained, key_mark
from app.domain.documents import Document
from app.logs.masking import mask
from app.services.audit import PAGE, check_audit, note, note_alone
from app.services.campaigns import export_campaign, import_campaign
from app.services.organization import change_organization
from app.store import audit
from app.store.audit import Wanted
from app.store.database import Database
from app.store.schema import metadata
from tests.support.console import NAME, OWN, Console

ANA = "ana@example.org"
OWNER = "organizer@demo.invalid"
AT = datetime(2026, 11, 24, 17, 0, 0, 123456, UTC)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}\u202e"

_table = metadata.tables["audit"]


def fill(database: Database, count: int = 5) -> None:
    for number in range(count):
        with database.write() as connection:
            audit.append(
                connection, Entry(AT, "ana@example.org", Deed.EXPORT, f"Ana did {number}.", OWN, "why", "here")
            )


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def tampered(database: Database, **values: Any) -> int | None:
    """Change the third entry behind the triggers' back, and look for it."""
    disarm(database)
    with database.write() as connection:
        connection.execute(_table.update().where(_table.c.id == 3).values(**values))
        return audit.check(connection).broken


def disarm(database: Database) -> None:
    with database.write() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_keep_on_update")
            connection.exec_driver_sql("DROP TRIGGER audit_keep_on_delete")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET why = 'x'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 1"]
)
def test_the_database_itself_refuses_changes(database: Database, statement: str) -> None:
    fill(database)
    with pytest.raises(DBAPIError, match="the audit never changes"), database.write() as connection:
        connection.exec_driver_sql(statement)
    with database.read() as connection:
        assert audit.check(connection).broken is None
        assert len(audit.page(connection, Wanted(), None, 10)) == 5


def test_postgresql_refuses_to_empty_the_audit(postgresql_url: str) -> None:
    with closing(Database(postgresql_url)) as database:
        fill(database)
        with pytest.raises(DBAPIError, match="the audit never changes"), database.write() as connection:
            connection.exec_driver_sql("TRUNCATE audit")


@pytest.mark.parametrize(
    "change",
    [
        {"at": datetime(2026, 11, 24, 17, 0, 0, 123457, UTC)},
        {"who": "bert@example.org"},
        {"deed": "publish"},
        {"deed": "no deed of ours"},
        {"at": literal_column("'no moment'")},
        {"campaign": ""},
        {"sentence": "Ana did 2"},
        {"why": ""},
        {"place": "there"},
        {"hash": "0" * 64},
    ],
)
def test_every_change_is_found(sqlite_url: str, change: dict[str, Any]) -> None:
    database = Database(sqlite_url)
    fill(database)
    assert tampered(database, **change) == 3
    database.close()


@pytest.mark.parametrize("change", [{"why": ""}, {"hash": f"{key_mark(b'ours')}:{'0' * 64}"}, {"hash": "0" * 64}])
def test_every_change_of_a_signed_entry_is_found(sqlite_url: str, change: dict[str, Any]) -> None:
    with closing(Database(sqlite_url, audit_key=b"ours")) as database:
        fill(database)
        assert tampered(database, **change) == 3


def test_an_audit_from_before_the_signing_is_signed_from_then_on(database: Database) -> None:
    fill(database, 2)
    with closing(Database(url_of(database), audit_key=b"ours")) as later:
        with later.read() as connection:
            assert audit.check(connection) == Checked()
        fill(later, 2)
        with later.read() as connection:
            assert audit.check(connection) == Checked(signed=3, signed_at=AT)
    # Whoever has no key can add no entry that is taken for ours, and make none anew.
    fill(database, 1)
    with closing(Database(url_of(database), audit_key=b"ours")) as later, later.read() as connection:
        assert audit.check(connection).broken == 5


def test_entries_with_another_key_are_told_and_not_taken_for_ours(database: Database) -> None:
    for key in (b"another", b"ours"):
        with closing(Database(url_of(database), audit_key=key)) as keyed:
            fill(keyed, 2)
            with keyed.read() as connection:
                checked = audit.check(connection)
    assert checked == Checked(signed=1, signed_at=AT, strange=1)


def test_an_unknown_deed_is_found_and_shown(sqlite_console: Console) -> None:
    fill(sqlite_console.desk.database)
    assert tampered(sqlite_console.desk.database, deed="no deed of ours") == 3
    owner = sqlite_console.signed_in(OWNER)
    assert "Entry 3 does not follow" in owner.get("/console/audit/check").text
    assert "Ana did 3." in owner.get("/console/audit").text


def test_the_log_tells_each_new_end_of_the_audit_and_none_that_was_undone(sqlite_console: Console) -> None:
    structlog.reset_defaults()  # a command may have asked for warnings alone
    desk = sqlite_console.desk
    with capture_logs() as events:
        with suppress(KeyError), desk.database.write() as connection:
            note(connection, AT, By(ANA), Deed.EXPORT, "Undone.")
            raise KeyError
        note_alone(desk, By(ANA), Deed.EXPORT, "Done.")
    [told] = [event for event in events if event["event"] == "audit_head"]
    assert mask(told["hash"]) == told["hash"]
    with desk.database.read() as connection:
        last = connection.execute(select(_table).order_by(_table.c.id.desc()).limit(1)).one()
    assert (told["entry"], told["hash"].replace(":", "")) == (last.id, last.hash.replace(":", ""))


def test_the_check_says_what_it_cannot_show(sqlite_console: Console) -> None:
    assert (
        "cannot show that the last entries were cut off"
        in sqlite_console.signed_in(OWNER).get("/console/audit/check").text
    )


def test_an_entry_that_was_taken_away_is_found(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    fill(database)
    disarm(database)
    with database.write() as connection:
        connection.execute(_table.delete().where(_table.c.id == 3))
        assert audit.check(connection).broken == 4
    database.close()


def test_what_is_hashed_is_what_can_be_read_again(database: Database) -> None:
    nasty = "é\0\ud800" + "x" * 200
    with database.write() as connection:
        audit.append(connection, Entry(AT, nasty, Deed.SEARCH, nasty, OWN, nasty, nasty))
        audit.append(connection, Entry(AT, "", Deed.SEARCH, "Then."))
        assert audit.check(connection).broken is None
        [_, first] = audit.page(connection, Wanted(), None, 2)
    assert first.entry.sentence.startswith("é?xxx")
    assert len(first.entry.who) <= 128


def test_each_field_counts() -> None:
    entry = Entry(AT, "a", Deed.EXPORT, "b", "c", "d", "e")
    shifted = Entry(AT, "", Deed.EXPORT, "ab", "c", "d", "e")
    assert chained(FIRST, entry) != chained(FIRST, shifted)
    assert chained(FIRST, entry) != chained("1" * 64, entry)


def test_the_page_shows_filters_and_goes_on(console: Console) -> None:
    for number in range(PAGE + 5):
        note_alone(
            console.desk, By("ana@example.org", "203.0.113.0/24"), Deed.EXPORT, f"Ana exported {number}.", OWN, "x"
        )
    owner = console.signed_in(OWNER)
    first = owner.get("/console/audit?deed=export&who=ana@example.org").text
    assert first.count("Ana exported") == PAGE
    assert "Ana exported 54." in first
    more = re.findall(r'href="([^"]+before=[^"]+)"', first)[0]
    assert owner.get(unescape(more)).text.count("Ana exported") == 5
    assert "No entry matches" in owner.get("/console/audit?deed=nothing").text
    assert "Ana exported" not in owner.get("/console/audit?deed=people").text
    assert f'<option value="{OWN}" selected>{NAME}</option>' in owner.get(f"/console/audit?campaign={OWN}").text
    said = owner.get("/console/audit/check").text
    assert "Nothing was changed" in said
    assert "Entries from 1 on, made since" in said


def test_days_and_words_choose_entries_and_a_publication_leads_to_its_version(console: Console) -> None:
    database, keys = console.desk.database, console.app.hotline.keys
    change_organization(console.desk, By(ANA), "", "America/Chicago")
    document = export_campaign(database, OWN)
    for name in ("One", "Two"):
        # The first at 11:30 p.m. of the 24th in Chicago, the second after midnight there.
        console.clock.move(12.5 * 3600 if name == "One" else 3600)
        campaign = replace(document.campaign, name=name)
        import_campaign(database, keys, console.clock, Document(campaign, document.status), by=By(ANA))
    note_alone(console.desk, By(ANA), Deed.SEARCH, "Ana looked 100% hard.", OWN, "They ASKED us")
    owner = console.signed_in(OWNER)
    asked = {
        "since=2026-11-25&words=published+two": ["Two"],
        "until=2026-11-24&deed=publish&words=published": ["One"],
        "since=2026-11-25&until=2026-11-25&deed=publish": ["Two"],
        "words=asked": ["looked"],
        "words=100%25+hard": ["looked"],
        "words=1%25d": [],
        "words=published+nowhere": [],
    }
    for query, told in asked.items():
        found = re.findall(
            r'class="sentence">ana@example.org published (\w+);|Ana (looked)', owner.get(f"/console/audit?{query}").text
        )
        assert [one or other for one, other in found] == told, query
    page = owner.get("/console/audit?words=published+one").text
    assert f'href="/console/campaigns/{OWN}/edit/versions/2"' in page
    assert "version 2 of Two" in page
    wrong = owner.get("/console/audit?since=yesterday&until=9999-12-31")
    assert wrong.text.count("Choose a day, such as 2026-11-24.") == 2
    exported = owner.post("/console/audit/export", {"words": "published", "until": "2026-11-24"}).text
    assert ("One" in exported, "Two" in exported) == (True, False)


def test_exactly_the_entries_that_are_asked_for_are_exported_and_that_is_noted(console: Console) -> None:
    for number in range(510):
        note_alone(console.desk, By(ANA), Deed.EXPORT, f"=1+{number}", OWN)
    note_alone(console.desk, By(ANA), Deed.PEOPLE, "Ana did something else.")
    answer = console.signed_in(OWNER).post("/console/audit/export", {"who": ANA, "deed": "export"})
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == ("text/csv", 'attachment; filename="audit.csv"')
    heads, *rows = list(csv.reader(io.StringIO(answer.text)))
    assert heads[:4] == ["entry", "at", "who", "deed"]
    # An apostrophe before what a spreadsheet would reckon.
    assert [row[heads.index("sentence")] for row in rows] == [f"'=1+{number}" for number in reversed(range(510))]
    assert console.audit()[-1] == f"{OWNER} exported the audit (deed 'export', who '{ANA}')."


def test_the_check_says_which_entry_does_not_follow(sqlite_console: Console) -> None:
    fill(sqlite_console.desk.database)
    assert tampered(sqlite_console.desk.database, why="not so") == 3
    assert check_audit(sqlite_console.desk).broken == 3
    assert "Entry 3 does not follow" in sqlite_console.signed_in(OWNER).get("/console/audit/check").text


def test_hostile_text_shows_as_text(sqlite_console: Console) -> None:
    note_alone(sqlite_console.desk, By(HOSTILE, HOSTILE), Deed.SEARCH, HOSTILE, OWN, HOSTILE)
    owner = sqlite_console.signed_in(OWNER)
    purpose = {"purpose": HOSTILE[:80], "days": "7"}
    pages = [
        owner.get("/console/audit").text,
        owner.get("/console/audit", query_string={"who": HOSTILE, "campaign": HOSTILE}).text,
        owner.post(f"/console/campaigns/{OWN}/share", purpose).text,
        owner.get(f"/console/campaigns/{OWN}/share").text,
        owner.post("/console/people", {"email": HOSTILE, "role": HOSTILE, "campaign": HOSTILE}).text,
        owner.client.get("/console/account", headers={"User-Agent": HOSTILE}).text,
        sqlite_console.visit().get("/console/sign-in", query_string={"next": HOSTILE}).text,
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;" in pages[0]


def test_share_links_are_listed_ended_and_expire(console: Console) -> None:
    owner = console.signed_in(OWNER)
    path = f"/console/campaigns/{OWN}/share"
    for form in ({"purpose": " ", "days": "7"}, {"purpose": "x" * 81, "days": "7"}, {"purpose": "x", "days": "8"}):
        assert owner.post(path, form).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    links = []
    for purpose in ("The phone bank", "The coalition"):
        page = owner.post(path, {"purpose": purpose, "days": "7"}).text
        links.append(urlsplit(re.findall(r'id="link" value="([^"]+)"', page)[0]).path)
    page = owner.get(path).text
    assert links[0] not in page
    end = re.findall(r'action="([^"]+/end)"', page.partition("The phone bank")[2])[0]
    assert owner.post(end).status_code == HTTPStatus.SEE_OTHER
    assert console.visit().get(links[0]).status_code == HTTPStatus.GONE
    assert console.visit().get(links[1]).status_code != HTTPStatus.GONE
    console.clock.move(7 * 24 * 3600 + 1)
    assert [console.visit().get(link).status_code for link in links] == [HTTPStatus.GONE] * 2
    assert f"{OWNER} ended a share link to {NAME}." in console.audit()


def test_entries_at_the_same_instant_follow_each_other(database: Database) -> None:
    threads = [threading.Thread(target=fill, args=(database, 3)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert len(audit.page(connection, Wanted(), None, 100)) == 12
        assert audit.check(connection).broken is None
