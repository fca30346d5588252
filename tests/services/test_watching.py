"""What leaves for Sentry and OpenTelemetry, read off the wire, and what never does."""

import gzip
import json
import queue
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app import create_app
from app.config import Secret, Settings
from app.logs import configure_logs
from app.services.doctor.own import judge_settings
from app.services.local_server import local_server
from app.services.watching import Watching, watch
from app.web import voice
from app.web.tracing import trace_requests
from tests.support.demo import demo_settings
from tests.support.webhooks import CALL, Webhooks

ENVELOPES, TRACES = "/api/1/envelope/", "/v1/traces"
NUMBER = "6085550123"
PRIVATE = {
    "a number": NUMBER,
    "the call's id": CALL,
    "a form's field": "EAU CLAIRE WI",
    "an address": "203.0.113.9",
    "a cookie": "biscuit",
    "what an exception says": "a bug with",
    "the query": "state=",
}


class Elsewhere:
    """A server that takes all that is sent to it, as Sentry and a collector would."""

    def __init__(self) -> None:
        self.came = {path: queue.Queue[bytes]() for path in (ENVELOPES, TRACES)}

    def app(self, environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(str(environ.get("CONTENT_LENGTH") or 0)))  # type: ignore[attr-defined]
        if environ.get("HTTP_CONTENT_ENCODING") == "gzip":
            body = gzip.decompress(body)
        # Headers and address count, too.
        told = repr({name: value for name, value in environ.items() if name.isupper()}).encode()
        self.came[str(environ["PATH_INFO"])].put(told + body)
        start("200 OK", [])
        return [b"{}"]

    def first_to(self, path: str) -> bytes:
        """Waits for what is sent to a path."""
        return self.came[path].get(timeout=20)


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    return demo_settings(sqlite_url, tmp_path)


def watching(settings: Settings, url: str) -> Watching:
    dsn = Secret(url.replace("://", "://key@") + "/1")
    return watch(replace(settings, sentry_dsn=dsn, otel_endpoint=url))


def test_an_error_and_a_request_are_told_elsewhere_without_anything_personal(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    elsewhere = Elsewhere()
    with local_server(lambda _: elsewhere.app) as url, closing(create_app(settings)) as app:
        opened = watching(settings, url)
        configure_logs("error", opened.report)
        assert opened.tell_request
        trace_requests(app, opened.tell_request)

        def broken(*_: object) -> str:
            secret = f"+1{NUMBER}"
            raise RuntimeError(f"a bug with {secret} in it")

        monkeypatch.setattr(voice, "take_turn", broken)
        webhooks = Webhooks(app)
        webhooks.usual |= {"FromCity": "EAU CLAIRE WI"}
        webhooks.headers |= {"Cookie": "biscuit=1", "X-Forwarded-For": "203.0.113.9", "User-Agent": "biscuit"}
        assert webhooks.post("/voice/turn?state=x", Digits=NUMBER).status_code == 200
        told, span = elsewhere.first_to(ENVELOPES), elsewhere.first_to(TRACES)
    configure_logs("error")
    for what, text in PRIVATE.items():
        assert text.encode() not in told, what
        assert text.encode() not in span, what
    event = json.loads(told.splitlines()[-1])
    assert event["tags"] == {"event": "voice_fault"}
    (exception,) = event["exception"]["values"]
    assert (exception["type"], exception["stacktrace"]["frames"][-1]["function"]) == ("RuntimeError", "broken")
    assert "server_name" not in event
    assert b"POST /voice/turn" in span


@pytest.mark.parametrize(
    ("variable", "package"),
    [("SENTRY_DSN", "sentry_sdk"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "opentelemetry.exporter.otlp.proto.http")],
)
def test_what_is_set_and_not_installed_is_told_and_stops_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, variable: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    asks = {"SENTRY_DSN": {"sentry_dsn": Secret("http://key@127.0.0.1:9/1")}}
    settings = replace(settings, **asks.get(variable, {"otel_endpoint": "http://127.0.0.1:9"}))
    assert watch(settings) == Watching()
    told = [finding for finding in judge_settings(settings) if variable in finding.what]
    assert [finding.remedy for finding in told] == [
        "Install it: .venv/bin/python -m pip install --require-hashes -r requirements-watch.lock"
    ]


def test_nothing_is_imported_that_nobody_asked_for(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("sentry_sdk", "opentelemetry"):
        monkeypatch.setitem(sys.modules, package, None)
    assert watch(settings) == Watching()
