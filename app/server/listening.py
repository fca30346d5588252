"""The socket that the server listens on, had before anything else is touched."""

import errno
import os
import socket

BACKLOG = 512


class CannotListenError(Exception):
    """Tells why the address cannot be listened on, and which variable to change."""


def is_inherited() -> bool:
    """Tells whether the socket is here already: kept by systemd (sd_listen_fds), or by the server that we replace."""
    by_systemd = os.environ.get("LISTEN_PID") == str(os.getpid()) and os.environ.get("LISTEN_FDS", "0") != "0"
    return by_systemd or "GUNICORN_FD" in os.environ


def listen(host: str, port: int) -> socket.socket:
    """Opens the listening socket: a second server on the port is told so at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError:
        raise CannotListenError(f"HOST {host} is not known as a name or an address.") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as problem:
        listener.close()
        raise CannotListenError(_reason(problem, host, port)) from None
    return listener


def _reason(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"PORT {port} on {host} is in use: stop the other program, or set PORT to a free one."
    if problem.errno == errno.EACCES:
        return f"PORT {port} may not be used by this account: set PORT to one above 1023."
    if problem.errno == errno.EADDRNOTAVAIL:
        return f"HOST {host} is not an address of this machine: set HOST to one that is, or 0.0.0.0."
    return f"HOST {host} and PORT {port} cannot be listened on: {problem.strerror}."
