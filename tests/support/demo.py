"""A demo that is ready, made once in each process of the tests and copied for each test: making one takes long."""

import functools
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text

from app.config import Settings
from app.services.caller_keys import caller_keys
from app.services.campaigns import export_campaign, import_campaign
from app.services.prepare import prepare
from app.simulator import MovableClock
from app.store.database import Connection, Database
from app.store.schema import metadata

OWN = "honduras-2017"
OTHER = "another"
START = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)

Rows = Mapping[str, list[dict[str, Any]]]

_REPLICA = text("SET LOCAL session_replication_role = replica")
_ON_FROM = "SELECT setval(pg_get_serial_sequence('{0}', 'id'), max(id)) FROM {0}"


def demo_settings(database_url: str, folder: Path) -> Settings:
    """Settings of a demo whose secrets are the same in each test, so that one can be copied for another."""
    environ = {
        "DATABASE_URL": database_url,
        "INSTANCE_DIR": str(folder / "instance"),
        "SECRET_KEY": "secret-of-the-tests",
        "PHONE_HASH_KEY": "hash-key-of-the-tests",
        "TWILIO_AUTH_TOKEN": "token-of-the-tests",
    }
    return Settings.load(environ, folder / "no.env")


def put_demo(settings: Settings, *, with_another: bool = False) -> None:
    """Fill a migrated, empty database and the instance's folder as `prepare` does; asked to, with a campaign more."""
    made = _made(with_another)
    shutil.copytree(made.instance_dir, settings.instance_dir, dirs_exist_ok=True)
    if settings.database_url.startswith("sqlite"):
        shutil.copy(_file(made), _file(settings))
        return
    with closing(Database(settings.database_url)) as database, database.write() as connection:
        _insert(connection, _rows(with_another))


@functools.cache
def _made(with_another: bool) -> Settings:
    folder = Path(tempfile.mkdtemp(prefix="patchline-demo-"))
    settings = demo_settings(f"sqlite:///{folder}/patchline.sqlite", folder)
    prepare(settings)
    if with_another:
        with closing(Database(settings.database_url)) as database:
            document = export_campaign(database, OWN)
            other = replace(document, campaign=replace(document.campaign, slug=OTHER, name="Another"))
            import_campaign(database, caller_keys(settings), MovableClock(START), other)
    return settings


@functools.cache
def _rows(with_another: bool) -> Rows:
    with closing(Database(_made(with_another).database_url)) as database, database.read() as connection:
        found = {table.name: connection.execute(select(table)).mappings() for table in metadata.sorted_tables}
        return {name: [dict(row) for row in rows] for name, rows in found.items()}


def _insert(connection: Connection, rows: Rows) -> None:
    # What triggers wrote is among the rows.
    connection.execute(_REPLICA)
    for table in metadata.sorted_tables:
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
            if "id" in table.c:
                connection.execute(text(_ON_FROM.format(table.name)))


def _file(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))
