"""A way to a server that can be made to hang, to refuse, to be slow, to cut an answer, and to be well again."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import make_url


class HangingProxy:
    """Passes on what comes until `hangs` is set; a connection that met that moment stays dead.

    While `refuses` is set, new connections and those that say something are cut; every answer takes `delay_s` longer.
    """

    def __init__(self, target_url: str, server: socket.socket) -> None:
        self.hangs, self.refuses = threading.Event(), threading.Event()
        self.delay_s = 0.0
        self.cuts_after: int | None = None
        self._target = make_url(target_url)
        self._server = server
        self._opened: list[socket.socket] = []

    @property
    def url(self) -> str:
        through = self._target.set(host="127.0.0.1", port=self._server.getsockname()[1])
        return through.render_as_string(hide_password=False)

    def cut_next(self, after: int) -> None:
        """End the next answer, and its connection, after so many bytes."""
        self.cuts_after = after

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                if self.refuses.is_set():
                    near.close()
                    continue
                far = socket.create_connection((self._target.host or "", self._target.port or 5432))
                self._opened.extend((near, far))
                for way in ((near, far, False), (far, near, True)):
                    threading.Thread(target=self._pump, args=way, daemon=True).start()

    def close(self) -> None:
        for opened in (self._server, *self._opened):
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)
            opened.close()

    def _pump(self, source: socket.socket, sink: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while (data := source.recv(65536)) and not self.hangs.is_set():
                if self.refuses.is_set():
                    for end in (source, sink):
                        end.shutdown(socket.SHUT_RDWR)
                    return
                if is_answer and self.delay_s:
                    time.sleep(self.delay_s)
                if is_answer and self.cuts_after is not None:
                    sink.sendall(data[: self.cuts_after])
                    self.cuts_after -= len(data)
                    if self.cuts_after <= 0:
                        self.cuts_after = None
                        sink.shutdown(socket.SHUT_RDWR)
                        return
                    continue
                sink.sendall(data)


@contextmanager
def hanging_proxy(target_url: str) -> Iterator[HangingProxy]:
    """Gives a proxy of a server, and closes it in the end."""
    proxy = HangingProxy(target_url, socket.create_server(("127.0.0.1", 0)))
    threading.Thread(target=proxy.serve, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.close()
