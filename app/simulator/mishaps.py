"""What may go wrong with webhooks on their way, by the names that scripts and the phone in the browser use."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.simulator.delivery import Delivery, Doubled, LostAnswers, Passage, Shuffled


class MainServerDown(Delivery):
    """The server cannot be reached, but the fallback, hosted elsewhere, can."""

    def webhook(self, url: str) -> Passage:
        """Refused, but for the fallback."""
        return Passage.DELIVERED if "/voice/fallback" in url else Passage.REFUSED

    def recording(self, url: str) -> Passage:
        """Refused."""
        return Passage.REFUSED


class NoRecordings(Delivery):
    """Recordings cannot be fetched, though all else can."""

    def recording(self, url: str) -> Passage:
        """Refused."""
        return Passage.REFUSED


MISHAPS: Mapping[str, Callable[[], Delivery]] = MappingProxyType(
    {
        "normal": Delivery,
        "doubled": Doubled,
        "lose-next": LostAnswers,
        "late": lambda: Shuffled(seed=1),
        "down": MainServerDown,
        "no-recordings": NoRecordings,
    }
)
