"""Signing in: the same answer and the same work for an address that is known and one that is not."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from app.domain.audit import By, Deed
from app.domain.organizers import Account
from app.logs import get_logger
from app.services import throttle
from app.services.audit import note
from app.services.desk import Desk
from app.services.passwords import Busy, fits, hash_password, in_line, is_outdated
from app.services.sessions import SignedIn, Visitor, begin_session, end_session
from app.services.tokens import hashed, new_token
from app.store import organizers, share_links, sign_in_sessions, single_use_links
from app.store.attempts import Bucket
from app.store.database import Connection
from app.store.single_use_links import LinkKind

_log = get_logger(__name__)

_LONGEST_TYPED = 254
_DEVICE_FOR = timedelta(days=180)
_KEEP_ENDED = timedelta(days=7)
# Each who signs in clears away so much, and waits no longer for it.
_MOST_CLEARED = 100


@dataclass(frozen=True, slots=True)
class Wait:
    """There were too many tries: nothing was looked at."""

    time: timedelta


WHILE_BUSY = Wait(timedelta(seconds=10))
"""The answer where no password can be looked at or hashed at present."""


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
    with desk.database.read() as connection:
        account = organizers.find_by_email(connection, email)
        owner = single_use_links.find(connection, hashed(device), LinkKind.DEVICE, desk.clock.now())
    is_known = account is not None and account.id == owner
    known_device = throttle.new_device(desk, email, hashed(device)) if is_known else ""
    buckets = throttle.password_buckets(desk, email, visitor.place, known_device)
    known_hash = account.password_hash if account and account.is_active else None
    if refused := look_at(desk, buckets, known_hash, password):
        if isinstance(refused, Refused):
            _log.warning("sign_in_refused", place=visitor.place)
        return refused
    assert account is not None  # nothing fits where there is none
    return _enter(desk, account, password, visitor)


def look_at(desk: Desk, buckets: list[Bucket], known_hash: str | None, password: str) -> Refused | Wait | None:
    """Count a try, and say what is wrong with a password; None if it is the right one."""
    try:
        # The place in line comes first: who finds none has not tried.
        with in_line():
            if wait := throttle.wait_for(desk, buckets):
                return Wait(wait)
            if not fits(known_hash, password):
                return Refused()
    except Busy:
        return WHILE_BUSY
    throttle.forgive(desk, buckets)
    return None


def lock_unchanged(connection: Connection, account: Account) -> bool:
    """Lock an account, and say whether what lets somebody in is still as it was read."""
    now = organizers.lock(connection, account.id)
    return (now.password_hash, now.factor_secret, now.disabled_at) == (
        account.password_hash,
        account.factor_secret,
        account.disabled_at,
    )


def lock_running(connection: Connection, signed_in: SignedIn) -> bool:
    """Lock the account of a session, and say whether it is unchanged and the session was not ended meanwhile."""
    is_same = lock_unchanged(connection, signed_in.account)
    return is_same and sign_in_sessions.is_running(connection, signed_in.session.id)


def enter(connection: Connection, desk: Desk, account: Account, visitor: Visitor, how: str) -> Entered:
    """Begin the session of somebody who has shown who they are, and note it."""
    now = desk.clock.now()
    note(connection, now, By(account.email, visitor.place), Deed.SIGN_IN, f"{account.email} signed in {how}.")
    token, device = begin_session(connection, account, visitor, now), new_token()
    single_use_links.add(connection, hashed(device), LinkKind.DEVICE, account.id, now, now + _DEVICE_FOR)
    return Entered(token, device)


def enter_or_ask(connection: Connection, desk: Desk, account: Account, visitor: Visitor, how: str) -> Entered:
    """Begin the session of somebody whose first factor was right; with a second one it only waits for that."""
    before = desk.clock.now() - _KEEP_ENDED
    for store in (sign_in_sessions, single_use_links, share_links):
        store.delete_ended(connection, before, _MOST_CLEARED)
    if account.factor_secret is None:
        return enter(connection, desk, account, visitor, how)
    pending = begin_session(connection, account, visitor, desk.clock.now(), needs_factor=True)
    return Entered(pending, device="", needs_factor=True)


def sign_out(desk: Desk, token: str) -> None:
    """End a session on the server, whatever the browser does with its cookie."""
    end_session(desk, token)


def _enter(desk: Desk, account: Account, password: str, visitor: Visitor) -> Entered | Refused:
    assert account.password_hash is not None
    newer = None
    if is_outdated(account.password_hash):
        with suppress(Busy):  # the next time is early enough
            newer = hash_password(password)
    with desk.database.write() as connection:
        if not lock_unchanged(connection, account):
            return Refused()
        if newer:
            organizers.set_password(connection, account.id, newer)
        return enter_or_ask(connection, desk, account, visitor, "with a password")
