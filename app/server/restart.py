"""Starting a running server anew, from the code and settings that are there now, without a refused connection."""

import os
import signal
import time
from pathlib import Path

_LONGEST_S = 60.0
_LOOK_AGAIN_S = 0.1


class NotRestarted(Exception):
    """Tells why the server was not started anew; calls are taken as before."""


def restart(pid_file: Path) -> int:
    """Has the server of a pid file replace itself, and waits until it has; gives the new server's process number."""
    old = _read(pid_file)
    if old is None:
        raise NotRestarted(f"No server of scripts/serve is running here: {pid_file} names none.")
    os.kill(old, signal.SIGUSR2)
    deadline = time.monotonic() + _LONGEST_S
    while time.monotonic() < deadline:
        time.sleep(_LOOK_AGAIN_S)
        now = _read(pid_file)
        if now not in (None, old):
            return now or 0
    raise NotRestarted("The new server did not start: its log says why. The old one goes on.")


def _read(pid_file: Path) -> int | None:
    """The process that the file names, if it lives."""
    try:
        pid = int(pid_file.read_text())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid
