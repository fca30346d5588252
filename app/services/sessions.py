"""Sessions of organizers: begun, looked up with each request, and revoked; the server decides, not the cookie."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.organizers import DEMO_OWNER, Account
from app.domain.roles import Member
from app.services.desk import Desk
from app.services.tokens import hashed, new_public_id, new_token
from app.store import organizers, sign_in_sessions, single_use_links
from app.store.database import Connection
from app.store.sign_in_sessions import Session

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
FACTOR_WITHIN = timedelta(minutes=10)
# Not with every request: it is a write.
_NOTE_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request comes from: its network, and what the browser says it is."""

    place: str
    browser: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session in use and the account it is of."""

    session: Session
    account: Account

    @property
    def member(self) -> Member:
        """Who they are to the policy."""
        return self.account.member()


def begin_session(
    connection: Connection, account: Account, visitor: Visitor, now: datetime, *, needs_factor: bool = False
) -> str:
    """Begin a session under a new token, which is given to the browser and not kept."""
    token, lasts = new_token(), FACTOR_WITHIN if needs_factor else LONGEST
    session = Session(
        0, new_public_id(), account.id, needs_factor, visitor.place, visitor.browser, now, now, now + lasts
    )
    sign_in_sessions.add(connection, hashed(token), session)
    return token


def find_session(desk: Desk, token: str) -> SignedIn | None:
    """The session of a token while it is good, noting that it is in use."""
    found = _find(desk, token, needs_factor=False)
    now = desk.clock.now()
    if found is None or now - found.session.last_seen_at < _NOTE_AFTER:
        return found
    with desk.database.write() as connection:
        sign_in_sessions.touch(connection, found.session.id, now)
    return replace(found, session=replace(found.session, last_seen_at=now))


def members_of(desk: Desk, token_hashes: Collection[str]) -> dict[str, Member]:
    """Whom each of several sessions is of, by the hash of its token; those that are not good any more are left out."""
    if not token_hashes:
        return {}
    now = desk.clock.now()
    with desk.database.read() as connection:
        sessions = sign_in_sessions.find_all(connection, token_hashes)
        accounts = {account.id: account for account in organizers.accounts(connection)}
    return {
        token_hash: accounts[session.organizer_id].member()
        for token_hash, session in sessions.items()
        if not (session.needs_factor or _is_over(session, now)) and _is_let_in(desk, accounts[session.organizer_id])
    }


def find_pending(desk: Desk, token: str) -> SignedIn | None:
    """The session of a token that still waits for its second factor."""
    return _find(desk, token, needs_factor=True)


def end_session(desk: Desk, token: str) -> None:
    """Revoke the session of a token, if there is one."""
    with desk.database.write() as connection:
        found = sign_in_sessions.find(connection, hashed(token))
        if found is not None:
            sign_in_sessions.revoke(connection, found.organizer_id, found.public_id, desk.clock.now())


def end_entries(connection: Connection, organizer_id: int, now: datetime) -> int:
    """End all that lets an organizer in: links, known browsers and sessions; and say how many sessions."""
    # Who is about to sign in waits, and then sees what has changed.
    organizers.lock(connection, organizer_id)
    single_use_links.end_all(connection, organizer_id, now)
    return sign_in_sessions.revoke_all(connection, organizer_id, now)


def renew_session(connection: Connection, signed_in: SignedIn, visitor: Visitor, now: datetime) -> str:
    """End all sessions of an organizer but this one, which goes on under a new token."""
    end_entries(connection, signed_in.account.id, now)
    return begin_session(connection, signed_in.account, visitor, now)


def sessions_of(desk: Desk, organizer_id: int) -> list[Session]:
    """The sessions of an organizer that are good, the last used first."""
    now = desk.clock.now()
    with desk.database.read() as connection:
        return [
            session
            for session in sign_in_sessions.of_organizer(connection, organizer_id, now)
            if now - session.last_seen_at < IDLE
        ]


def revoke_session(desk: Desk, organizer_id: int, public_id: str) -> bool:
    """End one session of an organizer, and say whether there was such a one."""
    with desk.database.write() as connection:
        return sign_in_sessions.revoke(connection, organizer_id, public_id, desk.clock.now())


def _find(desk: Desk, token: str, *, needs_factor: bool) -> SignedIn | None:
    if not token:
        return None
    now = desk.clock.now()
    with desk.database.read() as connection:
        session = sign_in_sessions.find(connection, hashed(token))
        if session is None or session.needs_factor is not needs_factor or _is_over(session, now):
            return None
        account = organizers.find_by_id(connection, session.organizer_id)
    return SignedIn(session, account) if _is_let_in(desk, account) else None


def _is_let_in(desk: Desk, account: Account) -> bool:
    # The password of a demo's owner was printed: it opens nothing in a live installation, whatever the record says.
    return account.is_active and (desk.is_demo or account.email != DEMO_OWNER)


def _is_over(session: Session, now: datetime) -> bool:
    return now >= session.expires_at or now - session.last_seen_at >= IDLE
