"""Our server and both yardsticks side by side on one database, driven in turn."""

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from app.config import Settings
from scripts.benchmarks.databases import Place
from scripts.benchmarks.drivers import Drivers, Job, share
from scripts.benchmarks.load import Load
from scripts.benchmarks.options import Options
from scripts.benchmarks.progress import tell
from scripts.benchmarks.servers import Server, running
from scripts.benchmarks.setup import make_site, prepare
from scripts.benchmarks.supporters import Driven, Hotline, call
from scripts.benchmarks.tape import TapedCall, tape

OURS, INSERTING, BARE = "Patchline", "Flask + one INSERT", "bare Flask"

# There and back, so that a machine that gets slower or faster does so for all.
_ROUNDS = ((OURS, INSERTING, BARE), (BARE, INSERTING, OURS))
_WARM_UPS = 8


@dataclass(slots=True)
class Contender:
    """One server with what was measured of it: loads, and seconds of processor time used in them."""

    server: Server
    hotline: Hotline
    tape: tuple[TapedCall, ...] = ()
    loads: list[Load] = field(default_factory=list)
    server_s: float = 0.0
    database_s: float = 0.0


class Bench:
    """The servers of one measurement; the stack stops them."""

    def __init__(self, place: Place, options: Options, drivers: Drivers, folder: Path, stack: ExitStack) -> None:
        """Start them, ours first and alone, and let each answer a few calls that are not measured."""
        self._place, self._options, self._drivers = place, options, drivers
        self._folder, self._stack = folder, stack
        self.contenders = {OURS: self._start(prepare, "app.server")}
        self.ready_s = self.contenders[OURS].server.wait()
        self.warm_ups = self._warm_up(_WARM_UPS * options.processes)
        self._next = len(self.warm_ups)
        size = str(_mean_size(self.warm_ups))
        taped = tuple(tape(driven.exchanges) for driven in self.warm_ups)
        for name, app in ((INSERTING, "inserting"), (BARE, "bare")):
            self.contenders[name] = self._start(_as_it_is, "scripts.benchmarks.yardsticks", app, size)
        for name in (INSERTING, BARE):
            contender = self.contenders[name]
            contender.tape = taped
            contender.server.wait()
            drivers.drive(Job(contender.hotline, len(taped), len(taped), options.seconds, tape=taped))
        stack.callback(self._stop)

    def run(self) -> None:
        """Drive all of them, a round after the other."""
        for place, names in enumerate(_ROUNDS):
            calls = share(self._options.calls, len(_ROUNDS), place)
            for name in names if calls else ():
                self._drive(name, calls)

    def _drive(self, name: str, calls: int) -> None:
        contender, options = self.contenders[name], self._options
        job = Job(contender.hotline, options.callers, calls, options.seconds / len(_ROUNDS), self._next, contender.tape)
        server_s, database_s = contender.server.cpu_s, self._place.cpu_s
        load = self._drivers.drive(job)
        contender.server_s += contender.server.cpu_s - server_s
        contender.database_s += self._place.cpu_s - database_s
        contender.loads.append(load)
        if not job.tape:
            self._next += calls
        tell(f"{name}: {len(load.sids)} calls, {len(load.latencies_s)} webhooks in {load.elapsed_s:.1f} s")

    def _start(self, get_ready: Callable[[Settings], None], *module: str) -> Contender:
        folder = self._folder / str(len(list(self._folder.iterdir())))
        folder.mkdir()
        site = make_site(self._place.url, folder, self._options.processes)
        get_ready(site.settings)
        server = self._stack.enter_context(running(module, site, folder))
        token = site.settings.auth_tokens[0].reveal()
        seed = secrets.randbits(64)
        return Contender(server, Hotline(server.url, token, site.settings.phone_number, seed))

    def _stop(self) -> None:
        """Let all begin to stop at once; the stack waits for each."""
        for contender in self.contenders.values():
            contender.server.process.terminate()

    def _warm_up(self, count: int) -> list[Driven]:
        hotline = self.contenders[OURS].hotline
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(lambda which: call(hotline, which), range(count)))


def _as_it_is(settings: Settings) -> None:
    """Leave the database as our server's start has made it."""


def _mean_size(driven: Sequence[Driven]) -> int:
    """Bytes of our TwiML answers, on average."""
    sizes = [len(each.body.encode()) for one in driven for each in one.exchanges if each.body]
    return sum(sizes) // max(1, len(sizes))
