"""The account's numbers with their settings, and the numbers for sale."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from app.simulator.account import VoiceUrls
from app.simulator.network import Network

# Each setting of a number by its parameter, with its field and its default (Twilio: IncomingPhoneNumbers resource).
SETTINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "FriendlyName": ("friendly_name", ""),
        "VoiceUrl": ("voice_url", ""),
        "VoiceMethod": ("voice_method", "POST"),
        "VoiceFallbackUrl": ("voice_fallback_url", ""),
        "VoiceFallbackMethod": ("voice_fallback_method", "POST"),
        "StatusCallback": ("status_callback", ""),
        "StatusCallbackMethod": ("status_callback_method", "POST"),
        "SmsUrl": ("sms_url", ""),
        "SmsMethod": ("sms_method", "POST"),
        "SmsFallbackUrl": ("sms_fallback_url", ""),
        "SmsFallbackMethod": ("sms_fallback_method", "POST"),
    }
)
_NO_NUMBERS_IN = "533"  # as with test credentials
_PLACES = {"608": ("Madison", "WI"), "414": ("Milwaukee", "WI"), "202": ("Washington", "DC")}
_TOLL_FREE = ("800", "888", "877", "866", "855", "844", "833")

# What is for sale in each country that is simulated.
KINDS_FOR_SALE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"US": ("Local", "TollFree"), "CA": ("Local", "TollFree"), "GB": ("Local", "TollFree", "Mobile")}
)

# Numbers that the British regulator keeps for fiction, one series of a thousand for each kind.
_BRITISH = {"Local": "+442079460", "TollFree": "+448081570", "Mobile": "+447700900"}


@dataclass(slots=True)
class OwnedNumber:
    """A number of the account."""

    sid: str
    number: str
    created_at: datetime
    updated_at: datetime
    settings: dict[str, str] = field(default_factory=lambda: dict(SETTINGS.values()))


@dataclass(frozen=True, slots=True)
class ForSale:
    """A number that can be had; place and region are empty where none is known."""

    number: str
    country: str
    place: str = ""
    region: str = ""


class Numbers:
    """All numbers of an account, by sid; what is set for one is where its calls go from then on."""

    def __init__(self, network: Network) -> None:
        """Begin with the account's numbers as the carrier has them."""
        self._network = network
        self.owned: dict[str, OwnedNumber] = {}
        for number in sorted(network.account.numbers):
            urls = network.urls_of(number)
            set_up = {"voice_url": urls.voice, "voice_fallback_url": urls.fallback, "status_callback": urls.status}
            owned = self.make(number, {key: url or "" for key, url in set_up.items()})
            self.owned[owned.sid] = owned

    def make(self, number: str, settings: Mapping[str, str]) -> OwnedNumber:
        """A number with some settings, by field; not the account's yet."""
        now = self._network.clock.now()
        owned = OwnedNumber(self._network.ids.sid("PN"), number, now, now)
        owned.settings.update({"friendly_name": number, **settings})
        return owned

    def add(self, owned: OwnedNumber) -> None:
        """Make it the account's own."""
        self.owned[owned.sid] = owned
        self._tell_network()
        self.change(owned, {})

    def change(self, owned: OwnedNumber, settings: Mapping[str, str]) -> None:
        """Set some settings, by field."""
        owned.settings.update(settings)
        owned.updated_at = self._network.clock.now()
        urls = owned.settings
        self._network.number_urls[owned.number] = VoiceUrls(
            urls["voice_url"], urls["voice_fallback_url"] or None, urls["status_callback"] or None
        )

    def release(self, owned: OwnedNumber) -> None:
        """Give a number back."""
        del self.owned[owned.sid]
        self._network.number_urls.pop(owned.number, None)
        self._tell_network()

    def has(self, number: str) -> bool:
        """Whether the account has this number."""
        return number in self._numbers()

    def for_sale(self, country: str, kind: str, area_code: str = "", contains: str = "") -> Iterator[ForSale]:
        """The numbers for sale of a kind (Local, TollFree, Mobile), less those that are taken."""
        pattern = re.compile(re.escape(contains).replace(r"\*", r"\w"), re.ASCII) if contains else None
        taken = self._numbers()
        for one in _catalogue(country, kind, area_code):
            if (pattern is None or pattern.search(one.number)) and one.number not in taken:
                yield one

    def _numbers(self) -> frozenset[str]:
        # A copy: requests come in several threads.
        return frozenset(owned.number for owned in list(self.owned.values()))

    def _tell_network(self) -> None:
        self._network.account = replace(self._network.account, numbers=self._numbers())


def _catalogue(country: str, kind: str, area_code: str) -> Iterator[ForSale]:
    """Made-up numbers: in North America 555-01xx, which nobody has."""
    if country == "GB":
        yield from (ForSale(f"{_BRITISH[kind]}{n:03}", country) for n in range(100))
        return
    for code in _area_codes(kind, area_code):
        place, region = _PLACES.get(code, ("", ""))
        yield from (ForSale(f"+1{code}55501{n:02}", country, place, region) for n in range(100))


def _area_codes(kind: str, wanted: str) -> tuple[str, ...]:
    if not wanted:
        return _TOLL_FREE if kind == "TollFree" else tuple(_PLACES)
    is_there = wanted != _NO_NUMBERS_IN and (wanted in _TOLL_FREE) == (kind == "TollFree")
    return (wanted,) if is_there else ()
