"""Status callbacks on their way: queued, and handed over when their time has come."""

import heapq
from dataclasses import dataclass, field

from app.simulator.wire import Params


@dataclass(frozen=True, slots=True)
class Callback:
    """One status callback."""

    url: str
    method: str
    params: Params


@dataclass(order=True, slots=True)
class _Queued:
    due: float
    order: int
    callback: Callback = field(compare=False)


class CallbackQueue:
    """The callbacks of one call, by the second at which they arrive."""

    def __init__(self) -> None:
        """Begin with none."""
        self._heap: list[_Queued] = []
        self._count = 0

    def put(self, callback: Callback, due: float) -> None:
        """Let it arrive at a second of the call."""
        self._count += 1
        heapq.heappush(self._heap, _Queued(due, self._count, callback))

    def next_due(self) -> float | None:
        """The second at which the next one arrives."""
        return self._heap[0].due if self._heap else None

    def take(self) -> Callback:
        """Hand over the next one."""
        return heapq.heappop(self._heap).callback
