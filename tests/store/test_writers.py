"""Writers of SQLite in one process: those who share a commit succeed and fail each alone, unless the commit fails."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from threading import Event

import pytest
from sqlalchemy import Connection, Engine, create_engine, event

from app.store.writers import CommitFailed, Writers, begin_as_writer

_INSERT = "INSERT INTO kept (name) VALUES (?)"


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    """A database whose table takes each name once; a name may stand for nobody until the commit alone."""
    engine = create_engine(sqlite_url, connect_args={"isolation_level": None})
    event.listen(engine, "begin", lambda connection: begin_as_writer(connection.connection.driver_connection))
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.exec_driver_sql(
            "CREATE TABLE kept (name TEXT PRIMARY KEY, of TEXT REFERENCES kept DEFERRABLE INITIALLY DEFERRED)"
        )
    with closing(engine.raw_connection()) as raw:
        raw.cursor().execute("PRAGMA journal_mode=WAL")
    yield engine
    engine.dispose()


class Crowd:
    """The first writer, and others who come while it writes and go on in its transaction."""

    def __init__(self, engine: Engine) -> None:
        self.writers = Writers(self._connect)
        self._engine, self.commits = engine, 0
        event.listen(engine, "commit", self._count)
        self._pool = ThreadPoolExecutor(8)

    def _connect(self) -> Connection:
        connection = self._engine.connect()
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]  # it is there
        return connection

    def _count(self, _connection: object) -> None:
        self.commits += 1

    def write(self, first: Callable[[Connection], None], *others: Callable[[Connection], None]) -> list[str]:
        """What each is told, the first one's before the others'; the others write once all of them wait."""
        begun, come = Event(), Event()

        def leading(connection: Connection) -> None:
            begun.set()
            come.wait()
            first(connection)

        told = [self._pool.submit(self._together, leading)]
        begun.wait()
        for other in others:
            told.append(self._pool.submit(self._together, other))
            # One after the other, in this order.
            while self.writers.waiting < len(told) - 1:
                os.sched_yield()
        come.set()
        return [_told(one) for one in told]

    def _together(self, work: Callable[[Connection], None]) -> None:
        with self.writers.together() as connection:
            work(connection)

    def names(self) -> set[str]:
        """What is kept, as another connection sees it."""
        with closing(self._engine.raw_connection()) as raw:
            return {name for (name,) in raw.cursor().execute("SELECT name FROM kept").fetchall()}


def _told(one: "Future[None]") -> str:
    error = one.exception()
    return type(error).__name__ if error else "kept"


@pytest.fixture
def crowd(engine: Engine) -> Crowd:
    return Crowd(engine)


def keeping(name: str) -> Callable[[Connection], None]:
    return lambda connection: connection.exec_driver_sql(_INSERT, (name,)).close()


def failing(connection: Connection) -> None:
    keeping("half")(connection)
    raise KeyError


def taking_all_back(connection: Connection) -> None:
    """What SQLite does by itself when its disk is full, among others."""
    connection.exec_driver_sql("INSERT OR ROLLBACK INTO kept (name) VALUES (?)", ("a",))


def losing_the_connection(connection: Connection) -> None:
    connection.invalidate()
    raise KeyError


def spoiling(connection: Connection) -> None:
    """Nothing is wrong before the commit."""
    connection.exec_driver_sql("INSERT INTO kept (name, of) VALUES ('b', 'nobody')").close()


def test_those_who_come_meanwhile_share_one_commit(crowd: Crowd) -> None:
    assert crowd.write(keeping("a"), keeping("b"), keeping("c")) == ["kept"] * 3
    assert (crowd.names(), crowd.commits) == ({"a", "b", "c"}, 1)


def test_who_comes_alone_waits_for_nobody(crowd: Crowd) -> None:
    for name in ("a", "b"):
        assert crowd.write(keeping(name)) == ["kept"]
    assert (crowd.names(), crowd.commits) == ({"a", "b"}, 2)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_that_fails_is_taken_back_alone(crowd: Crowd, place: int) -> None:
    work = [keeping("a"), keeping("b")]
    work.insert(place, failing)
    told = crowd.write(*work)
    assert [told.pop(place), *told] == ["KeyError", "kept", "kept"]
    assert crowd.names() == {"a", "b"}


def test_what_takes_all_back_is_told_to_those_before_and_harms_none_after(crowd: Crowd) -> None:
    told = crowd.write(keeping("a"), taking_all_back, keeping("c"))
    assert told == ["CommitFailed", "IntegrityError", "kept"]
    assert crowd.names() == {"c"}


def test_a_connection_that_is_lost_is_told_to_those_before_and_harms_none_after(crowd: Crowd) -> None:
    assert crowd.write(keeping("a"), losing_the_connection, keeping("c")) == ["CommitFailed", "KeyError", "kept"]
    assert crowd.write(losing_the_connection) == ["KeyError"]
    assert crowd.write(keeping("d")) == ["kept"]
    assert crowd.names() == {"c", "d"}


def test_a_commit_that_fails_is_told_to_all_and_keeps_nothing(crowd: Crowd) -> None:
    assert crowd.write(keeping("a"), spoiling, keeping("c")) == ["CommitFailed"] * 3
    assert crowd.names() == set()
    assert crowd.write(keeping("a")) == ["kept"]


def test_nobody_is_told_before_it_is_kept(crowd: Crowd) -> None:
    with crowd.writers.together() as connection:
        keeping("a")(connection)
        assert crowd.names() == set()
    assert crowd.names() == {"a"}


def test_who_takes_their_time_writes_alone(crowd: Crowd) -> None:
    def slow() -> None:
        with crowd.writers.alone() as connection:
            keeping("slow")(connection)
            # Whoever shared a transaction before is not kept waiting by this one.
            assert "a" in crowd.names()
            raise CommitFailed

    with ThreadPoolExecutor(2) as pool:
        with crowd.writers.together() as connection:
            keeping("a")(connection)
            alone = pool.submit(slow)
        assert isinstance(alone.exception(), CommitFailed)
    assert crowd.names() == {"a"}


def test_whoever_counted_on_one_that_gave_up_commits_without_it(crowd: Crowd) -> None:
    crowd.writers.waiting = 1
    assert crowd.write(keeping("a")) == ["kept"]
    assert crowd.names() == {"a"}
