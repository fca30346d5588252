"""Share links: read-only and for a time. Only the hash of a link is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from app.store.organizer_tables import organizers, share_links
from app.store.tables import campaigns

_table = share_links


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A share link in the list of its campaign."""

    public_id: str
    purpose: str
    made_by: str
    created_at: datetime
    expires_at: datetime


def add(connection: Connection, token_hash: str, slug: str, made_by: int, link: ShareLink) -> None:
    """Keep a new link to a campaign."""
    campaign_id = connection.execute(select(campaigns.c.id).where(campaigns.c.slug == slug)).scalar_one()
    names = ("public_id", "purpose", "created_at", "expires_at")
    values = {name: getattr(link, name) for name in names}
    connection.execute(insert(_table).values(token_hash=token_hash, campaign_id=campaign_id, made_by=made_by, **values))


def find(connection: Connection, token_hash: str, now: datetime) -> str | None:
    """The slug of the campaign that a good link opens."""
    return find_all(connection, (token_hash,), now).get(token_hash)


def find_all(connection: Connection, token_hashes: Collection[str], now: datetime) -> dict[str, str]:
    """The slugs of the campaigns that several links open, by their hashes; those that are not good are left out."""
    joined = _table.join(campaigns, _table.c.campaign_id == campaigns.c.id)
    good = (_table.c.token_hash.in_(token_hashes), _table.c.revoked_at.is_(None), _table.c.expires_at > now)
    rows = connection.execute(select(_table.c.token_hash, campaigns.c.slug).select_from(joined).where(*good))
    return {row.token_hash: row.slug for row in rows}


def of_campaign(connection: Connection, slug: str, now: datetime) -> list[ShareLink]:
    """The good links to a campaign, the latest first."""
    joined = _table.join(campaigns, _table.c.campaign_id == campaigns.c.id).join(
        organizers, _table.c.made_by == organizers.c.id
    )
    columns = (_table.c.public_id, _table.c.purpose, organizers.c.email, _table.c.created_at, _table.c.expires_at)
    good = (campaigns.c.slug == slug, _table.c.revoked_at.is_(None), _table.c.expires_at > now)
    rows = connection.execute(select(*columns).select_from(joined).where(*good).order_by(_table.c.id.desc()))
    return [ShareLink(*row) for row in rows]


def revoke(connection: Connection, slug: str, public_id: str, now: datetime) -> bool:
    """End a link to a campaign, and say whether there was such a one."""
    campaign_id = select(campaigns.c.id).where(campaigns.c.slug == slug).scalar_subquery()
    wanted = (_table.c.public_id == public_id, _table.c.campaign_id == campaign_id, _table.c.revoked_at.is_(None))
    return connection.execute(update(_table).where(*wanted).values(revoked_at=now)).rowcount == 1


def reinstate(connection: Connection, slug: str, public_id: str, since: datetime, now: datetime) -> bool:
    """Let a link that was ended since a moment be good again, and say whether there was such a one."""
    campaign_id = select(campaigns.c.id).where(campaigns.c.slug == slug).scalar_subquery()
    wanted = (_table.c.public_id == public_id, _table.c.campaign_id == campaign_id, _table.c.expires_at > now)
    changed = update(_table).where(*wanted, _table.c.revoked_at > since).values(revoked_at=None)
    return connection.execute(changed).rowcount == 1


def end_all(connection: Connection, made_by: int, now: datetime, kept: Collection[str] = ()) -> None:
    """End all links that somebody made but those to the kept campaigns."""
    kept_ids = select(campaigns.c.id).where(campaigns.c.slug.in_(kept))
    wanted = (_table.c.made_by == made_by, _table.c.campaign_id.not_in(kept_ids), _table.c.revoked_at.is_(None))
    connection.execute(update(_table).where(*wanted).values(revoked_at=now))


def delete_ended(connection: Connection, before: datetime, most: int) -> None:
    """Delete links that ended before a moment."""
    ended = select(_table.c.id).where(or_(_table.c.revoked_at < before, _table.c.expires_at < before))
    some = ended.order_by(_table.c.id).limit(most).with_for_update(skip_locked=True)
    connection.execute(delete(_table).where(_table.c.id.in_(connection.scalars(some).all())))
