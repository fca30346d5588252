"""Our server on a short log and on a long one, driven in turn: whether it gets slower as its record grows."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from app.config import Settings
from scripts.benchmarks.bench import warm_up
from scripts.benchmarks.contenders import Contender, Contenders
from scripts.benchmarks.databases import empty_database
from scripts.benchmarks.drivers import Drivers
from scripts.benchmarks.figures import Figures, figures
from scripts.benchmarks.fill import fill_log
from scripts.benchmarks.load import in_turn
from scripts.benchmarks.log_check import LogCheck, check_log
from scripts.benchmarks.options import GrowthOptions
from scripts.benchmarks.progress import tell
from scripts.benchmarks.seed import CALLS, Seed, make_seed
from scripts.benchmarks.setup import prepare
from scripts.benchmarks.table import compared, failed, heads, row

_WARM_UPS = 16


@dataclass(frozen=True, slots=True)
class Grown:
    """What our server came to on a log of one size."""

    figures: Figures
    failures: tuple[str, ...]
    check: LogCheck

    @property
    def is_good(self) -> bool:
        """Whether no webhook failed and the log holds exactly the calls that were driven."""
        return self.check.is_exact and not self.failures


def measure_growth(options: GrowthOptions, drivers: Drivers) -> Iterator[tuple[str, Mapping[str, Grown]]]:
    """For each kind of database, what our server came to by what its log held before, the shortest first."""
    seed = make_seed(min(CALLS, *options.sizes))
    for kind in options.load.databases:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="patchline-bench-")))
            servers = Contenders(options.load, drivers, folder, stack)
            began = datetime.now(UTC)
            for size in options.sizes:
                _start(kind, size, seed, servers, folder, stack)
            warm_ups = {name: _warm_up(contender, servers) for name, contender in servers.all.items()}
            names = list(servers.all)
            # There and back, twice.
            servers.drive([names, names[::-1]] * 2)
            yield kind, {name: _grown(servers.all[name], warm_ups[name], began) for name in names}


def _start(kind: str, size: int, seed: Seed, servers: Contenders, folder: Path, stack: ExitStack) -> None:
    def get_ready(settings: Settings) -> None:
        prepare(settings)
        tell(f"{kind}: filling a log with {size:,} calls")
        fill_log(place.url, seed, size)

    home = folder / f"log-{size}"
    home.mkdir()
    place = stack.enter_context(empty_database(kind, home))
    servers.start(f"{size:,} calls before", place, get_ready, "app.server").server.wait()


def _warm_up(contender: Contender, servers: Contenders) -> set[str]:
    """Let a server answer a few calls that are not measured; gives their sids."""
    driven = warm_up(contender, _WARM_UPS, servers.next)
    servers.next += _WARM_UPS
    return {each.sid for each in driven}


def _grown(contender: Contender, warm_ups: set[str], began: datetime) -> Grown:
    load = in_turn(contender.loads)
    check = check_log(contender.place.url, {*load.sids, *warm_ups}, began)
    return Grown(figures(load, contender.server_s, contender.database_s), load.failures, check)


def report_growth(kind: str, options: GrowthOptions, grown: Mapping[str, Grown]) -> str:
    """The table of one kind of database."""
    return "\n".join(_lines(kind, options, grown))


def _lines(kind: str, options: GrowthOptions, grown: Mapping[str, Grown]) -> Iterator[str]:
    yield from heads(kind, options.load)
    for name, each in grown.items():
        yield row(name, each.figures)
    (shortest, first), *_, (longest, last) = grown.items()
    yield compared(f"{longest.split()[0]} ÷ {shortest.split()[0]}", last.figures, first.figures)
    for name, each in grown.items():
        yield f"{name}: {each.check}"
        yield from failed(name, each.failures)
    yield ""
