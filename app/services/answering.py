"""Which campaign a dialed number leads to now."""

from app.services.hotline import Hotline
from app.store.campaigns import Line, find_by_number
from app.store.database import Connection


def answering(hotline: Hotline, connection: Connection, called: str) -> Line | None:
    """Read which campaign a number leads to, and remember it for outages."""
    now = hotline.clock.now()

    def is_over(version_id: int) -> bool:
        return hotline.snapshots.get(version_id, connection).campaign.is_over(now)

    found = find_by_number(connection, called, hotline.default_number, is_over)
    if found:
        hotline.lines[called] = found
    else:
        hotline.lines.pop(called, None)
    return found
