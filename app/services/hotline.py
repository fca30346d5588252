"""All that answering a call needs, joined once when the app is made."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType

from app.domain.calls import BadState, CallState, unseal
from app.domain.clock import Clock
from app.domain.recordings import PATH
from app.flow.prompts import LANGUAGES
from app.services.caller_keys import CallerKeys
from app.services.carrier_watch import CarrierWatch
from app.services.certificate import CertificateWatch
from app.services.snapshots import SnapshotCache
from app.services.sound_shelf import SoundShelf
from app.store.breaker import Breaker
from app.store.campaigns import Line
from app.store.database import Connection, Database
from app.store.journal import Journal
from app.telephony.twiml import CONNECTION_SETTINGS, Urls, Voice

VOICES: Mapping[str, Voice] = MappingProxyType(
    {code: Voice(language.voice, language.locale) for code, language in LANGUAGES.items()}
)


BUDGET_S = 3.0
"""How long a webhook waits for the database, all in all: the carrier asks again after four seconds."""


@dataclass(frozen=True, slots=True)
class Hotline:
    """The parts behind the voice webhooks; `lines` remembers which campaign a number led to, for outages."""

    database: Database
    snapshots: SnapshotCache
    sounds: SoundShelf
    journal: Journal
    keys: CallerKeys
    clock: Clock
    public_url: str
    default_number: str
    state_key: bytes
    is_demo: bool
    lines: dict[str, Line] = field(default_factory=dict)
    breaker: Breaker = field(default_factory=Breaker)
    watch: CarrierWatch = field(default_factory=CarrierWatch)
    certificate: CertificateWatch | None = None

    @contextmanager
    def recording(self) -> Iterator[Connection]:
        """Give a transaction for a webhook; raises StoreUnavailable, at once while the database is known to be down."""
        with self.breaker.guarding(), self.database.write(within_s=BUDGET_S) as connection:
            yield connection

    def unseal(self, call_sid: str, state_text: str) -> CallState | None:
        """The state that we sealed for a call, or None for any other text."""
        try:
            return unseal(state_text, call_sid, self.state_key)
        except BadState:
            return None

    def urls(self, call_sid: str, leg: int, state_text: str) -> Urls:
        """Where the carrier turns after an answer that carries this sealed state."""
        return Urls(
            action=f"{self.public_url}/voice/turn?state={state_text}{CONNECTION_SETTINGS}",
            leg=f"{self.public_url}/voice/leg?call={call_sid}&leg={leg}{CONNECTION_SETTINGS}",
            audio=f"{self.public_url}{PATH}",
        )

    def retry_url(self, state_text: str, faults: int) -> str:
        """Where a caller goes on after `faults` failed turns in a row."""
        return f"{self.public_url}/voice/turn?state={state_text}&faults={faults}{CONNECTION_SETTINGS}"
