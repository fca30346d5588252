"""What drivers did to a server, and what they met."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True, slots=True)
class Load:
    """Latencies of the webhooks sent, sids of the calls made, and failures; all times in seconds.

    `began_s` is on the system's monotonic clock; `cpu_s` is what the driver's own processes used of the processors.
    """

    latencies_s: tuple[float, ...]
    sids: tuple[str, ...]
    failures: tuple[str, ...]
    began_s: float
    elapsed_s: float
    cpu_s: float


def side_by_side(loads: Sequence[Load]) -> Load:
    """The load of drivers that ran at the same time: from the first's beginning to the last's end."""
    began_s = min(load.began_s for load in loads)
    return _joined(loads, began_s, max(load.began_s + load.elapsed_s for load in loads) - began_s)


def in_turn(rounds: Sequence[Load]) -> Load:
    """The load of several rounds; the pauses between them do not count."""
    return _joined(rounds, rounds[0].began_s, sum(load.elapsed_s for load in rounds))


def _joined(loads: Sequence[Load], began_s: float, elapsed_s: float) -> Load:
    return Load(
        latencies_s=tuple(chain.from_iterable(load.latencies_s for load in loads)),
        sids=tuple(chain.from_iterable(load.sids for load in loads)),
        failures=tuple(chain.from_iterable(load.failures for load in loads)),
        began_s=began_s,
        elapsed_s=elapsed_s,
        cpu_s=sum(load.cpu_s for load in loads),
    )
