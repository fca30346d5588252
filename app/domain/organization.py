"""Who runs the installation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organization:
    """Its name, empty until somebody gives it, and the zone in which times are told that are about no campaign."""

    name: str = ""
    time_zone: str = "UTC"
