"""The seconds meter of a summary: the one rule for how long it may be."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.speaking import seconds_to_say

_ADVISED_S = 25
_LIMIT_S = 35


class Level(StrEnum):
    """How a summary stands: good, longer than is advised, or longer than is possible."""

    GOOD = "good"
    LONG = "long"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Meter:
    """How long a summary takes to say, and how long it should and may."""

    seconds: float
    advised_s: int = _ADVISED_S
    limit_s: int = _LIMIT_S

    @property
    def level(self) -> Level:
        """How it stands."""
        if self.seconds > self.limit_s:
            return Level.TOO_LONG
        return Level.LONG if self.seconds > self.advised_s else Level.GOOD


def meter(text: str) -> Meter:
    """The meter of a summary's text."""
    return Meter(seconds_to_say(text))
