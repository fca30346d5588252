"""Our server and both yardsticks side by side on one database, driven in turn."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from app.config import Settings
from scripts.benchmarks.contenders import Contender, Contenders
from scripts.benchmarks.databases import Place
from scripts.benchmarks.drivers import Drivers, Job
from scripts.benchmarks.options import Options
from scripts.benchmarks.setup import prepare
from scripts.benchmarks.supporters import Driven, call
from scripts.benchmarks.tape import tape

OURS, INSERTING, BARE = "Patchline", "Flask + one INSERT", "bare Flask"

# There and back, so that a machine that gets slower or faster does so for all.
_ROUNDS = ((OURS, INSERTING, BARE), (BARE, INSERTING, OURS))
_WARM_UPS = 8


class Bench:
    """The servers of one measurement; the stack stops them."""

    def __init__(self, place: Place, options: Options, drivers: Drivers, folder: Path, stack: ExitStack) -> None:
        """Start them, ours first and alone, and let each answer a few calls that are not measured."""
        self._servers = Contenders(options, drivers, folder, stack)
        ours = self._servers.start(OURS, place, prepare, "app.server")
        self.ready_s = ours.server.wait()
        self.warm_ups = warm_up(ours, _WARM_UPS * options.processes)
        self._servers.next = len(self.warm_ups)
        size = str(_mean_size(self.warm_ups))
        taped = tuple(tape(driven.exchanges) for driven in self.warm_ups)
        for name, app in ((INSERTING, "inserting"), (BARE, "bare")):
            self._servers.start(name, place, _as_it_is, "scripts.benchmarks.yardsticks", app, size).tape = taped
        for name in (INSERTING, BARE):
            contender = self.contenders[name]
            contender.server.wait()
            drivers.drive(Job(contender.hotline, len(taped), len(taped), options.seconds, tape=taped))

    @property
    def contenders(self) -> Mapping[str, Contender]:
        """All servers by name."""
        return self._servers.all

    def run(self) -> None:
        """Drive all of them, a round after the other."""
        self._servers.drive(_ROUNDS)


def warm_up(contender: Contender, count: int, first: int = 0) -> list[Driven]:
    """Let a server of ours answer a few calls, all at once."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda which: call(contender.hotline, which), range(first, first + count)))


def _as_it_is(settings: Settings) -> None:
    """Leave the database as our server's start has made it."""


def _mean_size(driven: Sequence[Driven]) -> int:
    """Bytes of our TwiML answers, on average."""
    sizes = [len(each.body.encode()) for one in driven for each in one.exchanges if each.body]
    return sum(sizes) // max(1, len(sizes))
