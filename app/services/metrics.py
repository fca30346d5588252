"""Counters of what the process does, for Prometheus. No label is ever made of what a caller or an organizer wrote.

With several processes the library sums them up by files in the folder that PROMETHEUS_MULTIPROC_DIR names
(prometheus_client: multiprocess mode), which the server sets before this is imported.
"""

import os
from collections.abc import Iterator, Sequence
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from app.domain.record import CallStatusRecord, LegEnded, TurnRecord
from app.domain.results import END_STATUSES

MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"

# The carrier gives an answer fifteen seconds, and ours shall take less than one (docs/performance.md).
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 4.0, 15.0)

_registry = CollectorRegistry()
WEBHOOKS = Histogram(
    "patchline_webhook_seconds", "Webhooks answered, by kind.", ("kind",), buckets=_SECONDS, registry=_registry
)
REFUSED = Counter("patchline_webhooks_refused", "Webhooks that the carrier did not sign.", registry=_registry)
FAULTS = Counter("patchline_webhook_faults", "Webhooks whose handling failed.", ("kind",), registry=_registry)
TURNS = Counter("patchline_turns", "Turns taken, by the step they led to.", ("step",), registry=_registry)
JOURNALED = Counter(
    "patchline_journaled", "Records that went to the journal instead of the database.", registry=_registry
)
CALLS_ENDED = Counter(
    "patchline_calls_ended", "Ends of calls that the carrier reported, by status.", ("status",), registry=_registry
)
OFFICE_CALLS_ENDED = Counter(
    "patchline_office_calls_ended", "Office calls that ended, by line result.", ("result",), registry=_registry
)
CARRIER_ERRORS = Counter(
    "patchline_carrier_errors",
    "Answers of ours that the carrier could not use, by its code.",
    ("code",),
    registry=_registry,
)
RECONCILED = Counter("patchline_calls_reconciled", "Calls whose end was asked of the carrier.", registry=_registry)

_LONGEST_CODE = 6


class Gauges(Protocol):
    """What is looked up when somebody asks."""

    def __call__(self) -> Sequence[tuple[str, str, float]]:
        """Name, meaning and value of each."""


def count_turn(turn: TurnRecord) -> None:
    """Count a turn and the end of an office call in it."""
    TURNS.labels(turn.step).inc()
    for note in turn.notes:
        if isinstance(note, LegEnded):
            OFFICE_CALLS_ENDED.labels(note.result).inc()


def count_status(callback: CallStatusRecord) -> None:
    """Count the reported end of a call."""
    if callback.status in END_STATUSES:
        CALLS_ENDED.labels(callback.status).inc()


def count_carrier_error(code: str) -> None:
    """Count an error of the carrier's; a code that is none of its numbers is no label."""
    is_code = code.isascii() and code.isdigit() and len(code) < _LONGEST_CODE
    CARRIER_ERRORS.labels(code if is_code else "other").inc()


def metrics_text(gauges: Gauges) -> bytes:
    """All metrics in Prometheus' text format, those of the other processes of this server included."""
    registry = CollectorRegistry()
    if os.environ.get(MULTIPROCESS):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library does not annotate it
    else:
        registry.register(_registry)
    registry.register(_Gauges(gauges))
    return generate_latest(registry)


class _Gauges:
    """The gauges as the library collects them."""

    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[Metric]:
        """Give each."""
        for name, meaning, value in self._gauges():
            yield GaugeMetricFamily(name, meaning, value=value)
