"""What a running server does by itself, now and then: a thread in each process, and a claim where one is enough."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Event, Thread

from app.config import Settings
from app.logs import get_logger
from app.services.block_caller import forget_ended_blocks
from app.services.carrier_account import open_provider
from app.services.doctor.outside import judge_signed, knock
from app.services.erase_campaign import go_on_erasing
from app.services.hotline import Hotline
from app.services.kept_campaigns import KeptCampaigns
from app.services.metrics import RECONCILED
from app.services.prepare import prepare
from app.services.reconcile import reconcile
from app.services.replay_journal import replay_journal
from app.services.retention import purge
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
            RECONCILED.inc()
            _log.warning("call_reconciled", call=repair.call_sid, changes=list(repair.changes))


def _look_at_certificate(hotline: Hotline, _provider: Provider) -> None:
    if hotline.certificate:
        hotline.certificate.look()


def _forget_blocks(hotline: Hotline, _provider: Provider) -> None:
    forget_ended_blocks(hotline.database, hotline.clock)


def _go_on_erasing(hotline: Hotline, _provider: Provider) -> None:
    go_on_erasing(hotline.database, hotline.keys, hotline.clock)


def _purge(hotline: Hotline, _provider: Provider) -> None:
    purge(hotline.database, hotline.keys, hotline.clock)


CHORES = (
    Chore("replay", _replay),
    Chore("reconcile", _reconcile, timedelta(minutes=10)),
    Chore("certificate", _look_at_certificate),
    Chore("forget-blocks", _forget_blocks, timedelta(minutes=10)),
    Chore("erase", _go_on_erasing, timedelta(seconds=5)),
    Chore("purge", _purge, timedelta(seconds=30)),
)


class Chores:
    """The thread of a process; nothing runs before `start`."""

    def __init__(self, hotline: Hotline, settings: Settings, *, is_prepared: bool = True) -> None:
        """Take what the chores work with; an installation that could not be prepared at the start is so later."""
        self._hotline, self._settings, self._provider = hotline, settings, open_provider(settings)
        self._kept, self._is_prepared = KeptCampaigns(settings.instance_dir), is_prepared
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
        self._try("prepare", self._prepare)
        for chore in CHORES:
            self._try(chore.name, partial(self._do, chore))
        self._try("knock", self._knock)
        self._try("keep", lambda: self._kept.keep(self._hotline))

    def _try(self, name: str, do: Callable[[], None]) -> None:
        try:
            do()
        except (StoreUnavailable, ProviderError, ProviderUnavailable) as error:
            _log.warning("chore_put_off", chore=name, problem=str(error))
        except Exception as error:  # noqa: BLE001 - a fault in one must not end the others for good
            _log.error("chore_failed", chore=name, exc_info=error)

    def _prepare(self) -> None:
        if not self._is_prepared:
            prepare(self._settings)
            self._is_prepared = True

    def _knock(self) -> None:
        # Each process for itself: what it has found needs no table, and a demo has no carrier that could stay away.
        now = self._hotline.clock.now()
        if not self._settings.is_demo and self._hotline.watch.is_knocking_due(now):
            found = judge_signed(self._settings.public_url, knock(self._settings))
            self._hotline.watch.knocked(found, now)

    def _do(self, chore: Chore) -> None:
        if self._is_ours(chore):
            chore.do(self._hotline, self._provider)

    def _is_ours(self, chore: Chore) -> bool:
        if chore.every is None:
            return True
        with self._hotline.database.write() as connection:
            return claim(connection, chore.name, self._hotline.clock.now(), chore.every)

    def _go_on(self) -> None:
        while not self._closed.wait(_TICK_S):
            self.tick()
