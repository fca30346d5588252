"""The numbers of our account: whose they are, what their settings shall be, and in what they differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from app.config import Settings
from app.domain.audit import By, Deed
from app.domain.clock import Clock
from app.services import audit
from app.services.campaigns import list_campaigns
from app.store.campaigns import Listed
from app.store.database import Database
from app.telephony.provider import NumberUrls, OwnedNumber, Provider
from app.telephony.twiml import CONNECTION_SETTINGS

SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "voice": "Voice URL",
        "voice_fallback": "Voice fallback URL",
        "voice_fallback_method": "Voice fallback method",
        "status": "Status callback",
        "messaging": "Messaging URL",
        "messaging_fallback": "Messaging fallback URL",
        "voice_method": "Voice method",
        "status_method": "Status callback method",
        "messaging_method": "Messaging method",
    }
)
"""What the carrier's pages call each setting."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting of a number that is not as it shall be; `now` is empty where nothing is set."""

    setting: str
    now: str
    wanted: str


@dataclass(frozen=True, slots=True)
class NumberState:
    """A number, the campaigns that answer it, and what is wrong with it.

    Only one that `is_ours` is ever changed; one without `owned` is not in the account at all.
    """

    number: str
    is_ours: bool
    campaigns: tuple[str, ...]
    owned: OwnedNumber | None
    differences: tuple[Difference, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether its calls come to this server."""
        return self.owned is not None and not self.differences and not self.owned.overridden_by


def wanted_urls(settings: Settings) -> NumberUrls:
    """Where the calls and texts of a number of ours go.

    Each URL has the retry policy of CONNECTION_SETTINGS: the carrier tries a failed, slow or broken answer twice again
    before it turns to the fallback, and what it asks is answered alike however often it is asked.
    """
    own = {name: f"{settings.public_url}{path}{CONNECTION_SETTINGS}" for name, path in _PATHS.items()}
    if settings.fallback_url:
        # A web host that serves a file takes no POST.
        own |= {"voice_fallback": settings.fallback_url, "voice_fallback_method": "GET"}
    return NumberUrls(**own)


_PATHS: Mapping[str, str] = MappingProxyType(
    {
        "voice": "/voice/incoming",
        "voice_fallback": "/voice/fallback",
        "status": "/voice/status",
        "messaging": "/sms/incoming",
    }
)


def look_at_numbers(settings: Settings, database: Database, provider: Provider) -> list[NumberState]:
    """All numbers of the account and of the campaigns; raises StoreUnavailable, ProviderError, ProviderUnavailable."""
    return compare(answered_numbers(settings, database), provider.owned_numbers(), wanted_urls(settings))


def answered_numbers(settings: Settings, database: Database) -> dict[str, tuple[str, ...]]:
    """The numbers that campaigns answer, with their slugs; the installation's own number is always among them."""
    return slugs_by_number(settings.phone_number, list_campaigns(database))


def slugs_by_number(default_number: str, campaigns: Iterable[Listed]) -> dict[str, tuple[str, ...]]:
    """The slugs of campaigns by the number that they answer; the installation's own is always among them."""
    answered: dict[str, tuple[str, ...]] = {default_number: ()}
    for listed in campaigns:
        number = listed.number or default_number
        answered[number] = (*answered.get(number, ()), listed.slug)
    return answered


def compare(
    answered: Mapping[str, tuple[str, ...]], owned: Iterable[OwnedNumber], wanted: NumberUrls
) -> list[NumberState]:
    """What is answered beside what is owned, ours first."""
    by_number = {one.number: one for one in owned}
    ours = [
        NumberState(number, True, slugs, by_number.get(number), _differences(by_number.get(number), wanted))
        for number, slugs in sorted(answered.items())
    ]
    others = [
        NumberState(number, False, (), one) for number, one in sorted(by_number.items()) if number not in answered
    ]
    return ours + others


def _differences(owned: OwnedNumber | None, wanted: NumberUrls) -> tuple[Difference, ...]:
    if owned is None:
        return ()
    pairs = ((field.name, getattr(owned.urls, field.name), getattr(wanted, field.name)) for field in fields(wanted))
    return tuple(Difference(SETTINGS[name], now, then) for name, now, then in pairs if now != then)


def set_number(
    settings: Settings, database: Database, clock: Clock, by: By, provider: Provider, state: NumberState
) -> OwnedNumber:
    """Point a number of ours to this server, and note it; raises ProviderError, ProviderUnavailable."""
    assert state.owned is not None
    now = provider.configure_number(state.owned.sid, wanted_urls(settings))
    what = ", ".join(difference.setting for difference in state.differences)
    with database.write() as connection:
        audit.note(connection, clock.now(), by, Deed.NUMBERS, f"{by.who} set {what} of {state.number} to this server.")
    return now
