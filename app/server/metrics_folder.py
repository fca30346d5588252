"""The folder in which the processes of a server put their counters, so that any of them can tell the sum."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder to the library (prometheus_client: multiprocess mode), which reads it when it is imported."""


def begin_counting(folder: Path) -> None:
    """Make an empty folder for this server, before anything is counted, and remove those of servers that are gone."""
    for old in folder.iterdir() if folder.is_dir() else ():
        if not _lives(old.name):
            shutil.rmtree(old, ignore_errors=True)
    own = folder / str(os.getpid())
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True, mode=0o700)
    os.environ[MULTIPROCESS] = str(own)


def forget(pid: int) -> None:
    """Leave out what a process that has ended told of the moment; what it counted stays."""
    if MULTIPROCESS not in os.environ:
        return
    from prometheus_client.multiprocess import mark_process_dead

    with suppress(OSError):
        mark_process_dead(pid)  # type: ignore[no-untyped-call]  # the library does not annotate it


def _lives(name: str) -> bool:
    try:
        os.kill(int(name), 0)
    except (OSError, ValueError):
        return False
    return True
