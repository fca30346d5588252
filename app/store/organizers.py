"""The organizers' accounts, and the campaigns that are theirs."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from app.domain.organizers import Access, Account
from app.domain.roles import Role
from app.store.organizer_tables import organizer_campaigns, organizers, recovery_codes
from app.store.statements import insert_once
from app.store.tables import campaigns


class UnknownOrganizer(LookupError):
    """There is no such organizer."""


def find_by_email(connection: Connection, email: str) -> Account | None:
    """The account with this address, which is in lower case."""
    return _find(connection, organizers.c.email == email)


def find_by_id(connection: Connection, organizer_id: int) -> Account:
    """The account of a row number that another row holds."""
    found = _find(connection, organizers.c.id == organizer_id)
    assert found is not None
    return found


def lock(connection: Connection, organizer_id: int) -> Account:
    """The account as it is now; nobody else can change it until the transaction ends."""
    # Not the key: who only refers to the account need not wait.
    locked = select(organizers.c.id).where(organizers.c.id == organizer_id).with_for_update(key_share=True)
    connection.execute(locked).one()
    return find_by_id(connection, organizer_id)


def find_by_public_id(connection: Connection, public_id: str) -> Account:
    """The account that an address names; raises UnknownOrganizer."""
    found = _find(connection, organizers.c.public_id == public_id)
    if found is None:
        raise UnknownOrganizer("There is nobody by this address.")
    return found


def accounts(connection: Connection) -> list[Account]:
    """All accounts by address."""
    rows = connection.execute(select(organizers).order_by(organizers.c.email)).all()
    theirs = _campaigns(connection, ())
    return [_account(row, theirs.get(row.id, frozenset())) for row in rows]


def add(connection: Connection, public_id: str, email: str, access: Access, at: datetime) -> int | None:
    """Add an account without a password: its row number, or None if the address has one already."""
    values = {"public_id": public_id, "email": email, "factor_step": 0, "created_at": at, **_plain(access)}
    if not insert_once(connection, organizers, ("email",), values):
        return None
    organizer_id = int(connection.execute(select(organizers.c.id).where(organizers.c.email == email)).scalar_one())
    _keep_campaigns(connection, organizer_id, access)
    return organizer_id


def change_access(connection: Connection, organizer_id: int, access: Access) -> None:
    """Give an account another role or other campaigns."""
    _change(connection, organizer_id, **_plain(access))
    connection.execute(delete(organizer_campaigns).where(organizer_campaigns.c.organizer_id == organizer_id))
    _keep_campaigns(connection, organizer_id, access)


def give_campaign(connection: Connection, organizer_id: int, campaign_id: int) -> None:
    """Give one more campaign to an account that has some."""
    values = {"organizer_id": organizer_id, "campaign_id": campaign_id}
    insert_once(connection, organizer_campaigns, ("organizer_id", "campaign_id"), values)


def set_password(connection: Connection, organizer_id: int, password_hash: str) -> None:
    """Keep the hash of a new password."""
    _change(connection, organizer_id, password_hash=password_hash)


def set_disabled(connection: Connection, organizer_id: int, at: datetime | None) -> None:
    """Disable an account from a moment on, or enable it again."""
    _change(connection, organizer_id, disabled_at=at)


def set_factor(connection: Connection, organizer_id: int, secret: str | None, code_hashes: Iterable[str]) -> None:
    """Keep a second factor with its recovery codes, or take both away."""
    _change(connection, organizer_id, factor_secret=secret)
    set_recovery_codes(connection, organizer_id, code_hashes)


def set_recovery_codes(connection: Connection, organizer_id: int, code_hashes: Iterable[str]) -> None:
    """Replace the recovery codes."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.organizer_id == organizer_id))
    rows = [{"organizer_id": organizer_id, "code_hash": code_hash} for code_hash in code_hashes]
    if rows:
        connection.execute(insert(recovery_codes), rows)


def use_step(connection: Connection, organizer_id: int, step: int) -> bool:
    """Take the code of a time step, and say whether it is the first of it or a later one."""
    later = (organizers.c.id == organizer_id, organizers.c.factor_step < step)
    return connection.execute(update(organizers).where(*later).values(factor_step=step)).rowcount == 1


def use_recovery_code(connection: Connection, organizer_id: int, code_hash: str) -> bool:
    """Use up a recovery code, and say whether there was such a one."""
    wanted = (recovery_codes.c.organizer_id == organizer_id, recovery_codes.c.code_hash == code_hash)
    return connection.execute(delete(recovery_codes).where(*wanted)).rowcount == 1


def recovery_codes_left(connection: Connection, organizer_id: int) -> int:
    """How many recovery codes are not used yet."""
    wanted = select(recovery_codes.c.code_hash).where(recovery_codes.c.organizer_id == organizer_id)
    return len(connection.execute(wanted).all())


def lock_owners(connection: Connection) -> int:
    """How many owners can sign in; nobody else can change one until the transaction ends."""
    active = (
        organizers.c.role == Role.OWNER,
        organizers.c.disabled_at.is_(None),
        organizers.c.password_hash.is_not(None),
    )
    return len(connection.execute(select(organizers.c.id).where(*active).with_for_update()).all())


def _find(connection: Connection, wanted: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(organizers).where(wanted)).first()
    return None if row is None else _account(row, _campaigns(connection, (row.id,)).get(row.id, frozenset()))


def _account(row: Row[Any], theirs: frozenset[str]) -> Account:
    return Account(
        row.id,
        row.public_id,
        row.email,
        Role(row.role),
        row.all_campaigns,
        theirs,
        row.may_search,
        row.password_hash,
        row.factor_secret,
        row.factor_step,
        row.created_at,
        row.disabled_at,
    )


def _campaigns(connection: Connection, organizer_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    joined = organizer_campaigns.join(campaigns, organizer_campaigns.c.campaign_id == campaigns.c.id)
    pairs = select(organizer_campaigns.c.organizer_id, campaigns.c.slug).select_from(joined)
    if organizer_ids:
        pairs = pairs.where(organizer_campaigns.c.organizer_id.in_(organizer_ids))
    found: dict[int, frozenset[str]] = {}
    for organizer_id, slug in connection.execute(pairs):
        found[organizer_id] = found.get(organizer_id, frozenset()) | {slug}
    return found


def _plain(access: Access) -> dict[str, Any]:
    return {"role": access.role, "all_campaigns": access.all_campaigns, "may_search": access.may_search}


def _keep_campaigns(connection: Connection, organizer_id: int, access: Access) -> None:
    if access.all_campaigns or not access.campaigns:
        return
    ids = connection.scalars(select(campaigns.c.id).where(campaigns.c.slug.in_(access.campaigns)))
    connection.execute(
        insert(organizer_campaigns), [{"organizer_id": organizer_id, "campaign_id": each} for each in ids]
    )


def _change(connection: Connection, organizer_id: int, **values: Any) -> None:
    connection.execute(update(organizers).where(organizers.c.id == organizer_id).values(**values))
