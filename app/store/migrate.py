"""Migrations: each runs whole or not at all, and one process at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.store.database import Database, translated

# Beside the package, both in the repository and where it has been installed.
_SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"

# A server that is to replace another one has a minute (app/server/restart.py). What holds a file for so long holds it
# on; the new server then takes calls without it, and tries again.
_MOST_WAIT_MS = 30_000

# Any number, as long as every release takes the same one.
_TAKE_LOCK = "SELECT pg_advisory_xact_lock(7282854)"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database of a URL up to a revision; does nothing, and waits for no writer, if it is at the head."""
    if revision == "head" and current(url) == head():
        return
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Take the database of a URL back to a revision; 'base' empties it."""
    _run(url, lambda config: command.downgrade(config, revision))


def current(url: str) -> str | None:
    """The revision that the database of a URL is at, or None before the first."""
    database = Database(url)
    try:
        with database.read() as connection:
            return revision(connection)
    finally:
        database.close()


def revision(connection: Connection) -> str | None:
    """The revision that an open database is at, or None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision that this release needs."""
    return ScriptDirectory(str(_SCRIPTS)).get_current_head()


def _run(url: str, action: Callable[[Config], None]) -> None:
    database = Database(url, is_patient=True)
    try:
        with translated(), database.engine.connect() as connection, _locked(connection):
            action(_config(connection))
    finally:
        database.close()


@contextmanager
def _locked(connection: Connection) -> Iterator[None]:
    """Hold the database for this process until the end of the transaction."""
    if connection.dialect.name == "sqlite":
        _prepare_sqlite(connection)
        with connection.begin():
            yield
            _check_keys(connection)
    else:
        with connection.begin():
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
            connection.exec_driver_sql(_TAKE_LOCK)
            # A migration that waits for a table makes every caller behind it wait as well.
            connection.exec_driver_sql("SET LOCAL lock_timeout = '1s'")
            yield


def _prepare_sqlite(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA busy_timeout={_MOST_WAIT_MS}").close()
    # Alembic changes a table by copying it, and dropping the old one must not take other rows along.
    driver.execute("PRAGMA foreign_keys=OFF").close()


def _check_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"The migration would leave a row of {broken[0]!r} that points nowhere.")


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    # Alembic interpolates per cent signs in its options.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
