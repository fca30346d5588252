"""What all calls of one simulated carrier share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.clock import Clock
from app.simulator.account import Account, VoiceUrls
from app.simulator.clock import MovableClock
from app.simulator.delivery import Delivery
from app.simulator.ids import Ids
from app.simulator.records import CallRecord
from app.simulator.world import World


@dataclass(frozen=True, slots=True)
class Title:
    """What a recording says, in a language by its tag."""

    text: str
    language: str


def untitled(url: str) -> Title | None:
    """Know of no recording what it says."""
    return None


class Network:
    """Account, settings of the number, offices, and what goes wrong on the way."""

    def __init__(
        self,
        account: Account,
        urls: VoiceUrls,
        clock: Clock,
        *,
        world: World | None = None,
        names: Mapping[str, str] | None = None,
        titles: Callable[[str], Title | None] = untitled,
        delivery: Delivery | None = None,
        seed: int = 0,
    ) -> None:
        """Join the parts; for the transcript, `names` are the offices' by number, and `titles` what recordings say."""
        self.account, self.urls, self.clock = account, urls, clock
        self.world = world or World()
        self.names = dict(names or {})
        self.titles = titles
        self.delivery = delivery or Delivery()
        self.ids = Ids(seed)
        self.number_urls: dict[str, VoiceUrls] = {}
        self.records: dict[str, CallRecord] = {}

    def pass_time(self, seconds: float) -> None:
        """Move a clock that can be moved; real time passes by itself."""
        if isinstance(self.clock, MovableClock):
            self.clock.move(seconds)

    def urls_of(self, number: str) -> VoiceUrls:
        """A number's settings, if it has its own."""
        return self.number_urls.get(number, self.urls)

    def enlist(self, direction: str, caller: str, called: str, status: str, parent_sid: str = "") -> CallRecord:
        """Begin the record of a call or a leg, and give it its sid."""
        record = CallRecord(self.ids.call(), direction, caller, called, status, self.clock.now(), parent_sid)
        self.records[record.sid] = record
        return record

    def name(self, number: str) -> str:
        """The office with this number, as the transcript calls it."""
        return self.names.get(number, number)
