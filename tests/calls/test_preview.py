"""The preview says what a simulated call of the same steps hears, to the second; so does its replay."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import create_app
from app.config import Settings
from app.domain.documents import write_campaign
from app.logs import configure_logs
from app.services.campaigns import export_campaign
from app.services.desk import Desk, open_desk
from app.services.offices import office_numbers
from app.services.open_database import open_database
from app.services.preview import OFFICE_ENDS, Preview, previews
from app.services.preview.happening import CONDUCTS
from app.services.replay_call import replay_call
from app.services.stage import demo_stage
from app.simulator import Activity, Caller, Supporter
from app.simulator.script import Stage
from app.simulator.transcript import Kind
from app.store.database import Database
from tests.support.campaigns import CHRISTMAS, FRIDAY_16_15, TUESDAY_10
from tests.support.demo import demo_settings, put_demo
from tests.support.hotline import HOTLINE

WEEK = timedelta(days=7)

# Each on a day of its own, so that none knows of the one before; after a failed call # avoids the office for good.
CALLS = (
    (TUESDAY_10, "#a1#b#n#a30#"),
    (FRIDAY_16_15, "7#a2*"),
    (CHRISTMAS, "#0##a3#"),
    (TUESDAY_10 + 2 * WEEK, "8s0#s9"),
    (TUESDAY_10 + 3 * WEEK, "94a8s3#a"),
    (TUESDAY_10 + 4 * WEEK, "0055*#"),
    (TUESDAY_10 + 5 * WEEK, "1a31a31a31#"),
    (TUESDAY_10 + 6 * WEEK, "sss"),
    (TUESDAY_10 + 7 * WEEK, "5*5#*4f#a**"),
)


@pytest.fixture
def demo(sqlite_url: str, tmp_path: Path) -> Settings:
    """A demo on a database of its own."""
    return demo_settings(sqlite_url, tmp_path)


@pytest.fixture
def stage(demo: Settings) -> Iterator[Stage]:
    """The demo's hotline."""
    configure_logs("error")
    put_demo(demo)
    with closing(open_database(demo)) as database:
        offices = office_numbers(database)
    with demo_stage(create_app, demo, offices, TUESDAY_10, seed=1) as made:
        yield made


@pytest.fixture
def desk(demo: Settings, stage: Stage) -> Iterator[Desk]:
    """The console beside the hotline."""
    with closing(Database(demo.database_url)) as database:
        yield open_desk(demo, database, stage.clock)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_preview_agrees_with_the_simulator(stage: Stage, desk: Desk, language: str) -> None:
    document = write_campaign(export_campaign(desk.database, "honduras-2017").campaign)
    for line, (moment, walk) in enumerate(CALLS):
        # Far away from every office, and never the same.
        caller = Caller(stage.carrier, Supporter(f"+1312555010{line}"))
        is_at(stage, moment - timedelta(minutes=10))
        if language == "es":
            # Whoever chose a language and hung up in the greeting is greeted anew, in that language.
            caller.dials(HOTLINE).presses("9").hangs_up()
        is_at(stage, moment)
        caller.dials(HOTLINE)
        for step in walk:
            take(stage, caller, step)
        caller.listens()
        (preview,) = (each for each in previews(document, walk, moment) if each.language == language)
        assert preview.walk == walk
        assert heard_in(preview) == heard_by(caller), (moment, walk)
        replayed = replay_call(desk, caller.call.sid)
        assert replayed
        assert replayed.preview.walk == walk
        assert heard_in(replayed.preview) == heard_by(caller)
        assert [turn.note for turn in replayed.preview.turns if turn.note] == []


def is_at(stage: Stage, moment: datetime) -> None:
    stage.clock.move((moment - stage.clock.now()).total_seconds())


def take(stage: Stage, caller: Caller, step: str) -> None:
    """One step of a walk: a key or silence once all is said, or an office that is rung until it ends."""
    if step in OFFICE_ENDS:
        for number in stage.offices.values():
            stage.carrier.world.office(number).does(CONDUCTS[OFFICE_ENDS[step]])
        caller.hears_ringing()
        while caller.call.waiting and caller.call.waiting.activity in (Activity.RINGING, Activity.TALKING):
            caller.call.pass_time(caller.call.waiting.seconds)
    elif step == "s":
        caller.stays_silent()
    else:
        while caller.call.waiting and caller.call.waiting.activity is Activity.SPEAKING:
            caller.call.pass_time(caller.call.waiting.seconds)
        caller.call.press(step)


def heard_by(caller: Caller) -> list[tuple[float, str]]:
    return [(round(entry.at, 2), entry.text) for entry in caller.call.transcript.entries if entry.kind is Kind.HEARS]


def heard_in(preview: Preview) -> list[tuple[float, str]]:
    return [(round(said.at_s, 2), said.text) for turn in preview.turns for said in turn.said]
