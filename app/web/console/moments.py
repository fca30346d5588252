"""Moments as pages show them."""

from datetime import UTC, datetime


def moment(at: datetime) -> str:
    """A moment to the minute, with its zone."""
    return f"{at.astimezone(UTC):%-d %b %Y, %H:%M} UTC"
