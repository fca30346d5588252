"""No test speaks to anything outside this machine."""

import ipaddress
import socket
from collections.abc import Iterator

import pytest

_connect = socket.socket.connect


class OutsideConnectionError(AssertionError):
    """Raised where a test tries to reach another machine."""


def _is_inside(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


def _guarded_connect(self: socket.socket, address: tuple[str, int]) -> None:
    if not _is_inside(address):
        raise OutsideConnectionError(f"A test tried to connect to {address}")
    _connect(self, address)


@pytest.fixture(scope="session", autouse=True)
def _no_outside_connections() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded_connect)
        yield
