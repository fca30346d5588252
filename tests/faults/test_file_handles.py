"""A server that has no file handle left goes on, hangs up on those who say nothing, and answers calls (F33)."""

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
    with production(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, processes=1) as served:
        # What a process opens once, such as its database.
        assert _failures(served, first=0) == ()
        (worker,) = children(served.server.process.pid)
        most = len(list(Path(f"/proc/{worker}/fd").iterdir())) + _SPARE
        resource.prlimit(worker, resource.RLIMIT_NOFILE, (most, most))
        address = (served.site.settings.host, served.site.settings.port)
        with ExitStack() as crowd:
            for _ in range(_SILENT):
                crowd.enter_context(socket.create_connection(address))
            # A connection that had said nothing yet may be cut too: the carrier asks again. None waits in vain.
            assert all("cut off" in told for told in _failures(served, first=100))
        assert _failures(served, first=200) == ()
        assert children(served.server.process.pid) == [worker]
        assert any("No file handle" in told for told in served.server.warnings())


def _failures(served: Production, first: int) -> tuple[str, ...]:
    return drive_here(served.job(calls=3, callers=2, seed=33, first=first)).failures
