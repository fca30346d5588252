"""How long what is kept of supporters is kept."""

from datetime import datetime, timedelta

from app.domain.campaigns import Campaign

MOST_DAYS = 30
"""The longest that pseudonyms may be kept after their campaign's end, as docs/privacy.md promises it."""


def ended_at(campaign: Campaign, by_hand: datetime | None) -> datetime | None:
    """When a campaign ended or will end: by somebody's hand, or at the midnight after its last day, if that was before.

    None while nobody knows.
    """
    known = [moment for moment in (by_hand, campaign.closes_at) if moment is not None]
    return min(known, default=None)


def due_at(ended: datetime, days: int) -> datetime:
    """When what is kept of a campaign's supporters is erased."""
    return ended + timedelta(days=days)
