"""What an organizer does with their own account; the password is asked for again."""

from app.domain.audit import By, Deed
from app.services import throttle
from app.services.audit import note
from app.services.desk import Desk
from app.services.passwords import Busy, hash_password
from app.services.sessions import SignedIn, Visitor, renew_session
from app.services.sign_in import WHILE_BUSY, Refused, Wait, lock_running, look_at
from app.store import organizers, sign_in_sessions


def confirm_password(desk: Desk, signed_in: SignedIn, password: str) -> Refused | Wait | None:
    """Whether who has signed in still knows the password; None if so."""
    buckets = throttle.confirmation_buckets(signed_in.account.id)
    return look_at(desk, buckets, signed_in.account.password_hash, password)


def change_password(desk: Desk, signed_in: SignedIn, password: str, visitor: Visitor) -> str | Wait | None:
    """Set a new password: the token under which this session goes on, while all others and all links end.

    None if the session was ended meanwhile: whoever ended it must not find their own new password replaced.
    """
    now, email = desk.clock.now(), signed_in.account.email
    try:
        password_hash = hash_password(password)
    except Busy:
        return WHILE_BUSY
    with desk.database.write() as connection:
        if not lock_running(connection, signed_in):
            return None
        organizers.set_password(connection, signed_in.account.id, password_hash)
        told = f"{email} changed their password and signed out everywhere else."
        note(connection, now, By(email, visitor.place), Deed.ACCOUNT, told)
        return renew_session(connection, signed_in, visitor, now)


def sign_out_elsewhere(desk: Desk, signed_in: SignedIn, visitor: Visitor) -> str | None:
    """End all other sessions: the token under which this one goes on; None if it was ended meanwhile."""
    now, email = desk.clock.now(), signed_in.account.email
    with desk.database.write() as connection:
        organizers.lock(connection, signed_in.account.id)
        if not sign_in_sessions.is_running(connection, signed_in.session.id):
            return None
        token = renew_session(connection, signed_in, visitor, now)
        note(connection, now, By(email, visitor.place), Deed.ACCOUNT, f"{email} signed out everywhere else.")
        return token
