"""From what was measured to what is printed: percentiles, rates and ratios."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from scripts.benchmarks.load import Load

_MS = 1000


@dataclass(frozen=True, slots=True)
class Figures:
    """One server under load: calls and webhooks a second, latencies in ms, CPU in ms a webhook."""

    calls_per_s: float
    webhooks_per_s: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    server_ms: float
    database_ms: float
    driver_ms: float


def figures(load: Load, server_s: float, database_s: float) -> Figures:
    """The figures of a load that cost so many seconds of CPU in the server and in the database's own processes."""
    latencies = sorted(load.latencies_s)
    count = len(latencies)
    return Figures(
        calls_per_s=rate(len(load.sids), load.elapsed_s),
        webhooks_per_s=rate(count, load.elapsed_s),
        p50_ms=percentile(latencies, 50) * _MS,
        p95_ms=percentile(latencies, 95) * _MS,
        p99_ms=percentile(latencies, 99) * _MS,
        max_ms=percentile(latencies, 100) * _MS,
        server_ms=rate(server_s * _MS, count),
        database_ms=rate(database_s * _MS, count),
        driver_ms=rate(load.cpu_s * _MS, count),
    )


def ratios(ours: Figures, yardstick: Figures) -> Figures:
    """Each of our figures divided by the yardstick's."""
    names = [field.name for field in fields(Figures)]
    return Figures(**{name: rate(getattr(ours, name), getattr(yardstick, name)) for name in names})


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The smallest value that at least so many percent of the ordered ones do not exceed (nearest rank)."""
    if not ordered:
        return math.nan
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def rate(part: float, whole: float) -> float:
    """A quotient; not a number where there is nothing to divide by."""
    return part / whole if whole else math.nan
