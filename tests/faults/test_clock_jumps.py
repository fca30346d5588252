"""Our clock jumps back and forth while calls go on: nobody hears it, and the record is whole (F32)."""

import random
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app import create_app
from app.cli.context import ready_offices
from app.config import Settings
from app.domain.clock import Clock
from app.logs import configure_logs
from app.services.stage import demo_stage
from app.store.chores import claim
from app.store.database import Database
from app.store.figure_tables import figure_facts
from app.web.application import Patchline
from tests.support.campaigns import TUESDAY_10
from tests.support.hotline import Hotline

_JUMPS = [timedelta(hours=hours) for hours in (-24, 0, 5, 24)] + [timedelta(seconds=s) for s in (-1800, -30, 30)]


class JumpingClock:
    """The world's time, and a jump that somebody or something made it take here."""

    def __init__(self, world: Clock) -> None:
        self._world, self.is_off_by = world, timedelta(0)

    def now(self) -> datetime:
        return self._world.now() + self.is_off_by


@pytest.fixture
def jumping(settings: Settings, database: Database) -> Iterator[tuple[Hotline, JumpingClock]]:
    """The hotline on a Tuesday at ten, by a clock of its own; the carrier's is right."""
    configure_logs("critical")
    clocks = list[JumpingClock]()

    def by_its_own_clock(own: Settings, world: Clock) -> Patchline:
        clocks.append(JumpingClock(world))
        return create_app(own, clocks[0])

    offices = ready_offices(settings)
    with demo_stage(by_its_own_clock, settings, offices, TUESDAY_10, seed=32) as stage:
        hotline = Hotline(settings, stage, database)
        hotline.office("Madison").answers(after=5, talk=None)
        yield hotline, clocks[0]


def test_a_clock_that_jumps_is_not_heard_and_leaves_no_negative_length(jumping: tuple[Hotline, JumpingClock]) -> None:
    hotline, clock = jumping
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    chance = random.Random(seed)

    def jump() -> None:
        clock.is_off_by = chance.choice(_JUMPS)

    talked = {}
    for which in range(8):
        hotline.stage.clock.move(120)
        jump()
        caller = hotline.calls(f"+1608555{which:04}").listens()
        jump()
        caller.presses("4").hears("Calling the Madison office.")
        jump()
        talked[caller.call.sid] = chance.randint(5, 300)
        caller.talks(talked[caller.call.sid])
        jump()
        caller.presses("*").presses("1").hears("That's 1 of 7.")
        jump()
        caller.hangs_up()
    told = {str(call["call_sid"]): (call["status"], _legs(call)) for call in hotline.log()}
    assert told == {sid: ("completed", [("completed", "spoke", seconds)]) for sid, seconds in talked.items()}
    with hotline.database.read() as connection:
        rows = connection.execute(figure_facts.select()).mappings().all()
    numbers = [(name, value) for row in rows for name, value in row.items() if isinstance(value, int)]
    assert [named for named in numbers if named[1] < 0] == []


def _legs(call: dict[str, Any]) -> list[tuple[object, ...]]:
    return [(leg["status"], leg["disposition"], leg["duration"]) for leg in call["legs"]]


def test_a_chore_does_not_wait_for_a_day_that_the_clock_was_ahead(database: Database) -> None:
    now, every = datetime(2026, 3, 2, tzinfo=UTC), timedelta(minutes=10)

    def is_ours(at: datetime) -> bool:
        with database.write() as connection:
            return claim(connection, "reconcile", at, every)

    assert is_ours(now + timedelta(days=1))
    assert [is_ours(now), is_ours(now), is_ours(now + every)] == [True, False, True]
