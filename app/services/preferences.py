"""What an organizer likes the console to be like: kept with the account, so that it is alike in each browser."""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.roles import Member
from app.services.desk import Desk
from app.store import preferences

ON, OFF = "on", "off"


class Preference(StrEnum):
    """What can be chosen."""

    KEYS = "keys"
    """Whether the console has keyboard shortcuts: on, unless they were turned off."""
    LOG_COLUMNS = "log.columns"
    """The columns of the call log (services/log_look.py)."""
    LOG_ROWS = "log.rows"
    """How high the rows of the call log are."""


def preferences_of(desk: Desk, member: Member) -> Mapping[str, str]:
    """What somebody has chosen, by Preference."""
    with desk.database.read() as connection:
        return preferences.read_preferences(connection, member.id)


def prefer(desk: Desk, member: Member, chosen: Mapping[Preference, str]) -> None:
    """Keep what somebody chooses."""
    with desk.database.write() as connection:
        for name, value in chosen.items():
            preferences.keep_preference(connection, member.id, name, value)
