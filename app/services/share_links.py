"""Share links: whoever holds one sees the figures of one campaign, without identifiers, until it expires."""

from collections.abc import Collection
from datetime import timedelta

from app.domain.audit import By, Deed
from app.domain.roles import Guest, Member
from app.services.audit import note
from app.services.campaign_names import name_in
from app.services.desk import Desk
from app.services.tokens import hashed, new_public_id, new_token
from app.store import share_links
from app.store.share_links import ShareLink

LIFETIMES = {1: "1 day", 7: "7 days", 30: "30 days"}
"""How many days a link can be good for."""

_SECOND_THOUGHTS = timedelta(hours=1)
"""For so long the end of a link can be undone."""


def make_share_link(desk: Desk, by: By, maker: Member, slug: str, purpose: str, days: int) -> str:
    """Make a link to a campaign's figures: its address, which is shown once."""
    now, token = desk.clock.now(), new_token()
    link = ShareLink(new_public_id(), purpose, maker.email, now, now + timedelta(days=days))
    with desk.database.write() as connection:
        share_links.add(connection, hashed(token), slug, maker.id, link)
        told = f"{by.who} made a share link to {name_in(connection, slug)} for {LIFETIMES[days]}."
        note(connection, now, by, Deed.SHARE, told, slug, purpose)
    return f"{desk.public_url}/console/shared/{token}"


def open_share_link(desk: Desk, token: str) -> Guest | None:
    """Who the holder of a link is, while it is good."""
    with desk.database.read() as connection:
        slug = share_links.find(connection, hashed(token), desk.clock.now())
    return None if slug is None else Guest(slug)


def guests_of(desk: Desk, token_hashes: Collection[str]) -> dict[str, Guest]:
    """Who the holders of several links are, by the hash of each that is good."""
    if not token_hashes:
        return {}
    with desk.database.read() as connection:
        slugs = share_links.find_all(connection, token_hashes, desk.clock.now())
    return {token_hash: Guest(slug) for token_hash, slug in slugs.items()}


def list_share_links(desk: Desk, slug: str) -> list[ShareLink]:
    """The good links to a campaign."""
    with desk.database.read() as connection:
        return share_links.of_campaign(connection, slug, desk.clock.now())


def revoke_share_link(desk: Desk, by: By, slug: str, public_id: str) -> bool:
    """End a link, and say whether there was such a one."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        is_done = share_links.revoke(connection, slug, public_id, now)
        if is_done:
            told = f"{by.who} ended a share link to {name_in(connection, slug)}."
            note(connection, now, by, Deed.SHARE, told, slug)
    return is_done


def reinstate_share_link(desk: Desk, by: By, slug: str, public_id: str) -> bool:
    """Let a link be good again that was ended a moment ago, and say whether there was such a one."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        is_done = share_links.reinstate(connection, slug, public_id, now - _SECOND_THOUGHTS, now)
        if is_done:
            told = f"{by.who} let an ended share link to {name_in(connection, slug)} be good again."
            note(connection, now, by, Deed.SHARE, told, slug)
    return is_done
