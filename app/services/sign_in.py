"""Signing in: the same answer and the same work for an address that is known and one that is not."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.audit import By, Deed
from app.domain.organizers import Account
from app.logs import get_logger
from app.services import throttle
from app.services.audit import note
from app.services.desk import Desk
from app.services.passwords import Busy, fits, hash_password, is_outdated
from app.services.sessions import Visitor, begin_session, end_session
from app.services.tokens import new_token
from app.store import organizers
from app.store.database import Connection

_log = get_logger(__name__)

_LONGEST_TYPED = 254
_WHILE_BUSY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Wait:
    """There were too many tries: nothing was looked at."""

    time: timedelta


@dataclass(frozen=True, slots=True)
class Refused:
    """The password is not that of an account."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A session has begun; `device` shows later that this browser is its owner's."""

    token: str
    device: str
    needs_factor: bool = False


def sign_in(desk: Desk, typed_email: str, password: str, visitor: Visitor, device: str) -> Entered | Refused | Wait:
    """Check an address and a password, and begin a session."""
    email = typed_email.strip().lower()[:_LONGEST_TYPED]
    buckets = throttle.password_buckets(desk, email, visitor.place, device)
    if wait := throttle.wait_for(desk, buckets):
        return Wait(wait)
    with desk.database.read() as connection:
        account = organizers.find_by_email(connection, email)
    known_hash = account.password_hash if account and account.is_active else None
    if refused := look_at(known_hash, password):
        _log.warning("sign_in_refused", place=visitor.place)
        return refused
    assert account is not None  # nothing fits where there is none
    throttle.forgive(desk, buckets)
    return _enter(desk, account, password, visitor)


def look_at(known_hash: str | None, password: str) -> Refused | Wait | None:
    """What is wrong with a password; None if it is the right one."""
    try:
        return None if fits(known_hash, password) else Refused()
    except Busy:
        return Wait(_WHILE_BUSY)


def enter(connection: Connection, desk: Desk, account: Account, visitor: Visitor, how: str) -> Entered:
    """Begin the session of somebody who has shown who they are, and note it."""
    now = desk.clock.now()
    note(connection, now, By(account.email, visitor.place), Deed.SIGN_IN, f"{account.email} signed in {how}.")
    token = begin_session(connection, account, visitor, now)
    return Entered(token, throttle.new_device(desk, account.email, new_token()))


def enter_or_ask(connection: Connection, desk: Desk, account: Account, visitor: Visitor, how: str) -> Entered:
    """Begin the session of somebody whose first factor was right; with a second one it only waits for that."""
    if account.factor_secret is None:
        return enter(connection, desk, account, visitor, how)
    pending = begin_session(connection, account, visitor, desk.clock.now(), needs_factor=True)
    return Entered(pending, device="", needs_factor=True)


def sign_out(desk: Desk, token: str) -> None:
    """End a session on the server, whatever the browser does with its cookie."""
    end_session(desk, token)


def _enter(desk: Desk, account: Account, password: str, visitor: Visitor) -> Entered:
    assert account.password_hash is not None
    with desk.database.write() as connection:
        if is_outdated(account.password_hash):
            organizers.set_password(connection, account.id, hash_password(password))
        return enter_or_ask(connection, desk, account, visitor, "with a password")
