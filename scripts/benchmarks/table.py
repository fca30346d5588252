"""The table of figures, as text."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple

from scripts.benchmarks.bench import BARE, INSERTING, OURS
from scripts.benchmarks.figures import Figures, ratios
from scripts.benchmarks.measure import Measured
from scripts.benchmarks.options import Options

_HEADS = ("calls/s", "webhooks/s", "p50 ms", "p95 ms", "p99 ms", "max ms", "server", "database", "driver")
_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# A figure that is printed as 0.0 is nothing to compare with.
_LEAST = 0.05
_FULL = 0.85
_SHOWN = 3


def report(kind: str, options: Options, measured: Measured) -> str:
    """The table of one measurement, and what is to be said of it."""
    return "\n".join([*_table(kind, options, measured), *_remarks(options, measured), ""])


def _table(kind: str, options: Options, measured: Measured) -> Iterator[str]:
    yield from heads(kind, options)
    for name in (OURS, INSERTING, BARE):
        yield row(name, measured.figures[name])
    for name in (INSERTING, BARE):
        yield compared(f"ours ÷ {name}", measured.figures[OURS], measured.figures[name])


def heads(kind: str, options: Options) -> Iterator[str]:
    """What stands above the figures of servers."""
    processes = "1 process" if options.processes == 1 else f"{options.processes} processes"
    yield f"{_DATABASES[kind]}, {processes} a server, {options.callers} callers at once"
    yield _row("", " " * 53 + "CPU ms a webhook")
    yield _row("", *_HEADS)


def row(name: str, figures: Figures) -> str:
    """The figures of one server."""
    return _row(name, *(f"{value:.1f}" for value in astuple(figures)))


def compared(name: str, these: Figures, those: Figures) -> str:
    """The figures of one server divided by another's."""
    shown = zip(astuple(ratios(these, those)), astuple(those), strict=True)
    return _row(name, *(f"{ratio:.2f}" if other >= _LEAST else "" for ratio, other in shown))


def failed(name: str, failures: Sequence[str]) -> Iterator[str]:
    """What is to be said where webhooks failed."""
    if failures:
        yield f"{name}: {len(failures)} CALLS WITH A FAILED WEBHOOK, the first of them:"
        yield from (f"  {failure}" for failure in failures[:_SHOWN])


def _row(name: str, *cells: str) -> str:
    return f"{name:<27}" + "".join(f"{cell:>11}" for cell in cells)


def _remarks(options: Options, measured: Measured) -> Iterator[str]:
    yield str(measured.check)
    yield f"Our server was ready after {measured.ready_s:.1f} s; its largest process has {measured.largest_mb:.0f} MB."
    busy = f"{measured.busiest_driver:.0%} of a processor each"
    yield f"The supporters are in {options.drivers} processes, which used at most {busy}."
    if measured.busiest_driver > _FULL:
        yield "THE DRIVER MAY BE THE BOTTLENECK: give it more --drivers, or the machine more processors."
    for told, count in measured.warnings.items():
        yield f"Our server's log, {count} x: {told}"
    for name, failures in measured.failures.items():
        yield from failed(name, failures)
