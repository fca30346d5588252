"""The numbers of our account as the carrier told them last: a page asks anew, and does not wait for ever."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from app.domain.clock import Clock
from app.logs import get_logger
from app.services.errand import Errand
from app.telephony.provider import OwnedNumber, Provider, ProviderError, ProviderUnavailable

PATIENCE_S = 4.0
"""How long pages wait for an answer of the carrier, from when the first of them asked."""

_SLOW = "The carrier has not answered within {:g} seconds."
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """The numbers and when the carrier told them, both None if it never did; `trouble` says why it does not now."""

    owned: tuple[OwnedNumber, ...] | None = None
    at: datetime | None = None
    trouble: str = ""


class AccountWatch:
    """What a process knows of the account; it asks once at a time, however many look."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        """Begin knowing nothing; nobody waits for the carrier longer than `patience_s`."""
        self._patience_s = patience_s
        self._mutex = Lock()
        self._seen = AccountSeen()
        self._errand: Errand[AccountSeen] | None = None

    def look(self, provider: Provider, clock: Clock) -> AccountSeen:
        """Ask the carrier; what it does not tell in time is as it was told last."""
        with self._mutex:
            if self._errand is None or self._errand.is_over:
                self._errand = Errand("account-watch", lambda: self._ask(provider, clock))
            errand = self._errand
        return errand.wait(self._patience_s) or replace(self._seen, trouble=_SLOW.format(self._patience_s))

    def changed(self, number: OwnedNumber) -> None:
        """Keep a number as the carrier confirmed it, for whoever looks while the carrier does not answer."""
        with self._mutex:
            others = [each for each in self._seen.owned or () if each.sid != number.sid]
            self._seen = replace(self._seen, owned=(*others, number))

    def _ask(self, provider: Provider, clock: Clock) -> AccountSeen:
        found = _numbers(provider.owned_numbers)
        with self._mutex:
            if isinstance(found, str):
                return replace(self._seen, trouble=found)
            self._seen = AccountSeen(tuple(found), clock.now())
            return self._seen


def _numbers(ask: Callable[[], Sequence[OwnedNumber]]) -> Sequence[OwnedNumber] | str:
    try:
        return ask()
    except (ProviderError, ProviderUnavailable) as error:
        return str(error)
    except Exception as error:  # noqa: BLE001  whatever the carrier sends, the page tells what is known from before
        _log.error("account_not_read", exc_info=error)
        return f"The carrier's answer could not be read ({type(error).__name__})."
