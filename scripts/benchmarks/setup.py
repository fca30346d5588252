"""What the servers run on: settings of their own, a database, and a campaign whose offices are always open."""

import secrets
import socket
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from app.config import Settings
from app.domain.clock import SystemClock
from app.domain.documents import Document, read_document, write_document
from app.services.caller_keys import caller_keys
from app.services.campaign_files import parse_campaign_file
from app.services.campaigns import import_campaign
from app.store.database import Database
from app.store.migrate import upgrade
from scripts.benchmarks.inserts import make_table

SLUG = "honduras-2017"
_DEMO = f"data/{SLUG}.yaml"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Site:
    """Where one server runs: its variables, and the settings they give."""

    environ: dict[str, str]
    settings: Settings


def make_site(database_url: str, folder: Path, processes: int) -> Site:
    """A place for a server on a free port of this machine, with secrets of its own."""
    port = _free_port()
    environ = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": database_url,
        "INSTANCE_DIR": str(folder / "instance"),
        "SECRET_KEY": secrets.token_hex(),
        "PHONE_HASH_KEY": secrets.token_hex(),
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "TWILIO_PHONE_NUMBER": "+15005550006",
        "WEB_CONCURRENCY": str(processes),
        "LOG_LEVEL": "warning",
    }
    return Site(environ, Settings.load(environ, folder / "no.env"))


def prepare(settings: Settings) -> None:
    """Migrate the database, publish the campaign, and make the yardstick's table."""
    settings.instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(settings.database_url)
    with closing(Database(settings.database_url)) as database:
        import_campaign(database, caller_keys(settings), SystemClock(), always_open())
        make_table(database)


def always_open() -> Document:
    """The demo campaign, open day and night, its offices with room for hundreds of callers at once."""
    text = files("app").joinpath(_DEMO).read_text(encoding="utf-8")
    plain = write_document(parse_campaign_file(text, _DEMO))
    plain["holidays"] = False
    plain["limits"]["live_legs_per_office"] = 100
    for office in plain["offices"]:
        office["hours"] = dict.fromkeys(_DAYS, "0:00-24:00")
    return read_document(plain)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
