"""Opening the database of an installation: it signs the audit with a key made of the installation's secret."""

import hashlib
import hmac

from app.config import Settings
from app.store.database import Database


def open_database(settings: Settings) -> Database:
    """The database; nothing is opened before its first transaction."""
    key = hmac.new(settings.secret_key.reveal().encode(), b"audit-v1", hashlib.sha256).digest()
    return Database(settings.database_url, audit_key=key)
