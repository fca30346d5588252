"""Two Flask apps to measure against, under our own server with its settings."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, request

from app.config import Settings
from app.logs import configure_logs
from app.server.listening import listen
from app.server.serving import CreateApp, serve
from app.store.database import Database
from scripts.benchmarks.inserts import insert

_BEFORE = '<?xml version="1.0" encoding="UTF-8"?><Response><Say voice="Polly.Joanna" language="en-US">'
_AFTER = "</Say></Response>"
_WORDS = "Thank you for calling. "


def constant_twiml(size: int) -> str:
    """A document of so many bytes, or a little over."""
    room = size - len(_BEFORE) - len(_AFTER)
    return _BEFORE + _WORDS * max(1, -(-room // len(_WORDS))) + _AFTER


def bare(answer: str) -> CreateApp:
    """Makes the app that answers each webhook with the same TwiML."""

    def create_app(settings: Settings) -> Flask:
        return _app(answer, lambda: None)

    return create_app


def inserting(answer: str) -> CreateApp:
    """Makes the app that also commits one INSERT before it answers."""

    def create_app(settings: Settings) -> Flask:
        database = Database(settings.database_url)
        return _app(answer, lambda: insert(database, request.form["CallSid"], answer))

    return create_app


YARDSTICKS = {"bare": bare, "inserting": inserting}


def _app(answer: str, before: Callable[[], None]) -> Flask:
    app = Flask(__name__)

    @app.get("/healthz")
    def healthz() -> Response:
        return Response("ok")

    @app.post("/voice/<path:name>")
    def webhook(name: str) -> Response:
        before()
        return Response(answer, mimetype="text/xml")

    return app


def main(name: str, size: str) -> int:
    """Serves one of them, with answers of so many bytes; gives the exit status."""
    settings = Settings.load(os.environ, Path(os.environ["INSTANCE_DIR"]) / "no.env")
    configure_logs(settings.log_level)
    listener = listen(settings.host, settings.port)
    return serve(settings, listener, YARDSTICKS[name](constant_twiml(int(size))))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
