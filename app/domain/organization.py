"""Who runs the installation."""

from dataclasses import dataclass

from app.domain.retention import MOST_DAYS


@dataclass(frozen=True, slots=True)
class Organization:
    """Its name, empty until somebody gives it, and the zone in which times are told that are about no campaign.

    `kept_days` is for how many days after a campaign's end it keeps what leads to supporters.
    """

    name: str = ""
    time_zone: str = "UTC"
    kept_days: int = MOST_DAYS
