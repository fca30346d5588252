"""The database: one engine, short transactions, and one exception for all that can be wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from select import POLLIN, poll
from sqlite3 import Error as SqliteError
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.store.writers import MOST_WAIT_S, CommitFailed, TooManyWriters, Writers, begin_as_writer

__all__ = ["Connection", "Database", "StoreUnavailable", "translated"]

# What a statement was given may be personal, so an error never shows it.
_OPTIONS: dict[str, Any] = {"hide_parameters": True}
# The connection given back last is given out first: its statements are prepared, and its pages are in memory. Those
# beyond the size are closed when they are given back, and making one costs as much as a few webhooks.
_OPTIONS |= {"pool_size": 16, "max_overflow": 16, "pool_timeout": 2, "pool_use_lifo": True}
_UNTRIED_S = 5.0
"""After this long without use a connection to PostgreSQL is tried before it is given out; a network forgets it."""
_SERVER_OPTIONS = "-c statement_timeout=2500 -c lock_timeout=1500 -c timezone=UTC"
# What a lost connection had locked stays locked until the server gives it up, and the journal waits behind it. A
# migration may think for longer between two statements.
_IDLE_S, _PATIENT_IDLE_S = 5, 60
_PRAGMAS = (
    f"PRAGMA busy_timeout={MOST_WAIT_S * 1000:.0f}",
    "PRAGMA journal_mode=WAL",
    # Durable even if the power fails right after the commit.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
)

# What a database says when it fails, and what a person can do about it; the first match counts.
_ADVICE = (
    (("disk is full", "no space left", "could not extend file"), "Its disk is full: make room on it."),
    (("locked", "lock timeout", "deadlock"), "Another process holds a lock on it: end that process or let it finish."),
    (
        ("no such table", "no such column", 'relation "', 'column "'),
        "It is not set up for this release: start the server once (scripts/run).",
    ),
    (("readonly", "read-only", "permission denied"), "It cannot be written: check the rights on its file or database."),
    (("unable to open database file",), "Its file cannot be opened: check the folder that DATABASE_URL names."),
    (("malformed", "not a database"), "Its file is damaged: restore it from a backup."),
    (("timeout", "timed out"), "It is too slow, or hangs: look for what keeps it busy."),
    (("password", "authentication"), "It refused the sign-in: check the user and password in DATABASE_URL."),
)
_ELSE = "Check that it runs and that DATABASE_URL is right; it says: "

# PostgreSQL (Appendix A, error codes): undefined table, undefined column.
_NOT_MIGRATED = frozenset({"42P01", "42703"})


class StoreUnavailable(Exception):
    """The database cannot be used at present; the message says what to do, and the cause is chained."""


class Database:
    """The engine for a URL of SQLite or PostgreSQL; nothing is opened before the first transaction."""

    def __init__(self, url: str, *, is_patient: bool = False, audit_key: bytes = b"") -> None:
        """Take the URL; `postgres://` and `postgresql://` mean psycopg 3. A patient one waits for long statements.

        With `audit_key`, whatever is noted in the audit over this database is signed with it.
        """
        self.engine = _engine(_read_url(url), is_patient)
        self._reader = self.engine.execution_options(audit_key=audit_key, **_reading(self.engine))
        self._writer = self.engine.execution_options(audit_key=audit_key, writes=True)
        self._writers = Writers(self._writer.connect) if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection in a transaction that only reads; raises StoreUnavailable."""
        with translated(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def write(self, within_s: float | None = None) -> Iterator[Connection]:
        """Give a connection in a transaction that is committed at the end; raises StoreUnavailable.

        With `within_s` it is a short one: a server that has not answered all of it by then counts as hanging, and on
        SQLite others may share its commit.
        """
        if self._writers:
            with translated(), self._writers.together() if within_s else self._writers.alone() as connection:
                yield connection
            return
        until = None if within_s is None else monotonic() + within_s
        with translated(), self._writer.connect() as connection, _limited(connection, until), connection.begin():
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


@contextmanager
def _limited(connection: Connection, until: float | None) -> Iterator[None]:
    """Let an impatient connection (app/store/impatience.py) give up at a moment of the monotonic clock."""
    driver: Any = connection.connection.driver_connection
    if until is None or not hasattr(driver, "until"):
        yield
        return
    driver.until = until
    try:
        yield
    finally:
        driver.until = None


def _read_url(text: str) -> URL:
    url = make_url(text)
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _engine(url: URL, is_patient: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        # The driver's own transactions would begin too late, and lose updates; ours begin as the event says.
        engine = create_engine(url, connect_args={"isolation_level": None}, **_OPTIONS)
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
        return engine
    idle_ms = 1000 * (_PATIENT_IDLE_S if is_patient else _IDLE_S)
    options = f"{_SERVER_OPTIONS} -c idle_in_transaction_session_timeout={idle_ms}"
    limits = {"options": options, "connect_timeout": 2}
    engine = create_engine(url, connect_args=limits, **_OPTIONS)
    _try_idle_connections(engine)
    if not is_patient:
        # It loads the driver, which SQLite does without.
        from app.store.impatience import be_impatient

        be_impatient(engine)
    return engine


def _try_idle_connections(engine: Engine) -> None:
    """Try a connection that lay idle or was cut: trying each one each time is a round trip a webhook."""

    def given_back(_connection: object, record: Any) -> None:
        record.info["idle_since_s"] = monotonic()

    def given_out(connection: Any, record: Any, _proxy: object) -> None:
        now_s = monotonic()
        if now_s - record.info.get("idle_since_s", now_s) < _UNTRIED_S and not _is_spoken_to(connection):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    event.listen(engine, "checkin", given_back)
    event.listen(engine, "checkout", given_out)


def _is_spoken_to(connection: Any) -> bool:
    """Whether the server has sent something unasked, such as that it closes the connection."""
    waiting = poll()
    waiting.register(connection.fileno(), POLLIN)
    return bool(waiting.poll(0))


def _reading(engine: Engine) -> dict[str, Any]:
    return {"writes": False} if engine.dialect.name == "sqlite" else {"postgresql_readonly": True}


def _set_pragmas(connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns to writing fails at once if another one wrote, so writers begin as such.
    if connection.get_execution_options().get("writes", True):
        begin_as_writer(connection.connection.driver_connection)
    else:
        connection.exec_driver_sql("BEGIN")


@contextmanager
def translated() -> Iterator[None]:
    """Raise StoreUnavailable for whatever says that the database, not what was asked of it, is at fault."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreUnavailable("The database is not usable: all its connections are in use; it is too slow.") from error
    except TooManyWriters as error:
        raise StoreUnavailable("The database is not usable: all its writers wait for one; it is too slow.") from error
    except (CommitFailed, SqliteError) as error:
        raise StoreUnavailable(f"The database is not usable. {_advice(error)}") from error
    except DBAPIError as error:
        if not _is_unavailable(error):
            raise
        raise StoreUnavailable(f"The database is not usable. {_advice(error.orig)}") from error


def _is_unavailable(error: DBAPIError) -> bool:
    if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
        return True
    # A damaged SQLite file is a DatabaseError and nothing more precise.
    return type(error) is DatabaseError or getattr(error.orig, "sqlstate", "") in _NOT_MIGRATED


def _advice(error: BaseException | None) -> str:
    # What PostgreSQL adds below its first line names tables that have nothing to do with it.
    said = str(error).partition("\n")[0]
    found = (advice for words, advice in _ADVICE if any(word in said.lower() for word in words))
    return next(found, _ELSE + said)
