"""What a person in the console corrects of a supporter's memory; the record itself is kept by app/store/writes.py."""

from app.store.database import Connection
from app.store.statements import upsert
from app.store.tables import supporter_offices


def note_reached(connection: Connection, campaign_id: int, pseudonym: str, office_id: int, reached: bool) -> None:
    """Remember whether a supporter got through to an office; nothing of one whose number is withheld."""
    if pseudonym:
        key = {"campaign_id": campaign_id, "pseudonym": pseudonym, "office_id": office_id}
        row = {**key, "reached": reached, "bridges_on_day": 0}
        upsert(connection, supporter_offices, tuple(key), row, {"reached": reached})
