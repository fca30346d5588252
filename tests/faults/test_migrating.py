"""The database is migrated, back and forth, while calls go on: none fails, and the record is whole (F29)."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from app import create_app
from app.cli.context import ready_offices
from app.logs import configure_logs
from app.services.chores import Chores
from app.services.open_hotline import open_hotline
from app.services.stage import demo_stage
from app.simulator.script import Stage
from app.store.database import Database, StoreUnavailable
from app.store.migrate import current, downgrade, head, upgrade
from tests.rules.test_migrations import revisions
from tests.support.campaigns import TUESDAY_10
from tests.support.demo import demo_settings
from tests.support.hotline import Hotline

_TIMES, _TRIES = 2, 30


def test_calls_go_on_while_the_database_is_migrated(empty_url: str, tmp_path: Path) -> None:
    """The code is that of the head, so on the revision before it stands for a new release whose migration waits."""
    configure_logs("critical")
    settings = demo_settings(empty_url, tmp_path)
    offices = ready_offices(settings)
    with (
        demo_stage(create_app, settings, offices, TUESDAY_10, seed=29) as stage,
        closing(Database(empty_url)) as database,
        ThreadPoolExecutor(1) as beside,
    ):
        hotline = Hotline(settings, stage, database)
        sids = _call_until(beside.submit(_migrate, empty_url, revisions()[-2]), hotline)
        assert current(empty_url) == head()
        _heal(hotline, stage)
        told = {str(call["call_sid"]): call["status"] for call in hotline.log()}
        assert hotline.legs() == [("Madison", "completed", "spoke")] * len(sids)
    assert told == dict.fromkeys(sids, "completed")


def _migrate(url: str, before: str) -> None:
    for _ in range(_TIMES):
        _persist(lambda: downgrade(url, before))
        _persist(lambda: upgrade(url))


def _persist(migrate: Callable[[], None]) -> None:
    """As a server does, that tries again what had to wait for a call."""
    for _ in range(_TRIES):
        with suppress(StoreUnavailable):
            return migrate()
    raise AssertionError("The migration was always in the way of a call, or a call in its way.")


def _call_until(migrated: "Future[None]", hotline: Hotline) -> Sequence[str]:
    sids = []
    for which in count():
        caller = hotline.calls(f"+1608555{which:04}").presses("4").talks(30).presses("*").presses("1")
        caller.hears("That's 1 of 7.").hangs_up()
        sids.append(caller.call.sid)
        if migrated.done():
            migrated.result()
            return sids
    raise AssertionError


def _heal(hotline: Hotline, stage: Stage) -> None:
    parts = open_hotline(hotline.settings, stage.clock)
    with closing(parts.database):
        Chores(parts, hotline.settings).tick()
        assert parts.journal.is_empty
