"""Pausing all campaigns that somebody may pause at once, and taking that back."""

from collections.abc import Collection, Sequence

from app.domain.audit import By
from app.domain.campaigns import CampaignStatus
from app.domain.roles import Act, Member, may
from app.services.campaigns import change_within
from app.services.desk import Desk
from app.store.campaigns import Listed, listing


def pausable(desk: Desk, member: Member) -> list[Listed]:
    """The campaigns that take calls and that somebody may pause."""
    with desk.database.read() as connection:
        return _among(listing(connection), member, CampaignStatus.LIVE)


def pause_all(desk: Desk, by: By, member: Member) -> list[int]:
    """Pause these campaigns in one transaction: their row numbers."""
    with desk.database.write() as connection:
        found = _among(listing(connection), member, CampaignStatus.LIVE)
        for each in found:
            change_within(connection, desk.clock, by, each.slug, CampaignStatus.PAUSED)
    return [each.id for each in found]


def open_again(desk: Desk, by: By, member: Member, ids: Collection[int]) -> int:
    """Open those of these campaigns that are paused and that somebody may open: how many."""
    with desk.database.write() as connection:
        found = [each for each in _among(listing(connection), member, CampaignStatus.PAUSED) if each.id in ids]
        for each in found:
            change_within(connection, desk.clock, by, each.slug, CampaignStatus.LIVE)
    return len(found)


def _among(listed: Sequence[Listed], member: Member, status: CampaignStatus) -> list[Listed]:
    return [each for each in listed if each.status is status and may(member, Act.EDIT_CAMPAIGNS, each.slug)]
