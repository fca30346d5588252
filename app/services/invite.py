"""Invitations and new passwords, by links that are good once and for a day."""

from dataclasses import dataclass
from datetime import timedelta
from threading import Thread

from app.domain.audit import By, Deed
from app.domain.organizers import Access, Account
from app.logs import get_logger
from app.services import throttle
from app.services.audit import note
from app.services.campaign_names import names_in
from app.services.desk import Desk
from app.services.mail import MailFailed
from app.services.passwords import Busy, hash_password
from app.services.sessions import Visitor, end_entries
from app.services.sign_in import WHILE_BUSY, Entered, Wait, enter_or_ask, lock_unchanged
from app.services.tokens import hashed, new_public_id, new_token
from app.store import organizers, single_use_links
from app.store.database import Connection, StoreUnavailable
from app.store.single_use_links import LinkKind

_log = get_logger(__name__)

GOOD_FOR = timedelta(hours=24)

_PATHS = {LinkKind.INVITE: "invitation", LinkKind.RESET: "reset"}
_SUBJECTS = {
    LinkKind.INVITE: "You are invited to Patchline",
    LinkKind.RESET: "A new password for Patchline",
}
_TEXTS = {
    LinkKind.INVITE: "You are invited to the organizers' console. Choose a password here, within 24 hours:",
    LinkKind.RESET: "Choose a new password here, within 24 hours. If you did not ask for it, do nothing:",
}


class EmailTaken(ValueError):
    """Somebody has an account with this address already."""


@dataclass(frozen=True, slots=True)
class Made:
    """A link that was made: mailed, or with what keeps it from being mailed; then whoever made it passes it on."""

    url: str
    trouble: str = ""
    is_mailed: bool = False


def invite(desk: Desk, by: By, email: str, access: Access) -> Made:
    """Add an account and invite its owner; raises EmailTaken."""
    with desk.database.write() as connection:
        organizer_id = _add(connection, desk, email, access)
        token = _new_link(connection, desk, LinkKind.INVITE, organizer_id)
        told = f"{by.who} invited {email} as {access.role}{_of(connection, access)}."
        note(connection, desk.clock.now(), by, Deed.PEOPLE, told)
    return _hand_over(desk, LinkKind.INVITE, email, token)


def add_with_password(desk: Desk, by: By, email: str, access: Access, password: str) -> None:
    """Add an account whose password is known already; raises EmailTaken."""
    password_hash = hash_password(password)
    with desk.database.write() as connection:
        organizer_id = _add(connection, desk, email, access)
        organizers.set_password(connection, organizer_id, password_hash)
        told = f"{by.who} made an account for {email} as {access.role}{_of(connection, access)}."
        note(connection, desk.clock.now(), by, Deed.PEOPLE, told)


def send_link(desk: Desk, by: By, account: Account) -> Made:
    """Make a link for somebody who lost theirs: the invitation again, or one to a new password."""
    kind = LinkKind.INVITE if account.is_invited else LinkKind.RESET
    what = "another invitation" if account.is_invited else "a link to a new password"
    with desk.database.write() as connection:
        single_use_links.end_all(connection, account.id, desk.clock.now())
        token = _new_link(connection, desk, kind, account.id)
        note(connection, desk.clock.now(), by, Deed.PEOPLE, f"{by.who} made {what} for {account.email}.")
    return _hand_over(desk, kind, account.email, token)


def ask_for_reset(desk: Desk, email: str, visitor: Visitor) -> Thread | None:
    """Mail a link to a new password, if there is such an account; the caller learns nothing, not even by the time."""
    buckets = throttle.mail_buckets(desk, email, visitor.place)
    if throttle.wait_for(desk, buckets) or desk.mailer is None:
        return None
    work = Thread(target=_mail_reset, args=(desk, email, visitor), daemon=True)
    work.start()
    return work


def demo_reset_url(desk: Desk, email: str) -> str:
    """The link itself, for a demo on one's own machine; one that leads nowhere for an unknown address."""
    return _url(desk, LinkKind.RESET, _reset_token(desk, email, By(email)) or new_token())


def linked_account(desk: Desk, kind: LinkKind, token: str) -> Account | None:
    """Whom a link is for, while it is good; looking does not use it up."""
    with desk.database.read() as connection:
        organizer_id = single_use_links.find(connection, hashed(token), kind, desk.clock.now())
        account = None if organizer_id is None else organizers.find_by_id(connection, organizer_id)
    return account if account and account.disabled_at is None else None


def use_link(desk: Desk, kind: LinkKind, token: str, password: str, visitor: Visitor) -> Entered | Wait | None:
    """Set a password by a link, which ends all sessions and begins one; None if the link is good no longer.

    It begins one at once, so that whoever tries passwords elsewhere cannot keep the account's owner out.
    """
    account = linked_account(desk, kind, token)
    if account is None:
        return None
    try:
        now, password_hash = desk.clock.now(), hash_password(password)
    except Busy:
        return WHILE_BUSY
    with desk.database.write() as connection:
        if not lock_unchanged(connection, account) or not single_use_links.use(connection, hashed(token), now):
            return None
        end_entries(connection, account.id, now)
        organizers.set_password(connection, account.id, password_hash)
        did = "accepted the invitation" if kind is LinkKind.INVITE else "set a new password by a link"
        note(connection, now, By(account.email, visitor.place), Deed.ACCOUNT, f"{account.email} {did}.")
        return enter_or_ask(connection, desk, account, visitor, "by the link")


def _add(connection: Connection, desk: Desk, email: str, access: Access) -> int:
    organizer_id = organizers.add(connection, new_public_id(), email, access, desk.clock.now())
    if organizer_id is None:
        raise EmailTaken(f"{email} has an account already.")
    return organizer_id


def _mail_reset(desk: Desk, email: str, visitor: Visitor) -> None:
    try:
        token = _reset_token(desk, email, By(email, visitor.place))
        if token:
            _hand_over(desk, LinkKind.RESET, email, token)
    except StoreUnavailable as error:
        _log.error("reset_failed", problem=str(error))


def _reset_token(desk: Desk, email: str, by: By) -> str | None:
    # Other links stay good: else anybody could end them by asking for one more.
    with desk.database.write() as connection:
        account = organizers.find_by_email(connection, email)
        if account is None or not account.is_active:
            return None
        note(connection, desk.clock.now(), by, Deed.ACCOUNT, f"Somebody asked for a new password for {email}.")
        return _new_link(connection, desk, LinkKind.RESET, account.id)


def _new_link(connection: Connection, desk: Desk, kind: LinkKind, organizer_id: int) -> str:
    token, now = new_token(), desk.clock.now()
    single_use_links.add(connection, hashed(token), kind, organizer_id, now, now + GOOD_FOR)
    return token


def _hand_over(desk: Desk, kind: LinkKind, email: str, token: str) -> Made:
    url = _url(desk, kind, token)
    if desk.mailer is None:
        return Made(url)
    try:
        desk.mailer.send(email, _SUBJECTS[kind], f"{_TEXTS[kind]}\n\n{url}\n")
    except MailFailed as error:
        _log.error("mail_failed", problem=str(error))
        return Made(url, trouble=str(error))
    return Made(url, is_mailed=True)


def _url(desk: Desk, kind: LinkKind, token: str) -> str:
    return f"{desk.public_url}/console/{_PATHS[kind]}/{token}"


def _of(connection: Connection, access: Access) -> str:
    if access.all_campaigns:
        return ""
    names = names_in(connection)
    return f" of {', '.join(sorted(names.get(slug, slug) for slug in access.campaigns)) or 'no campaign yet'}"
