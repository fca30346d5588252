"""A server looks at its own certificate once a day, and tells in time (F35)."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app import create_app
from app.config import Settings
from app.logs import configure_logs
from app.services.certificate import CertificateWatch
from app.services.chores import Chores
from app.services.doctor.reaching import Certificate
from app.simulator import MovableClock
from tests.support.demo import demo_settings

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=22), ""),
        (timedelta(days=20), "ends on 2026-03-21: renew it"),
        (timedelta(0), "is not valid"),
        (None, "is not valid"),
    ],
)
def test_what_is_told_of_a_certificate(left: timedelta | None, said: str) -> None:
    found = Certificate(None if left is None else NOW + left)
    watch = CertificateWatch("https://x.example", MovableClock(NOW), lambda _url: found)
    assert (watch.problem, watch.days_left) == ("", None)
    watch.look()
    assert said in watch.problem
    assert bool(watch.problem) == bool(said)
    assert watch.days_left == (left.days if left else 0)


def test_it_is_looked_at_once_a_day_also_after_the_clock_was_set_back() -> None:
    looks, clock = list[str](), MovableClock(NOW)
    watch = CertificateWatch("https://x.example", clock, looks.append)
    times = []
    for hours in (0, 1, 23, -72, 1):
        clock.move(hours * 3600)
        watch.look()
        times.append(len(looks))
    assert times == [1, 1, 2, 3, 3]
    assert watch.problem == ""


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Iterator[Settings]:
    """Of a server whose address shows a certificate that nobody trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(tmp_path))
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield replace(demo_settings(sqlite_url, tmp_path), public_url=f"https://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


def _self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1)).sign(
        key, hashes.SHA256()
    )
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "both.pem"
    file.write_bytes(key.private_bytes(*plain) + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_a_server_tells_of_it_by_itself(settings: Settings) -> None:
    configure_logs("critical")
    with closing(create_app(settings)) as app:
        client = app.test_client()
        assert "certificate" not in client.get("/readyz").get_json()["degraded"]
        chores = Chores(app.hotline, settings)
        chores.tick()
        chores.close()
        ready = client.get("/readyz")
        assert (ready.status_code, "not valid" in ready.get_json()["degraded"]["certificate"]) == (200, True), (
            ready.text
        )
        assert "patchline_certificate_days_left 0.0" in client.get("/metrics").text
    assert json.loads(ready.text)["ready"] is True
