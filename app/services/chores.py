"""What a running server does by itself, now and then: a thread in each process, and a claim where one is enough."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread

from app.config import Settings
from app.logs import get_logger
from app.services.carrier_account import open_provider
from app.services.hotline import Hotline
from app.services.reconcile import reconcile
from app.services.replay_journal import replay_journal
from app.store.chores import claim
from app.store.database import StoreUnavailable
from app.telephony.provider import Provider, ProviderError, ProviderUnavailable

_TICK_S = 5.0
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """A piece of work: one process of the installation does it `every` so often, or without that each at each tick."""

    name: str
    do: Callable[[Hotline, Provider], None]
    every: timedelta | None = None


def _replay(hotline: Hotline, _provider: Provider) -> None:
    replay_journal(hotline)


def _reconcile(hotline: Hotline, provider: Provider) -> None:
    for repair in reconcile(hotline, provider):
        if repair.changes:
            _log.warning("call_reconciled", call=repair.call_sid, changes=list(repair.changes))


CHORES = (
    Chore("replay", _replay),
    Chore("reconcile", _reconcile, timedelta(minutes=10)),
)


class Chores:
    """The thread of a process; nothing runs before `start`."""

    def __init__(self, hotline: Hotline, settings: Settings) -> None:
        """Take what the chores work with."""
        self._hotline, self._provider = hotline, open_provider(settings)
        self._closed = Event()
        self._thread = Thread(target=self._go_on, name="chores", daemon=True)

    def start(self) -> None:
        """Begin; what is due is done at the first tick."""
        self._thread.start()

    def close(self) -> None:
        """Let what is being done end, and do no more."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join()

    def tick(self) -> None:
        """Do what is due; one that fails is told and tried again when it is due again, and stops no other."""
        for chore in CHORES:
            try:
                if self._is_ours(chore):
                    chore.do(self._hotline, self._provider)
            except (StoreUnavailable, ProviderError, ProviderUnavailable) as error:
                _log.warning("chore_put_off", chore=chore.name, problem=str(error))
            except Exception as error:  # noqa: BLE001 - a fault in one must not end the others for good
                _log.error("chore_failed", chore=chore.name, exc_info=error)

    def _is_ours(self, chore: Chore) -> bool:
        if chore.every is None:
            return True
        with self._hotline.database.write() as connection:
            return claim(connection, chore.name, self._hotline.clock.now(), chore.every)

    def _go_on(self) -> None:
        while not self._closed.wait(_TICK_S):
            self.tick()
