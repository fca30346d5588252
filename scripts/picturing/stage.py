"""A demo that is the same each time: its keys, its calls, its clock, and who is on the line while it is looked at."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app import create_app
from app.cli.context import ready_offices
from app.config import Settings
from app.domain.organizers import DEMO_OWNER
from app.logs import configure_logs
from app.services.desk import open_desk
from app.services.open_database import open_database
from app.services.people import find_by_email
from app.services.sessions import Visitor, begin_session
from app.services.stage import demo_stage
from app.simulator import Caller, MovableClock, new_supporter
from app.simulator.script import Stage
from scripts.picturing.history import NOW, OTHER, SLUG, make_past

_SECRET = "made-for-the-pictures-and-for-nothing-else"  # noqa: S105  # a demo's, which lives for a minute


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo at its moment: its address, and the cookie of its owner, who has signed in."""

    url: str
    session: str


@contextmanager
def demo() -> Iterator[Demo]:
    """Serve the demo while its pictures are taken."""
    configure_logs("error")
    with tempfile.TemporaryDirectory(prefix="patchline-pictures-") as folder:
        settings = _settings(Path(folder))
        make_past(settings)
        with demo_stage(create_app, settings, ready_offices(settings), NOW - timedelta(minutes=6), seed=1) as stage:
            _fill_the_line(stage)
            stage.clock.move_to(NOW)
            yield Demo(stage.url, _session(settings, stage.clock))


def _settings(folder: Path) -> Settings:
    """Those of a demo whose secrets are known, so that supporters have the same tags each time."""
    keys = folder / "keys"
    keys.mkdir(mode=0o700)
    for slug in (SLUG, OTHER):
        (keys / f"{slug}.key").write_bytes(slug.ljust(32).encode()[:32])
    environ = {
        "INSTANCE_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/patchline.db",
        "SECRET_KEY": _SECRET,
        "PHONE_HASH_KEY": _SECRET,
        "TWILIO_AUTH_TOKEN": _SECRET,
    }
    return Settings.load(environ, folder / "no.env")


def _fill_the_line(stage: Stage) -> None:
    """Let supporters talk, ring and listen; their calls stay as they are, because nobody lets their time pass."""
    for which, (seconds_ago, act) in enumerate(_ON_THE_LINE):
        stage.clock.move_to(NOW - timedelta(seconds=seconds_ago))
        act(Caller(stage.carrier, new_supporter(which)).dials(stage.hotline))


def _talks(office: str) -> Callable[[Caller], object]:
    return lambda caller: caller.presses(office, during="Or choose one").talks()


def _rings(office: str) -> Callable[[Caller], object]:
    return lambda caller: caller.presses(office, during="Or choose one").hears_ringing()


def _listens(caller: Caller) -> None:
    caller.hears("In short")


_ON_THE_LINE: tuple[tuple[int, Callable[[Caller], object]], ...] = (
    (341, _talks("1")),
    (204, _talks("4")),
    (128, _talks("5")),
    (78, _rings("3")),
    (22, _listens),
)
"""How many seconds before the pictures somebody dialed, and what they do."""


def _session(settings: Settings, clock: MovableClock) -> str:
    with closing(open_database(settings)) as database:
        desk = open_desk(settings, database, clock)
        owner = find_by_email(desk, DEMO_OWNER)
        with database.write() as connection:
            return begin_session(connection, owner, Visitor("127.0.0.0", "Chrome on Linux"), clock.now())
