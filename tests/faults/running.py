"""A production server as a child process, and simulated supporters who call it from this one."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmarks.drivers import Job, drive_here
from scripts.benchmarks.load import Load
from scripts.benchmarks.log_check import LogCheck, check_log
from scripts.benchmarks.servers import Server, running
from scripts.benchmarks.setup import Site, make_site, prepare
from scripts.benchmarks.supporters import Hotline

_LONGEST_S = 60


@dataclass(frozen=True)
class Production:
    """A server of `scripts/serve` that takes calls, and where it runs."""

    server: Server
    site: Site

    def job(self, calls: int, callers: int, seed: int, first: int = 0) -> Job:
        """So many whole calls, some at once."""
        settings = self.site.settings
        hotline = Hotline(settings.public_url, settings.auth_tokens[0].reveal(), settings.phone_number, seed)
        return Job(hotline, callers, calls, _LONGEST_S, first)

    @contextmanager
    def under_load(self, calls: int, callers: int, seed: int) -> Iterator["Future[Load]"]:
        """Calls go on while the block does something to the server."""
        with ThreadPoolExecutor(1) as pool:
            yield pool.submit(drive_here, self.job(calls, callers, seed))

    def check(self, load: Load) -> LogCheck:
        """The exported log beside the calls that were made."""
        return check_log(self.site.settings.database_url, load.sids)


@contextmanager
def production(database_url: str, folder: Path, processes: int = 2) -> Iterator[Production]:
    """Serve an always open campaign."""
    site = make_site(database_url, folder, processes)
    prepare(site.settings)
    with running(("app.server", "serve"), site, folder) as server:
        server.wait()
        yield Production(server, site)
