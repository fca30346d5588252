"""The organizer of a demo: made on its first start with a password of its own, and shut out of a live installation."""

import secrets

from app.config import Settings
from app.config.demo_secrets import kept_secret
from app.domain.audit import By, Deed
from app.domain.clock import Clock
from app.domain.organizers import DEMO_OWNER, Access
from app.domain.roles import Role
from app.services.audit import note
from app.services.passwords import hash_password
from app.services.sessions import end_entries
from app.services.tokens import new_public_id
from app.store import organizers, share_links
from app.store.database import Database

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_BY = By("this server")


def demo_sign_in(settings: Settings) -> tuple[str, str]:
    """The address and the password of a demo's owner, which are kept in a file."""
    email, _, password = kept_secret(settings.demo_sign_in_file, _new_sign_in).reveal().partition(" ")
    return email, password


def settle_demo_owner(settings: Settings, database: Database, clock: Clock) -> None:
    """Let the demo's owner in while this is a demo, and out when it is not; does nothing that is done."""
    with database.read() as connection:
        known = organizers.find_by_email(connection, DEMO_OWNER)
    if settings.is_demo and known is None:
        _add(settings, database, clock)
    elif known is not None and known.disabled_at is None and not settings.is_demo:
        _shut_out(known.id, database, clock)


def _add(settings: Settings, database: Database, clock: Clock) -> None:
    _, password = demo_sign_in(settings)
    now, password_hash = clock.now(), hash_password(password)
    with database.write() as connection:
        organizer_id = organizers.add(
            connection, new_public_id(), DEMO_OWNER, Access(Role.OWNER, all_campaigns=True), now
        )
        if organizer_id is not None:  # of two processes that start at once, the first
            organizers.set_password(connection, organizer_id, password_hash)
            note(connection, now, _BY, Deed.PEOPLE, f"The demo began with {DEMO_OWNER} as its owner.")


def _shut_out(organizer_id: int, database: Database, clock: Clock) -> None:
    # Its password was printed, and lies in a file.
    now = clock.now()
    with database.write() as connection:
        organizers.set_disabled(connection, organizer_id, now)
        end_entries(connection, organizer_id, now)
        share_links.end_all(connection, organizer_id, now)
        note(connection, now, _BY, Deed.PEOPLE, f"The server went live, and shut {DEMO_OWNER} out.")


def _new_sign_in() -> str:
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    return f"{DEMO_OWNER} {password}"
