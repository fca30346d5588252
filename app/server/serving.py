"""Gunicorn, started from here instead of from its own command line."""

import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.systemd import sd_notify

from app.config import Settings
from app.logs import configure_logs
from app.server.banner import banner
from app.server.metrics_folder import forget
from app.services.chores import Chores
from app.services.live_watch import MOST_STREAMS
from app.services.watching import watch
from app.web.application import Patchline
from app.web.tracing import trace_requests

CreateApp = Callable[[Settings], Flask]

CALL_THREADS = 32
# Whoever follows the live board holds a thread. These are beside those for calls, so that no webhook waits for one.
THREADS = CALL_THREADS + MOST_STREAMS


def serve(
    settings: Settings,
    listener: socket.socket | None,
    create_app: CreateApp,
    pid_file: Path | None = None,
    *,
    is_prepared: bool = True,
) -> int:
    """Serves until a signal ends it; gives the exit status. Without a listener the socket is inherited.

    SIGUSR2 starts the server anew from the code that is there by then, on the same socket; the new one ends this one
    when it takes calls, so that no connection is refused.
    """
    replaced = int(os.environ.get("GUNICORN_PID", "0"))
    try:
        _Master(_Application(settings, listener, create_app, pid_file, replaced, is_prepared)).run()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


class _JoinedLogger(Logger):
    """Lets gunicorn's lines flow into ours: it brings no handlers of its own."""

    def setup(self, cfg: Any) -> None:
        self.cfg = cfg
        self._access_log_enabled = False
        self.error_log.propagate = True

    def reopen_files(self) -> None:
        """Leaves standard error as it is."""


class _Master(Arbiter):
    """Treats Ctrl-C like SIGTERM: the requests in hand are finished first."""

    def __init__(self, app: "_Application") -> None:
        super().__init__(app)
        # As it is, the path of a file would be run, which does not find the package beside it.
        self.START_CTX["args"] = [sys.executable, "-m", "app.server", *sys.argv[1:]]

    def handle_int(self) -> None:
        self.handle_term()


class _Application(BaseApplication):
    """Makes one Flask application in each worker."""

    def __init__(
        self,
        settings: Settings,
        listener: socket.socket | None,
        create_app: CreateApp,
        pid_file: Path | None,
        replaced: int,
        is_prepared: bool,
    ) -> None:
        self._settings = settings
        self._bind = f"fd://{listener.detach()}" if listener else f"{settings.host}:{settings.port}"
        self._create_app = create_app
        self._pid_file, self._replaced, self._is_prepared = pid_file, replaced, is_prepared
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": self._bind,
            "pidfile": str(self._pid_file) if self._pid_file else None,
            "proc_name": "patchline",
            "worker_class": "app.server.slow_clients.PatientWorker",
            "workers": self._settings.web_concurrency,
            "threads": THREADS,
            "timeout": 30,
            "graceful_timeout": 20,
            "keepalive": 5,
            "limit_request_line": 8190,
            "limit_request_fields": 100,
            "limit_request_field_size": 8190,
            # Anything that runs as this account could stop the server by it.
            "control_socket_disable": True,
            "logger_class": _JoinedLogger,
            "loglevel": self._settings.log_level,
            "post_worker_init": self._ready,
            "child_exit": lambda _master, worker: forget(worker.pid),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        watching = watch(self._settings)
        configure_logs(self._settings.log_level, watching.report)
        app = self._create_app(self._settings)
        if watching.tell_request:
            trace_requests(app, watching.tell_request)
        return app

    def _ready(self, worker: Any) -> None:
        # A terminal's Ctrl-C reaches the workers too: only the master decides about the end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if isinstance(worker.wsgi, Patchline):
            Chores(worker.wsgi.hotline, self._settings, is_prepared=self._is_prepared).start()
            # Told to stop, a worker waits for what is in hand, and streams are in hand for minutes.
            worker.wsgi.live.stop_when(lambda: not worker.alive)
        if worker.age == self._settings.web_concurrency:
            self._take_over()
        if worker.age == 1:
            print(banner(self._settings, worker.wsgi), flush=True)

    def _take_over(self) -> None:
        """Tells systemd which process leads now, and the server that we replace to finish what it has in hand."""
        sd_notify(f"READY=1\nMAINPID={os.getppid()}", logging.getLogger("gunicorn.error"))
        if self._replaced:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._replaced, signal.SIGTERM)
