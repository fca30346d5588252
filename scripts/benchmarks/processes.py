"""What a tree of processes uses, as Linux tells in /proc."""

import os
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_MB = 1024 * 1024

# Fields of /proc/PID/stat after the program's name (proc_pid_stat(5)).
_ZOMBIE = "Z"
_PARENT, _TIMES, _PAGES = 1, slice(11, 15), 21


def is_measurable() -> bool:
    """Whether this system has a /proc to read."""
    return (_PROC / "self" / "stat").exists()


def cpu_s(root: int) -> float:
    """Seconds of processor time, user and system, that a process and its descendants have used up to now."""
    return sum(int(ticks) for fields in _tree(root) for ticks in fields[_TIMES]) / _TICKS_PER_S


def largest_mb(root: int) -> float:
    """The resident memory of the largest process of a tree, in MB."""
    return max(int(fields[_PAGES]) for fields in _tree(root)) * os.sysconf("SC_PAGE_SIZE") / _MB


def parent(pid: int) -> int:
    """The process that started another."""
    return int(_stat(pid)[_PARENT])


def children(of: int) -> list[int]:
    """The processes that a process has started and that live."""
    return [pid for pid, fields in _all_stats() if int(fields[_PARENT]) == of and fields[0] != _ZOMBIE]


def _tree(root: int) -> Iterator[list[str]]:
    children: dict[int, list[int]] = {}
    stats = dict(_all_stats())
    for pid, fields in stats.items():
        children.setdefault(int(fields[_PARENT]), []).append(pid)
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        yield stats[pid]


def _all_stats() -> Iterator[tuple[int, list[str]]]:
    for folder in _PROC.iterdir():
        if folder.name.isdecimal():
            try:
                yield int(folder.name), _stat(int(folder.name))
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended in this moment


def _stat(pid: int) -> list[str]:
    # The program's name stands in parentheses and may hold blanks and parentheses itself.
    return (_PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
