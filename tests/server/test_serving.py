import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

# A server with a slow page, in hand when the signal comes, and a stream that would go on for ever.
SERVER = """
import sys, time
from pathlib import Path
from flask import Flask, Response
from app.config import Settings
from app.logs import configure_logs
from app.server.listening import listen
from app.server.serving import serve
from app.services.live_watch import LiveWatch
from app.services.open_hotline import open_hotline
from app.web.application import Patchline

class Slow(Patchline):
    def __init__(self):
        Flask.__init__(self, "slow")
        self.hotline = open_hotline(settings, None)
        self.live = LiveWatch()

def create_app(settings):
    app = Slow()
    @app.get("/healthz")
    def healthz():
        print("in hand", flush=True)
        time.sleep(1)
        return "finished"
    @app.get("/stream")
    def stream():
        def beats():
            yield "beat"
            while not app.live.pause():
                yield "beat"
        return Response(beats())
    return app

settings = Settings.load({"INSTANCE_DIR": sys.argv[1], "PORT": sys.argv[2]}, Path("missing"))
configure_logs("info")
sys.exit(serve(settings, listen(settings.host, settings.port), create_app))
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
        return free


@pytest.fixture
def server(tmp_path: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", SERVER, str(tmp_path), str(port)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        yield process
        process.kill()


def _read_until(process: "subprocess.Popen[str]", text: str) -> str:
    assert process.stdout is not None
    read = ""
    for line in process.stdout:
        read += line
        if text in line:
            return read
    raise AssertionError(f"The server ended without saying {text!r}: {read}")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_stop_finishes_what_is_in_hand(server: "subprocess.Popen[str]", port: int, name: str, tmp_path: Path) -> None:
    banner = _read_until(server, "Webhook token")
    assert "demo" in banner
    assert f"http://127.0.0.1:{port}/healthz" in banner
    assert "/console/" not in banner
    assert "+15005550006" in banner
    assert (tmp_path / "twilio_auth_token").read_text().strip() not in banner

    answers: list[bytes] = []
    asking = threading.Thread(
        target=lambda: answers.append(urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20).read())
    )
    streaming = urllib.request.urlopen(f"http://127.0.0.1:{port}/stream", timeout=20)
    asking.start()
    _read_until(server, "in hand")
    server.send_signal(signal.Signals[name])
    _, errors = server.communicate(timeout=30)
    asking.join(20)
    assert answers == [b"finished"]
    assert set(streaming.read().split(b"beat")) == {b""}
    assert server.returncode == 0
    assert all(line.startswith("{") for line in errors.splitlines())
