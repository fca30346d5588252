"""A backup made while calls run, restored elsewhere: the same log, and calls go on; a newer journal is no harm."""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import create_app
from app.cli.context import ready_offices
from app.config import Settings
from app.logs import configure_logs
from app.services.chores import Chores
from app.services.export_calls import ExportFormat, export_calls
from app.services.open_hotline import open_hotline
from app.services.stage import demo_stage
from app.simulator import Caller, Supporter
from app.simulator.script import Stage
from app.store.database import Database
from scripts.backup import BackupFailed, back_up, main
from tests.support.campaigns import TUESDAY_10
from tests.support.demo import demo_settings
from tests.support.hotline import HOTLINE, Hotline
from tests.support.postgres import fresh_database

AT = datetime(2026, 11, 24, tzinfo=UTC)
CALLS = 8


def log_of(url: str) -> list[dict[str, object]]:
    with closing(Database(url)) as database:
        return [json.loads(line) for line in export_calls(database, ExportFormat.JSONL)]


@contextmanager
def restored(file: Path, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The commands of docs/backup.md, on another database."""
    if file.suffix == ".sqlite":
        shutil.copy(file, folder / f"restored-{file.name}")
        yield f"sqlite:///{folder}/restored-{file.name}"
        return
    with fresh_database(request.getfixturevalue("postgres"), f"patchline_restored_{os.getpid()}") as url:
        command = ["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={url}", str(file)]
        subprocess.run(command, check=True, capture_output=True)
        yield url


def test_a_backup_while_calls_run_is_whole_and_takes_calls(
    hotline: Hotline, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if "postgres" in hotline.settings.database_url and not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed")

    def call(number: int) -> None:
        hotline.calls(f"+160855501{number:02}").presses("4").waits().presses("1").hangs_up()

    call(99)
    first = log_of(hotline.settings.database_url)
    with ThreadPoolExecutor(1) as others:
        going_on = [others.submit(call, number) for number in range(CALLS)]
        during = back_up(hotline.settings.database_url, tmp_path / "backups", AT)
        for one in going_on:
            one.result()
    after = back_up(hotline.settings.database_url, tmp_path / "backups", AT + timedelta(seconds=1))
    whole = log_of(hotline.settings.database_url)
    assert len(whole) == CALLS + 1
    assert after.stat().st_mode & 0o777 == 0o600
    with restored(during, request, tmp_path) as url:
        found = log_of(url)
        assert found[:1] == first
        assert [one["call_sid"] for one in found] == [one["call_sid"] for one in whole][: len(found)]
    with restored(after, request, tmp_path) as url:
        assert log_of(url) == whole
        settings = replace(hotline.settings, database_url=url)
        with demo_stage(create_app, settings, ready_offices(settings), TUESDAY_10, seed=77) as stage:
            whole_call(stage, "+16085550199")
        assert len(log_of(url)) == CALLS + 2


def whole_call(stage: Stage, number: str) -> None:
    caller = Caller(stage.carrier, Supporter(number)).dials(HOTLINE)
    caller.presses("5").waits().presses("2").hears("Next:").hangs_up()


def test_f41_a_journal_that_is_newer_than_the_restored_database_is_replayed(tmp_path: Path) -> None:
    configure_logs("critical")
    settings = demo_settings(f"sqlite:///{tmp_path}/a.db", tmp_path)
    offices = ready_offices(settings)
    with demo_stage(create_app, settings, offices, TUESDAY_10, seed=41) as stage:
        whole_call(stage, "+16085550100")
        older = back_up(settings.database_url, tmp_path / "backups", AT)
        begun = Caller(stage.carrier, Supporter("+16085550101")).dials(HOTLINE).presses("4")
        with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            begun.waits().presses("1").hears("Thank you.").hangs_up()
            whole_call(stage, "+16085550102")
        for name in ("a.db", "a.db-wal", "a.db-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        shutil.copy(older, tmp_path / "a.db")
        replay(settings, stage)
        calls = log_of(settings.database_url)
        replay(settings, stage)
        assert log_of(settings.database_url) == calls
    # Of the call that began between backup and outage, the journal has what happened in the outage.
    assert len(calls) == 3
    assert {call["status"] for call in calls} == {"completed"}


def replay(settings: Settings, stage: Stage) -> None:
    parts = open_hotline(settings, stage.clock)
    with closing(parts.database):
        Chores(parts, settings).tick()
        assert parts.journal.is_empty
        assert not parts.journal.corrupt_path.exists()


def test_a_failed_backup_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_text("no database, whatever it is called")
    for url, why in ((f"sqlite:///{tmp_path}/none.db", "no database"), (f"sqlite:///{tmp_path}/bad.db", "SQLite says")):
        with pytest.raises(BackupFailed, match=why):
            back_up(url, tmp_path / "backups", AT)
    assert list((tmp_path / "backups").iterdir()) == []
    assert "Usage" in str(main([]))
