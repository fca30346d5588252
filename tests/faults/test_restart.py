"""Deploys and slow clients while calls go on: no webhook fails, and the record is whole (F28, A24)."""

import os
import socket
import subprocess
import sys
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.server.restart import restart
from app.server.slow_clients import SLOW_AT_ONCE, Arrival, arrival
from scripts.benchmarks.setup import make_site, prepare
from tests.faults.running import production


def _url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'a.db'}"


def test_a_restart_under_load_fails_no_call(tmp_path: Path) -> None:
    with production(_url(tmp_path), tmp_path) as served, served.under_load(calls=40, callers=6, seed=28) as load:
        pids = [served.server.process.pid]
        pids += [restart(served.site.settings.instance_dir / "server.pid") for _ in range(2)]
        assert len(set(pids)) == 3
        assert load.result().failures == ()
        assert served.check(load.result()).is_exact


# What systemd does between fork and exec.
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "app.server", "serve"])
"""


def test_a_socket_that_systemd_keeps_is_served(tmp_path: Path) -> None:
    """Its number and the process it is for are told by variables (sd_listen_fds(3))."""
    site = make_site(_url(tmp_path), tmp_path, 1)
    prepare(site.settings)
    with socket.create_server((site.settings.host, site.settings.port)) as kept:
        environ = {**os.environ, **site.environ}
        command = [sys.executable, "-c", HAND_OVER, str(kept.fileno())]
        keeps = (kept.fileno(),)
        with subprocess.Popen(command, env=environ, pass_fds=keeps, stdout=subprocess.DEVNULL) as server:
            try:
                # Nobody serves yet; the connection waits instead of being refused.
                with urllib.request.urlopen(f"{site.settings.public_url}/healthz", timeout=60) as answer:
                    assert answer.status == 200
            finally:
                server.terminate()


SILENT = b""
IN_THE_HEAD = b"POST /voice/incoming HTTP/1.1\r\nHost: x\r\n"
IN_THE_BODY = b"POST /x HTTP/1.1\r\nContent-Length: 90\r\n\r\nDigits="


def test_slow_clients_keep_no_call_waiting(tmp_path: Path) -> None:
    with production(_url(tmp_path), tmp_path, processes=1) as served:
        address = (served.site.settings.host, served.site.settings.port)
        for begun in (SILENT, IN_THE_HEAD, IN_THE_BODY):
            with ExitStack() as stack:
                for _ in range(100):
                    slow = stack.enter_context(socket.create_connection(address))
                    slow.sendall(begun)
                load = stack.enter_context(served.under_load(calls=3, callers=3, seed=24)).result()
            # An answer that comes after the carrier's four seconds is a failure too.
            assert load.failures == (), begun


@pytest.mark.parametrize(
    ("data", "came"),
    [
        (b"", Arrival.NOTHING),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", Arrival.PART),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", Arrival.WHOLE),
        (b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab", Arrival.PART),
        (b"POST / HTTP/1.1\r\ncontent-length:3\r\nHost: x\r\n\r\nabc", Arrival.WHOLE),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999\r\n\r\n", Arrival.LARGE),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", Arrival.LARGE),
        (b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n", Arrival.LARGE),
        (b"x" * 65_536, Arrival.WHOLE),
    ],
)
def test_how_much_of_a_request_has_arrived(data: bytes, came: Arrival) -> None:
    assert arrival(data) is came
    assert SLOW_AT_ONCE < 16
