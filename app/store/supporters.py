"""What a person in the console does about a supporter; the record itself is kept by app/store/writes.py."""

from dataclasses import dataclass
from typing import Any

from app.store.database import Connection
from app.store.statements import upsert
from app.store.tables import supporter_offices


@dataclass(frozen=True, slots=True)
class Supporter:
    """A supporter of a campaign whose number was not withheld."""

    campaign_id: int
    pseudonym: str

    @property
    def key(self) -> dict[str, Any]:
        """The supporter's columns."""
        return {"campaign_id": self.campaign_id, "pseudonym": self.pseudonym}


def note_reached(connection: Connection, campaign_id: int, pseudonym: str, office_id: int, reached: bool) -> None:
    """Remember whether a supporter got through to an office; nothing of one whose number is withheld."""
    if pseudonym:
        key = {"campaign_id": campaign_id, "pseudonym": pseudonym, "office_id": office_id}
        row = {**key, "reached": reached, "bridges_on_day": 0}
        upsert(connection, supporter_offices, tuple(key), row, {"reached": reached})
