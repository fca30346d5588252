"""Passwords, hashed so that a stolen table is of little use."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

# Each hash takes 19 MiB and a core: those who sign in must not take them, and all threads, from the callers.
_turn = BoundedSemaphore(2)
_line = BoundedSemaphore(8)

NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$t9koImtU4Zjt8euHnUR8Gg$v1xBriBPWYNNuy/5Gc1lfLEox1d3O4U3cUF8z15D0jM"
"""The hash that is looked at where there is no account: it takes as long, and no password fits."""


class Busy(Exception):
    """So many passwords are being looked at that this one cannot wait for its turn."""


@contextmanager
def in_line() -> Iterator[None]:
    """Keep a place in the line of passwords to look at; raises Busy."""
    if not _line.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _line.release()


def hash_password(password: str) -> str:
    """The hash to keep of a new password; raises Busy."""
    with in_line(), _turn:
        return _hasher.hash(_encoded(password))


def fits(password_hash: str | None, password: str) -> bool:
    """Whether a password is the right one, for somebody in line; takes as long where there is none."""
    try:
        with _turn:
            _hasher.verify(password_hash or NOBODYS, _encoded(password))
    except (InvalidHashError, VerificationError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def _encoded(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
