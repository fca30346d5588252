"""Changing what people may do, and ending it. There is always an owner who can sign in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.audit import By, Deed
from app.domain.organizers import Access, Account
from app.domain.roles import RULES, Act, Role
from app.services.audit import note
from app.services.campaign_names import names_in
from app.services.desk import Desk
from app.services.sessions import end_entries
from app.store import organizers, share_links, sign_in_sessions
from app.store.database import Connection


class LastOwner(ValueError):
    """Nobody could manage the installation any longer."""

    def __init__(self) -> None:
        super().__init__("This is the last owner: make somebody else an owner first.")


@dataclass(frozen=True, slots=True)
class Person:
    """An account in the list, and when its owner was here last."""

    account: Account
    last_seen_at: datetime | None


def list_people(desk: Desk) -> list[Person]:
    """Everybody with an account."""
    with desk.database.read() as connection:
        seen = sign_in_sessions.last_seen(connection)
        return [Person(account, seen.get(account.id)) for account in organizers.accounts(connection)]


def find_person(desk: Desk, public_id: str) -> Account:
    """Whose account an address names; raises UnknownOrganizer."""
    with desk.database.read() as connection:
        return organizers.find_by_public_id(connection, public_id)


def find_by_email(desk: Desk, email: str) -> Account:
    """The account with this address; raises UnknownOrganizer."""
    with desk.database.read() as connection:
        found = organizers.find_by_email(connection, email)
    if found is None:
        raise organizers.UnknownOrganizer(f"{email} has no account.")
    return found


def change_access(desk: Desk, by: By, account: Account, access: Access) -> bool:
    """Give somebody another role or other campaigns, and say whether that changed anything; raises LastOwner."""
    before = Access(account.role, account.all_campaigns, account.campaigns, account.may_search)
    if before == access:
        return False
    now = desk.clock.now()
    with desk.database.write() as connection:
        if access.role is not Role.OWNER:
            _keep_an_owner(connection, account)
        organizers.change_access(connection, account.id, access)
        _end_share_links(connection, account, access, now)
        names = names_in(connection)
        became = f"{describe(before, names)} became {describe(access, names)}"
        told = f"{by.who} changed what {account.email} may do: {became}."
        note(connection, now, by, Deed.PEOPLE, told)
    return True


def disable(desk: Desk, by: By, account: Account) -> None:
    """End somebody's sessions, links and share links, and let them sign in no longer; raises LastOwner."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        _keep_an_owner(connection, account)
        organizers.set_disabled(connection, account.id, now)
        end_entries(connection, account.id, now)
        share_links.end_all(connection, account.id, now)
        note(connection, now, by, Deed.PEOPLE, f"{by.who} disabled {account.email}.")


def enable(desk: Desk, by: By, account: Account) -> None:
    """Let somebody sign in again."""
    with desk.database.write() as connection:
        organizers.set_disabled(connection, account.id, None)
        note(connection, desk.clock.now(), by, Deed.PEOPLE, f"{by.who} enabled {account.email} again.")


def revoke_all(desk: Desk, by: By, account: Account) -> int:
    """End all sessions and links of somebody, and say how many sessions."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        ended = end_entries(connection, account.id, now)
        note(connection, now, by, Deed.PEOPLE, f"{by.who} signed {account.email} out everywhere.")
    return ended


def describe(access: Access, names: Mapping[str, str]) -> str:
    """What somebody is given, in a few words; `names` are the campaigns' by slug."""
    campaigns = ["all campaigns"] if access.all_campaigns else sorted(names.get(s, s) for s in access.campaigns)
    words = [access.role.value, ", ".join(campaigns) or "no campaign"]
    if access.may_search:
        words.append("may find calls by a number")
    return f"{words[0]} ({'; '.join(words[1:])})"


def _keep_an_owner(connection: Connection, account: Account) -> None:
    if account.role is Role.OWNER and account.is_active and organizers.lock_owners(connection) <= 1:
        raise LastOwner


def _end_share_links(connection: Connection, account: Account, access: Access, now: datetime) -> None:
    """End the links that somebody shared and could not share any longer."""
    may_share = access.role in RULES[Act.SHARE_FIGURES].roles
    if not (may_share and access.all_campaigns):
        share_links.end_all(connection, account.id, now, access.campaigns if may_share else ())
