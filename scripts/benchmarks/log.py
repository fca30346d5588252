"""What each page that reads the log costs on a small log and on a large one, and how the log is exported."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app import create_app
from app.logs import configure_logs
from app.services.export_calls import ExportFormat
from app.services.prepare import prepare as make_owner
from scripts.benchmarks.databases import empty_database
from scripts.benchmarks.exports import Exported, export
from scripts.benchmarks.fill import fill_log
from scripts.benchmarks.options import LogOptions
from scripts.benchmarks.pages import PAGES, LongLog
from scripts.benchmarks.progress import tell
from scripts.benchmarks.seed import CALLS, Seed, make_seed
from scripts.benchmarks.setup import make_site, prepare

_MS = 1000
_LEAST_MB = 0.1


@dataclass(frozen=True, slots=True)
class Measured:
    """On a log of one size: milliseconds of each page, and how it was exported in each form."""

    pages_ms: dict[str, float]
    exported: dict[ExportFormat, Exported]


def report_log(options: LogOptions) -> Iterator[str]:
    """The table of each kind of database, on logs of these sizes."""
    configure_logs("warning")
    seed = make_seed(min(CALLS, *options.sizes))
    for kind in options.databases:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="patchline-bench-")))
            logs = dict(_filled(kind, size, seed, folder, stack) for size in options.sizes)
            yield "\n".join(table(kind, _measure(logs, options.looks)))


def table(kind: str, measured: Mapping[int, Measured]) -> Iterator[str]:
    """What was measured at each size, and how many times the smallest log's cost the largest's is."""
    logs = list(measured.values())
    yield f"{kind}: milliseconds of each page, by calls in the log"
    yield _row("", *(f"{size:,}" for size in measured), "ratio")
    for page in logs[0].pages_ms:
        yield _compared(page, [log.pages_ms[page] for log in logs])
    for form in logs[0].exported:
        exported = [log.exported[form] for log in logs]
        yield _compared(f"export, {form}: ms to begin", [each.first_ms for each in exported])
        yield _compared(f"export, {form}: rows a second", [each.rows_per_s for each in exported], "{:,.0f}")
        yield _compared(f"export, {form}: MB it takes", [max(each.grew_mb, _LEAST_MB) for each in exported])
    yield ""


def _compared(name: str, values: list[float], shown: str = "{:.1f}") -> str:
    return _row(name, *(shown.format(each) for each in values), f"{values[-1] / values[0]:.2f}")


def _row(name: str, *cells: str) -> str:
    return f"{name:<32}" + "".join(f"{cell:>13}" for cell in cells)


def _filled(kind: str, size: int, seed: Seed, folder: Path, stack: ExitStack) -> tuple[int, LongLog]:
    """An application of its own with a log of this size, or a little more, and its true size."""
    place = folder / str(size)
    place.mkdir()
    database = stack.enter_context(empty_database(kind, place))
    settings = make_site(database.url, place, 1).settings
    prepare(settings)
    make_owner(settings)
    tell(f"{kind}: filling a log with {size:,} calls")
    calls = fill_log(database.url, seed, size)
    return calls, LongLog.of(stack.enter_context(closing(create_app(settings))))


def _measure(logs: Mapping[int, LongLog], looks: int) -> Mapping[int, Measured]:
    measured = {size: Measured({}, {}) for size in logs}
    for name, ask in PAGES.items():
        tell(f"asking for {name}")
        for size, seconds in _fastest({size: _look(ask, log) for size, log in logs.items()}, looks).items():
            measured[size].pages_ms[name] = seconds * _MS
    for size, log in logs.items():
        for form in ExportFormat:
            tell(f"exporting from {size:,} calls as {form}")
            measured[size].exported[form] = export(log, form)
    return measured


def _look(ask: Callable[[LongLog], object], log: LongLog) -> Callable[[], object]:
    return lambda: ask(log)


def _fastest(looks: Mapping[int, Callable[[], object]], times: int) -> dict[int, float]:
    """Seconds of the fastest look at each log, which is what other work on the machine has disturbed least.

    They take turns, there and back, so that a machine that gets slower does so for all. Of several looks the first
    does not count.
    """
    found: dict[int, list[float]] = {size: [] for size in looks}
    for turn in range(times):
        order = list(looks.items())
        for size, look in reversed(order) if turn % 2 else order:
            began = time.perf_counter()
            look()
            found[size].append(time.perf_counter() - began)
    return {size: min(seconds[1:] or seconds) for size, seconds in found.items()}
