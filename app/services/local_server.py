"""A copy of the hotline that lives as long as a command: for the phone in the terminal and for tests."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_HOST = "127.0.0.1"


class _QuietHandler(WSGIRequestHandler):
    """Logs no requests: the application has its own log."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def local_server(make_app: "Callable[[str], WSGIApplication]") -> "Iterator[str]":
    """Serve an application on a free port of this machine; gives its base URL, which also makes the app."""
    with socket.create_server((_HOST, 0)) as listener:
        port = listener.getsockname()[1]
        base_url = f"http://{_HOST}:{port}"
        server = make_server(
            _HOST, port, make_app(base_url), threaded=True, request_handler=_QuietHandler, fd=listener.fileno()
        )
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield base_url
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
