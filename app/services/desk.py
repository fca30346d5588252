"""All that the console's services need, joined once when the app is made."""

import hashlib
import hmac
from dataclasses import dataclass

from app.config import Secret, Settings
from app.domain.clock import Clock
from app.services.mail import Mailer
from app.store.database import Database


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts behind the console; without a mailer, links are shown to whoever made them."""

    database: Database
    clock: Clock
    mailer: Mailer | None
    secret: Secret
    public_url: str
    is_demo: bool

    def key(self, purpose: bytes) -> bytes:
        """A key of its own for each purpose, made of the installation's secret."""
        return hmac.new(self.secret.reveal().encode(), b"console-v1|" + purpose, hashlib.sha256).digest()


def open_desk(settings: Settings, database: Database, clock: Clock) -> Desk:
    """The desk of an installation."""
    mailer = Mailer(settings.smtp_url, settings.mail_from) if settings.smtp_url and settings.mail_from else None
    return Desk(database, clock, mailer, settings.secret_key, settings.public_url, settings.is_demo)
