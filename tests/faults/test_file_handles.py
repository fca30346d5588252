"""A server that has no file handle left goes on, and answers those who say something (F33)."""

import resource
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from scripts.benchmarks.drivers import drive_here
from scripts.benchmarks.processes import children
from tests.faults.running import Production, production

_SPARE, _SILENT = 8, 40


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to count another process's file handles")
def test_without_file_handles_calls_are_answered_and_no_process_ends(tmp_path: Path) -> None:
    with production(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, processes=1) as served, ExitStack() as stack:
        # What a process opens once, such as its database.
        assert _failures(served, first=0) == ()
        (worker,) = children(served.server.process.pid)
        most = len(list(Path(f"/proc/{worker}/fd").iterdir())) + _SPARE
        resource.prlimit(worker, resource.RLIMIT_NOFILE, (most, most))
        address = (served.site.settings.host, served.site.settings.port)
        for _ in range(_SILENT):
            stack.enter_context(socket.create_connection(address))
        assert _failures(served, first=100) == ()
        assert children(served.server.process.pid) == [worker]
        assert any("No file handle" in told for told in served.server.warnings())


def _failures(served: Production, first: int) -> tuple[str, ...]:
    return drive_here(served.job(calls=3, callers=2, seed=33, first=first)).failures
