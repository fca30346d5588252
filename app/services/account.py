"""What an organizer does with their own account; the password is asked for again."""

from app.domain.audit import By, Deed
from app.services import throttle
from app.services.audit import note
from app.services.desk import Desk
from app.services.passwords import hash_password
from app.services.sessions import SignedIn, Visitor, renew_session
from app.services.sign_in import Refused, Wait, look_at
from app.store import organizers


def confirm_password(desk: Desk, signed_in: SignedIn, password: str) -> Refused | Wait | None:
    """Whether who has signed in still knows the password; None if so."""
    buckets = throttle.confirmation_buckets(signed_in.account.id)
    if wait := throttle.wait_for(desk, buckets):
        return Wait(wait)
    refused = look_at(signed_in.account.password_hash, password)
    if refused is None:
        throttle.forgive(desk, buckets)
    return refused


def change_password(desk: Desk, signed_in: SignedIn, password: str, visitor: Visitor) -> str:
    """Set a new password: the token under which this session goes on, while all others end."""
    now, email, password_hash = desk.clock.now(), signed_in.account.email, hash_password(password)
    with desk.database.write() as connection:
        organizers.set_password(connection, signed_in.account.id, password_hash)
        told = f"{email} changed their password and signed out everywhere else."
        note(connection, now, By(email, visitor.place), Deed.ACCOUNT, told)
        return renew_session(connection, signed_in, visitor, now)


def sign_out_elsewhere(desk: Desk, signed_in: SignedIn, visitor: Visitor) -> str:
    """End all other sessions: the token under which this one goes on."""
    now, email = desk.clock.now(), signed_in.account.email
    with desk.database.write() as connection:
        note(connection, now, By(email, visitor.place), Deed.ACCOUNT, f"{email} signed out everywhere else.")
        return renew_session(connection, signed_in, visitor, now)
