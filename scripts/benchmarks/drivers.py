"""Driver processes: each lets a share of the callers call at once, one thread a caller."""

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from scripts.benchmarks.load import Load, side_by_side
from scripts.benchmarks.supporters import Hotline, call
from scripts.benchmarks.tape import TapedCall, play

# After the last call may begin, it is driven to its end.
_SLOWEST_END_S = 120


@dataclass(frozen=True, slots=True)
class Job:
    """What to drive: `callers` at once, until so many calls or seconds are over, whichever comes first.

    Supporters are numbered from `first` on. With a tape, its calls are sent instead, over and over.
    """

    hotline: Hotline
    callers: int
    calls: int
    seconds: float
    first: int = 0
    tape: tuple[TapedCall, ...] = ()


@dataclass(slots=True)
class _Notes:
    """What the threads of one driver write down; lists and iterators are safe to share."""

    latencies_s: list[float] = field(default_factory=list)
    sids: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


class Drivers:
    """A pool of driver processes, started once."""

    def __init__(self, drive: Callable[[Sequence[Job]], list[Load]], count: int) -> None:
        """Take what sends jobs to the processes."""
        self._drive = drive
        self.count = count

    def drive(self, job: Job) -> Load:
        """Do a job, shared out among the processes."""
        return side_by_side(self._drive(shares(job, self.count)))


@contextmanager
def driver_processes(count: int) -> Iterator[Drivers]:
    """Starts the processes, and ends them with the block, whatever they are doing."""
    with multiprocessing.get_context("spawn").Pool(count, _get_ready) as pool:

        def drive(jobs: Sequence[Job]) -> list[Load]:
            longest = max(job.seconds for job in jobs) + _SLOWEST_END_S
            return pool.map_async(drive_here, jobs, chunksize=1).get(longest)

        yield Drivers(drive, count)


def shares(job: Job, count: int) -> list[Job]:
    """The job in up to so many parts, none without a caller and a call."""
    parts, first, count = [], job.first, min(count, job.callers, job.calls)
    for place in range(count):
        calls = share(job.calls, count, place)
        parts.append(replace(job, callers=share(job.callers, count, place), calls=calls, first=first))
        first += calls
    return parts


def drive_here(job: Job) -> Load:
    """Do a job in this process."""
    notes, began_s, used_s = _Notes(), time.monotonic(), time.process_time()
    waiting = iter(range(job.calls))

    def caller() -> None:
        for place in waiting:
            if time.monotonic() - began_s > job.seconds:
                return
            _one(job, place, notes)

    with ThreadPoolExecutor(job.callers) as pool:
        for done in [pool.submit(caller) for _ in range(job.callers)]:
            done.result()
    elapsed_s, cpu_s = time.monotonic() - began_s, time.process_time() - used_s
    return Load(tuple(notes.latencies_s), tuple(notes.sids), tuple(notes.failures), began_s, elapsed_s, cpu_s)


def _one(job: Job, place: int, notes: _Notes) -> None:
    if job.tape:
        notes.sids.append("")
        taped, hotline = job.tape[place % len(job.tape)], job.hotline
        failure = play(taped, hotline.url, hotline.token, notes.latencies_s.append)
    else:
        driven = call(job.hotline, job.first + place)
        notes.sids.append(driven.sid)
        notes.latencies_s.extend([exchange.seconds for exchange in driven.exchanges])
        failure = driven.failure
    if failure:
        notes.failures.append(failure)


def share(whole: int, count: int, place: int) -> int:
    """The part at a place, from 0, of a whole shared out as evenly as it goes."""
    return whole // count + (place < whole % count)


def _get_ready() -> None:
    # Ctrl-C reaches these processes too: the one that started them decides about the end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.stack_size(512 * 1024)
