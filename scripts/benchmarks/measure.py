"""One measurement, from an empty database to what is to be told of it."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.benchmarks.bench import OURS, Bench
from scripts.benchmarks.contenders import Contender
from scripts.benchmarks.databases import empty_database
from scripts.benchmarks.drivers import Drivers
from scripts.benchmarks.figures import Figures, figures
from scripts.benchmarks.load import Load, in_turn
from scripts.benchmarks.log_check import LogCheck, check_log
from scripts.benchmarks.options import Options
from scripts.benchmarks.progress import tell


@dataclass(frozen=True, slots=True)
class Measured:
    """What one measurement came to.

    Warnings are from our server's log; `busiest_driver` is the share of a processor that each driver process used.
    """

    figures: Mapping[str, Figures]
    failures: Mapping[str, tuple[str, ...]]
    check: LogCheck
    warnings: Mapping[str, int]
    ready_s: float
    largest_mb: float
    busiest_driver: float

    @property
    def is_good(self) -> bool:
        """Whether no webhook failed and the log is exact."""
        return self.check.is_exact and not any(self.failures.values())


def measure(kind: str, options: Options, drivers: Drivers) -> Measured:
    """Set everything up, drive, compare the log, and take everything down."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="patchline-bench-")))
        tell(f"{kind}: making the database and starting the servers")
        place = stack.enter_context(empty_database(kind, folder))
        servers = folder / "servers"
        servers.mkdir()
        bench = Bench(place, options, drivers, servers, stack)
        bench.run()
        return _result(bench, place.url, drivers.count)


def _result(bench: Bench, database_url: str, drivers: int) -> Measured:
    loads = {name: in_turn(contender.loads) for name, contender in bench.contenders.items()}
    failures = {name: load.failures for name, load in loads.items()}
    failures[OURS] += tuple(driven.failure for driven in bench.warm_ups if driven.failure)
    server = bench.contenders[OURS].server
    return Measured(
        figures={name: _figures(contender, loads[name]) for name, contender in bench.contenders.items()},
        failures=failures,
        check=check_log(database_url, {*loads[OURS].sids, *(driven.sid for driven in bench.warm_ups)}),
        warnings=server.warnings(),
        ready_s=bench.ready_s,
        largest_mb=server.largest_mb,
        busiest_driver=max(load.cpu_s / load.elapsed_s for load in loads.values()) / drivers,
    )


def _figures(contender: Contender, load: Load) -> Figures:
    return figures(load, contender.server_s, contender.database_s)
