"""Servers that are driven in turn, there and back, and what is measured of each."""

import secrets
from collections.abc import Callable, Sequence
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
from scripts.benchmarks.setup import make_site
from scripts.benchmarks.supporters import Hotline
from scripts.benchmarks.tape import TapedCall


@dataclass(slots=True)
class Contender:
    """One server with what was measured of it: loads, and seconds of processor time used in them."""

    server: Server
    hotline: Hotline
    place: Place
    tape: tuple[TapedCall, ...] = ()
    loads: list[Load] = field(default_factory=list)
    server_s: float = 0.0
    database_s: float = 0.0


class Contenders:
    """The servers of one measurement; the stack stops them. Supporters are numbered from `next` on."""

    def __init__(self, options: Options, drivers: Drivers, folder: Path, stack: ExitStack) -> None:
        """Take what they are driven by, and a folder for what they write."""
        self._options, self._drivers, self._folder, self._stack = options, drivers, folder, stack
        self.all: dict[str, Contender] = {}
        self.next = 0

    def start(self, name: str, place: Place, get_ready: Callable[[Settings], None], *module: str) -> Contender:
        """Start a server on a database, which is made ready before."""
        folder = self._folder / str(len(self.all))
        folder.mkdir()
        site = make_site(place.url, folder, self._options.processes)
        get_ready(site.settings)
        server = self._stack.enter_context(running(module, site, folder))
        token = site.settings.auth_tokens[0].reveal()
        hotline = Hotline(server.url, token, site.settings.phone_number, secrets.randbits(64))
        self.all[name] = Contender(server, hotline, place)
        return self.all[name]

    def drive(self, rounds: Sequence[Sequence[str]]) -> None:
        """Drive them, a round after the other, each as the round names them."""
        # Let all begin to stop at once; the stack waits for each.
        self._stack.callback(self._stop)
        for place, names in enumerate(rounds):
            calls = share(self._options.calls, len(rounds), place)
            for name in names if calls else ():
                self._drive(name, calls, self._options.seconds / len(rounds))

    def _drive(self, name: str, calls: int, seconds: float) -> None:
        contender = self.all[name]
        job = Job(contender.hotline, self._options.callers, calls, seconds, self.next, contender.tape)
        server_s, database_s = contender.server.cpu_s, contender.place.cpu_s
        load = self._drivers.drive(job)
        contender.server_s += contender.server.cpu_s - server_s
        contender.database_s += contender.place.cpu_s - database_s
        contender.loads.append(load)
        if not job.tape:
            self.next += calls
        tell(f"{name}: {len(load.sids)} calls, {len(load.latencies_s)} webhooks in {load.elapsed_s:.1f} s")

    def _stop(self) -> None:
        for contender in self.all.values():
            contender.server.process.terminate()
