"""A worker that slow clients cannot fill: a thread is for requests that have arrived.

Whoever sends a request byte by byte, or connects and says nothing, would otherwise hold a thread each, and calls would
wait. A carrier's webhook comes in one piece, and so does what a reverse proxy has gathered.
"""

import errno
import re
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from itertools import islice
from threading import BoundedSemaphore
from typing import Any

from gunicorn.workers.gthread import _DEFER, ThreadWorker

SLOW_AT_ONCE = 6
"""Threads of a process that may wait for the rest of a request; whoever comes beyond them is hung up on."""

SLOW_FOR_S = 10.0
"""How long the rest of a request may take."""

SHORTLY_S = 0.25
"""Heads and bodies are often sent one after the other, so for this long any thread waits."""

_NO_HANDLE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_TOLD_EACH_S, _SHORT_PAUSE_S = 10.0, 0.02

_PEEKED = 64 * 1024
_LOOK_AGAIN_S, _SELDOM_S = 0.002, 0.1
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
_IN_PARTS = re.compile(rb"\r\n(?:transfer-encoding|expect):", re.IGNORECASE)


class Arrival(Enum):
    """How much of a request is here."""

    NOTHING = "nothing"
    PART = "part"
    WHOLE = "whole"
    LARGE = "large"  # its body cannot be seen whole before it is read


def arrival(data: bytes) -> Arrival:
    """How much of an HTTP/1.1 request these first bytes are (RFC 9112)."""
    if not data:
        return Arrival.NOTHING
    head, ended, body = data.partition(b"\r\n\r\n")
    if not ended:
        # A head that is longer than anybody's is for the parser to refuse.
        return Arrival.WHOLE if len(data) >= _PEEKED else Arrival.PART
    if _IN_PARTS.search(head):
        return Arrival.LARGE
    length = _LENGTH.search(head + b"\r\n")
    wanted = int(length[1]) if length else 0
    if len(head) + len(ended) + wanted > _PEEKED:
        return Arrival.LARGE
    return Arrival.WHOLE if len(body) >= wanted else Arrival.PART


class LetGo(Exception):
    """Ends the handling of a connection that is closed already."""


class PatientWorker(ThreadWorker):
    """gunicorn's threaded worker, that looks at what has arrived before a thread reads it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with nobody slow."""
        super().__init__(*args, **kwargs)
        self._slow = BoundedSemaphore(SLOW_AT_ONCE)
        self._told_at_s = -_TOLD_EACH_S

    def handle(self, conn: Any) -> Any:
        """Handle a request; gives whether the connection stays, or that it waits for its first bytes elsewhere.

        One that is done with is closed here, and told by LetGo: gunicorn would wait for the client's own end in its one
        loop, which every other connection of the process needs.
        """
        came = _whole(conn.sock, SHORTLY_S)
        if came is Arrival.NOTHING and not conn.initialized and not conn.data_ready:
            return _DEFER
        stays = super().handle(conn) if came in (Arrival.WHOLE, Arrival.NOTHING) else self._handle_slow(conn, came)
        if stays:
            return stays
        self._close(conn)
        raise LetGo

    def accept(self, listener: Any) -> None:
        """Take a connection. Without a file handle for it, it waits in the system's queue, and the process goes on.

        gunicorn would end the process, and with it the calls in hand.
        """
        try:
            super().accept(listener)
        except OSError as error:
            if error.errno not in _NO_HANDLE:
                raise
            self._make_room()

    def _make_room(self) -> None:
        """Hang up on those who have been silent for longest: the latest may be a caller whose request is on its way."""
        now_s = time.monotonic()
        if now_s >= self._told_at_s + _TOLD_EACH_S:
            self._told_at_s = now_s
            self.log.error("No file handle is left for those who call: raise the limit (LimitNOFILE, ulimit -n).")
        self.murder_keepalived(force=True)
        for silent in islice(self.pending_conns, len(self.pending_conns) // 2):
            silent.timeout = now_s
        self.murder_pending()
        time.sleep(_SHORT_PAUSE_S)

    def _handle_slow(self, conn: Any, came: Arrival) -> Any:
        with self._slot() as is_free:
            if not is_free:
                self.log.warning("A slow client was hung up on: too many send their requests bit by bit.")
                return False
            if came is Arrival.PART and _whole(conn.sock, SLOW_FOR_S) is Arrival.PART:
                return False
            # It holds however the parser sets the socket.
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", int(SLOW_FOR_S), 0))
            return super().handle(conn)

    def _close(self, conn: Any) -> None:
        with self._slot() as is_free:
            conn.close(graceful=is_free)

    @contextmanager
    def _slot(self) -> Iterator[bool]:
        is_free = self._slow.acquire(blocking=False)
        try:
            yield is_free
        finally:
            if is_free:
                self._slow.release()


def _whole(sock: socket.socket, within_s: float) -> Arrival:
    """How much has arrived, waiting for the rest of a part."""
    deadline, pause_s = time.monotonic() + within_s, _LOOK_AGAIN_S
    while (came := _look(sock)) is Arrival.PART and time.monotonic() < deadline:
        time.sleep(pause_s)
        pause_s = min(2 * pause_s, _SELDOM_S)
    return came


def _look(sock: socket.socket) -> Arrival:
    try:
        data = sock.recv(_PEEKED, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return Arrival.NOTHING
    except OSError:
        return Arrival.WHOLE  # it is broken, which whoever reads it will find
    # The end of the connection is for the reader to find, too.
    return arrival(data) if data else Arrival.WHOLE
