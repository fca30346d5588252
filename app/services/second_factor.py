"""The second factor: codes of an app that change every 30 seconds, and recovery codes for when it is lost."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
import segno

from app.domain.audit import By, Deed
from app.domain.organizers import Account
from app.logs import get_logger
from app.services import throttle
from app.services.audit import note
from app.services.desk import Desk
from app.services.sealing import Unsealable, seal, unseal
from app.services.sessions import SignedIn, Visitor, find_pending
from app.services.sign_in import Entered, Refused, Wait, enter, lock_running
from app.services.tokens import hashed
from app.store import organizers, sign_in_sessions
from app.store.database import Connection

_log = get_logger(__name__)

_STEP_S = 30
# A phone's clock may be off by as much.
_STEPS_AROUND = (0, -1, 1)
_CODES = 10
_OFFER_FOR = timedelta(minutes=15)
# Without letters and digits that look like each other.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A second factor to set up: the secret to type, as a picture, and sealed for the form that confirms it."""

    secret: str
    picture: str
    sealed: str


def offer_factor(desk: Desk, signed_in: SignedIn, sealed: str = "") -> Offer:
    """A new second factor, or the one that a form offered before; nothing is kept until it is confirmed."""
    account, secret = signed_in.account, _offered(desk, signed_in, sealed)
    if secret is None:
        secret = pyotp.random_base32()
        told = f"{int(desk.clock.now().timestamp())}|{secret}"
        sealed = seal(desk.key(b"factor"), _offer_of(signed_in), told)
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name="Patchline")
    picture = segno.make(uri, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    return Offer(secret, picture, sealed)


def confirm_factor(desk: Desk, by: By, signed_in: SignedIn, sealed: str, code: str) -> list[str]:
    """Take a second factor into use by its first code: the recovery codes, shown once; none if it is refused."""
    now, account, secret = desk.clock.now(), signed_in.account, _offered(desk, signed_in, sealed)
    step = _step_of(secret, code, now) if secret else None
    if secret is None or step is None:
        return []
    codes = _new_codes()
    with desk.database.write() as connection:
        if account.factor_secret is not None or not lock_running(connection, signed_in):
            return []
        kept = seal(desk.key(b"factor"), f"kept|{account.id}", secret)
        organizers.set_factor(connection, account.id, kept, _code_hashes(account.id, codes))
        organizers.use_step(connection, account.id, step)
        note(connection, now, by, Deed.ACCOUNT, f"{by.who} set up a second factor.")
    return codes


def renew_codes(desk: Desk, by: By, signed_in: SignedIn) -> list[str]:
    """New recovery codes in the place of all old ones; none if the session was ended meanwhile."""
    account, codes = signed_in.account, _new_codes()
    with desk.database.write() as connection:
        # Whoever shut a thief out must not find the thief's codes good.
        if not lock_running(connection, signed_in):
            return []
        organizers.set_recovery_codes(connection, account.id, _code_hashes(account.id, codes))
        note(connection, desk.clock.now(), by, Deed.ACCOUNT, f"{by.who} made new recovery codes.")
    return codes


def codes_left(desk: Desk, account: Account) -> int:
    """How many recovery codes are not used yet."""
    with desk.database.read() as connection:
        return organizers.recovery_codes_left(connection, account.id)


def remove_own_factor(desk: Desk, by: By, signed_in: SignedIn) -> bool:
    """Take one's own second factor away, and say whether the session was still good for that."""
    with desk.database.write() as connection:
        is_running = lock_running(connection, signed_in)
        if is_running:
            _remove(connection, desk, by, signed_in.account, "their own")
    return is_running


def remove_factor(desk: Desk, by: By, account: Account) -> None:
    """Take somebody else's second factor away."""
    with desk.database.write() as connection:
        _remove(connection, desk, by, account, f"{account.email}'s")


def _remove(connection: Connection, desk: Desk, by: By, account: Account, whose: str) -> None:
    organizers.set_factor(connection, account.id, None, ())
    note(connection, desk.clock.now(), by, Deed.ACCOUNT, f"{by.who} removed {whose} second factor.")


def pass_factor(desk: Desk, pending_token: str, typed: str, visitor: Visitor) -> Entered | Refused | Wait | None:
    """Check the code of somebody whose password was right; None if they must begin again."""
    pending = find_pending(desk, pending_token)
    if pending is None:
        return None
    buckets = throttle.factor_buckets(pending.account.id)
    if wait := throttle.wait_for(desk, buckets):
        return Wait(wait)
    with desk.database.write() as connection:
        entered = _enter(desk, connection, pending, typed, visitor)
    if isinstance(entered, Refused):
        _log.warning("second_factor_refused", place=visitor.place)
    elif entered:
        throttle.forgive(desk, buckets)
    return entered


def _enter(
    desk: Desk, connection: Connection, pending: SignedIn, typed: str, visitor: Visitor
) -> Entered | Refused | None:
    if not lock_running(connection, pending):
        return None
    account = pending.account
    how = _how(desk, connection, account, typed)
    if not how:
        return Refused()
    sign_in_sessions.revoke(connection, account.id, pending.session.public_id, desk.clock.now())
    return enter(connection, desk, account, visitor, how)


def _how(desk: Desk, connection: Connection, account: Account, typed: str) -> str:
    """How somebody has shown who they are; empty if they have not."""
    code = "".join(typed.lower().split()).replace("-", "")
    if organizers.use_recovery_code(connection, account.id, _code_hash(account.id, code)):
        return "with a recovery code"
    try:
        secret = unseal(desk.key(b"factor"), f"kept|{account.id}", account.factor_secret or "")
    except Unsealable:
        _log.error("second_factor_unreadable", problem="SECRET_KEY is not the one it was sealed with")
        return ""
    step = _step_of(secret, code, desk.clock.now())
    is_new = step is not None and organizers.use_step(connection, account.id, step)
    return "with a password and a code" if is_new else ""


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is."""
    totp, given = pyotp.TOTP(secret), "".join(code.split()).encode()
    steps = [int(now.timestamp()) // _STEP_S + around for around in _STEPS_AROUND]
    return next((step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), given)), None)


def _offered(desk: Desk, signed_in: SignedIn, sealed: str) -> str | None:
    """The secret of an offer that is not too old, made in this same session."""
    try:
        at, _, secret = unseal(desk.key(b"factor"), _offer_of(signed_in), sealed).partition("|")
    except Unsealable:
        return None
    return secret if desk.clock.now().timestamp() - int(at) < _OFFER_FOR.total_seconds() else None


def _offer_of(signed_in: SignedIn) -> str:
    return f"offer|{signed_in.account.id}|{signed_in.session.public_id}"


def _new_codes() -> list[str]:
    def group() -> str:
        return "".join(secrets.choice(_LETTERS) for _ in range(_GROUP))

    return ["-".join(group() for _ in range(_GROUPS)) for _ in range(_CODES)]


def _code_hashes(organizer_id: int, codes: Iterable[str]) -> list[str]:
    return [_code_hash(organizer_id, code.replace("-", "")) for code in codes]


def _code_hash(organizer_id: int, code: str) -> str:
    return hashed(f"{organizer_id}|{code}")
