"""Servers as child processes: started, waited for, measured and stopped."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.config import PROJECT_DIR
from app.config.variables import VARIABLES
from scripts.benchmarks.processes import cpu_s, largest_mb
from scripts.benchmarks.setup import Site

_START_S = 30
_STOP_S = 25
_LINE = 120


class ServerFailed(Exception):
    """A server did not start; the message is what it said."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started; `began_s` is when, on the monotonic clock in seconds."""

    site: Site
    process: "subprocess.Popen[bytes]"
    log: Path
    began_s: float

    @property
    def url(self) -> str:
        """Its address."""
        return self.site.settings.public_url

    @property
    def cpu_s(self) -> float:
        """Seconds of processor time that all its processes have used."""
        return cpu_s(self.process.pid)

    @property
    def largest_mb(self) -> float:
        """Memory of its largest process, in MB."""
        return largest_mb(self.process.pid)

    def wait(self) -> float:
        """Wait until it answers, and give the seconds from its start up to then."""
        until = time.monotonic() + _START_S
        while self.process.poll() is None and time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz", timeout=5):  # noqa: S310  # our own
                return time.monotonic() - self.began_s
            time.sleep(0.02)
        said = self.log.read_text(errors="replace").strip()
        raise ServerFailed(f"The server did not start: {said or 'it said nothing'}")

    def warnings(self) -> Mapping[str, int]:
        """How often its log tells of each thing that went wrong."""
        return Counter(_told(line) for line in self.log.read_text(errors="replace").splitlines())


@contextmanager
def running(module: Sequence[str], site: Site, folder: Path) -> Iterator[Server]:
    """Runs a module as a server until the end of the block, whatever ends it."""
    log = folder / "server.log"
    began_s = time.monotonic()
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=PROJECT_DIR,
            env={**_surroundings(), **site.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stream,
            start_new_session=True,
        )
    try:
        yield Server(site, process, log, began_s)
    finally:
        _stop(process)


def _surroundings() -> dict[str, str]:
    """The environment without what it tells a server of ours."""
    ours = {variable.name for variable in VARIABLES}
    return {name: text for name, text in os.environ.items() if name not in ours}


def _told(line: str) -> str:
    """What a line of the log tells, without what differs from call to call."""
    try:
        told = json.loads(line)
        return " ".join(filter(None, [told["event"], told.get("problem")]))
    except (KeyError, TypeError, ValueError):
        return line[:_LINE]


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_STOP_S)
    finally:
        # Workers that outlived it, if any.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
