"""Joining the parts behind the voice webhooks from the settings."""

from app.config import Settings
from app.domain.clock import Clock, SystemClock
from app.logs import get_logger
from app.services.caller_keys import caller_keys
from app.services.certificate import CertificateWatch
from app.services.hotline import Hotline
from app.services.open_database import open_database
from app.services.snapshots import SnapshotCache
from app.services.sound_shelf import SoundShelf
from app.store.journal import Journal

_log = get_logger(__name__)


def open_hotline(settings: Settings, clock: Clock | None = None) -> Hotline:
    """The hotline of an installation; nothing is opened before the first call."""
    folder = settings.instance_dir
    database, clock = open_database(settings), clock or SystemClock()
    return Hotline(
        database=database,
        snapshots=SnapshotCache(),
        sounds=SoundShelf(database),
        journal=Journal(folder / "journal.jsonl", lambda problem: _log.error("journal", problem=problem)),
        keys=caller_keys(settings),
        clock=clock,
        public_url=settings.public_url,
        default_number=settings.phone_number,
        state_key=settings.secret_key.reveal().encode(),
        is_demo=settings.is_demo,
        certificate=CertificateWatch(settings.public_url, clock) if settings.is_https else None,
    )
