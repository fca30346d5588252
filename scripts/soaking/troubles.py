"""What breaks: processes are killed, the server is started anew, the database fails; one after the other, by chance."""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Event

from app.server.restart import restart
from scripts.benchmarks.processes import children
from tests.store.hanging import HangingProxy

_CALM_S = 5.0
"""No webhook lasts longer, so that none meets two kills, nor its fallback."""

Fault = Callable[[], AbstractContextManager[None]]


def faults_of_server(proxy: HangingProxy) -> Mapping[str, Fault]:
    """What happens to a PostgreSQL server behind a proxy."""

    @contextmanager
    def hang() -> Iterator[None]:
        proxy.hangs.set()
        yield
        proxy.hangs.clear()

    @contextmanager
    def refuse() -> Iterator[None]:
        proxy.refuses.set()
        yield
        proxy.refuses.clear()

    @contextmanager
    def delay() -> Iterator[None]:
        proxy.delay_s = 1.0
        yield
        proxy.delay_s = 0.0

    return {"the database hangs": hang, "the database refuses": refuse, "the database is slow": delay}


def faults_of_file(path: Path) -> Mapping[str, Fault]:
    """What happens to a SQLite file."""

    @contextmanager
    def lock() -> Iterator[None]:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")

    return {"the database is locked": lock}


class Troubles:
    """A series of troubles for one server; the seed decides their order and length."""

    def __init__(self, pid_file: Path, faults: Mapping[str, Fault], chance: random.Random) -> None:
        """Take the server by its pid file, and what may happen to its database."""
        self._pid_file, self._chance = pid_file, chance
        self._faults = {"": nullcontext, **faults}
        # What no storm is without: each fault of the database, a kill beside one of them, and a restart.
        self._first = [*((name, "") for name in chance.sample(list(faults), len(faults))), ("", "restart")]
        self._first[0] = (self._first[0][0], "kill")
        chance.shuffle(self._first)
        self._killed_at = 0.0
        self.happened: list[str] = []

    @property
    def is_thorough(self) -> bool:
        """Whether everything has happened once."""
        return not self._first

    def go_on(self, stop: Event, pause_s: float, until: float) -> None:
        """Let trouble happen until told to stop, or until the time is over and everything has happened once."""
        while not stop.wait(self._chance.uniform(0.2, pause_s)) and not (self.is_thorough and time.monotonic() > until):
            name, what = self._first[-1] if self._first else self._by_chance()
            self._round(stop, name, what)
            if self._first:
                self._first.pop()

    def _by_chance(self) -> tuple[str, str]:
        name = self._chance.choice(list(self._faults))
        # Beside a fault of the database, nothing else may happen.
        return name, self._chance.choice(("kill", "restart", "") if name else ("kill", "kill", "restart"))

    def _round(self, stop: Event, name: str, what: str) -> None:
        # A new server may need the database, and is waited for when that is well again.
        with ThreadPoolExecutor(1) as beside:
            with self._faults[name]():
                self._note(name)
                stop.wait(self._chance.uniform(0.3, 1.5))
                if what == "kill":
                    self._kill()
                begun = beside.submit(restart, self._pid_file) if what == "restart" else None
                stop.wait(self._chance.uniform(0.0, 1.5))
            if begun is not None:
                begun.result()
                self._note("the server is started anew")

    def _kill(self) -> None:
        """Kill one, if all others have been there for a while: Patchline answers as long as one process lives."""
        if time.monotonic() < self._killed_at + _CALM_S:
            return
        self._killed_at = time.monotonic()
        with suppress(ProcessLookupError):
            pids = children(int(self._pid_file.read_text()))
            if pids:
                self._note("a process is killed")
                os.kill(self._chance.choice(pids), signal.SIGKILL)

    def _note(self, what: str) -> None:
        if what:
            self.happened.append(what)


def wait_until(is_so: Callable[[], bool], longest_s: float) -> bool:
    """Look again and again; gives whether it came to be."""
    deadline = time.monotonic() + longest_s
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
