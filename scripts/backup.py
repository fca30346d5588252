"""Backs the database up into one file, while calls go on; the supporters' keys are left out on purpose.

SQLite is copied by its own backup, in one read transaction, which no writer waits for; PostgreSQL by pg_dump.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, make_url

from app.config import PROJECT_DIR, Settings, SettingsError


class BackupFailed(Exception):
    """No backup was made; the message says why and what to do."""


def back_up(database_url: str, folder: Path, now: datetime) -> Path:
    """Make a new file in the folder, readable by its owner alone, and name it; raises BackupFailed, OSError."""
    url = make_url(database_url)
    is_sqlite = url.get_backend_name() == "sqlite"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"patchline-{now:%Y%m%dT%H%M%SZ}.{'sqlite' if is_sqlite else 'dump'}"
    draft = file.with_name(f".{file.name}.part")
    # What is there under its own name is whole: nobody ever restores half a backup.
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        (_copy_sqlite if is_sqlite else _dump_postgresql)(url, draft)
        _sync(draft)
        os.link(draft, file)
    finally:
        draft.unlink()
    _sync(folder)
    return file


def _copy_sqlite(url: URL, draft: Path) -> None:
    source = Path(url.database or "")
    if not source.is_file():
        raise BackupFailed(f"There is no database at {source}: check DATABASE_URL.")
    try:
        with closing(sqlite3.connect(source)) as database, closing(sqlite3.connect(draft)) as copy:
            database.backup(copy)
            # A backup in the log's mode would make files beside itself whenever it is looked at.
            copy.execute("PRAGMA journal_mode=DELETE").close()
            (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise BackupFailed(f"SQLite says: {error}. Check the database and the room in the folder.") from error
    if found != "ok":
        raise BackupFailed(f"The database is damaged ({found}): keep your older backups, and ask for help.")


def _dump_postgresql(url: URL, draft: Path) -> None:
    # Everybody on the machine can read a command line, so the password goes another way.
    named = url.set(drivername="postgresql", password=None).render_as_string()
    password = {"PGPASSWORD": url.password} if url.password else {}
    command = ["pg_dump", "--format=custom", "--no-owner", f"--file={draft}", f"--dbname={named}"]
    try:
        done = subprocess.run(command, env=os.environ | password, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise BackupFailed(
            "pg_dump is not installed: install PostgreSQL's client programs (postgresql-client)."
        ) from None
    if done.returncode:
        raise BackupFailed(f"pg_dump failed: {done.stderr.strip()}")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def main(arguments: list[str]) -> str | None:
    """Back up into the folder that was named; gives what went wrong."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        return "Usage: scripts/backup FOLDER\nMakes a new file there with the whole database; see docs/backup.md."
    try:
        settings = Settings.load(os.environ, PROJECT_DIR / ".env")
        print("Copying the database; calls go on …", file=sys.stderr, flush=True)
        file = back_up(settings.database_url, Path(arguments[0]).absolute(), datetime.now(UTC))
    except FileExistsError:
        return "Another backup was begun in this second: try again."
    except (BackupFailed, OSError, SettingsError) as error:
        return str(error)
    print(f"{file} ({file.stat().st_size / 1e6:.1f} MB)")
    keys = settings.instance_dir / "keys"
    print(f"The supporters' keys are not in it: {keys} is backed up apart, see docs/backup.md.", file=sys.stderr)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
