"""Recordings for the telephone: kept once, never changed, found by ids that nobody guesses."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from app.domain.recordings import Recording
from app.store.tables import campaigns, recordings

ID_BYTES = 16

_FACTS = (recordings.c.id, recordings.c.language, recordings.c.says, recordings.c.seconds, recordings.c.made_by)


@dataclass(frozen=True, slots=True)
class Made:
    """A recording as it is made: for which text, the sound, and who made it when."""

    language: str
    says: str
    wav: bytes
    seconds: float
    level_db: float
    made_by: str
    made_at: datetime

    @property
    def fingerprint(self) -> str:
        """What two recordings share that sound the same and were made for the same text."""
        parts = (self.wav, self.language.encode(), " ".join(self.says.split()).encode())
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def keep(connection: Connection, slug: str, made: Made) -> str | None:
    """Keep a recording and give its id; None if there is no such campaign."""
    # Locked, so that the same upload sent twice is kept once.
    of = select(campaigns.c.id).where(campaigns.c.slug == slug).with_for_update()
    campaign_id = connection.scalar(of)
    if campaign_id is None:
        return None
    same = (recordings.c.campaign_id == campaign_id, recordings.c.fingerprint == made.fingerprint)
    if found := connection.scalar(select(recordings.c.id).where(*same)):
        return str(found)
    values = {
        "id": secrets.token_hex(ID_BYTES),
        "campaign_id": campaign_id,
        "language": made.language,
        "says": made.says,
        "seconds": made.seconds,
        "level_db": made.level_db,
        "made_at": made.made_at,
        "made_by": made.made_by,
        "fingerprint": made.fingerprint,
        "wav": made.wav,
    }
    connection.execute(insert(recordings).values(values))
    return str(values["id"])


def made_of(connection: Connection, slug: str, recording_id: str) -> Made | None:
    """A recording of a campaign as it was made."""
    columns = [recordings.c[field.name] for field in fields(Made)]
    joined = recordings.join(campaigns, recordings.c.campaign_id == campaigns.c.id)
    wanted = (recordings.c.id == recording_id, campaigns.c.slug == slug)
    row = connection.execute(select(*columns).select_from(joined).where(*wanted)).mappings().first()
    return None if row is None else Made(**row)


Row = dict[str, object]
"""A recording with its sound, for another database."""


def rows_of(connection: Connection, slug: str) -> list[Row]:
    """All recordings of a campaign, whole."""
    of = select(campaigns.c.id).where(campaigns.c.slug == slug).scalar_subquery()
    rows = connection.execute(select(recordings).where(recordings.c.campaign_id == of)).mappings()
    return [dict(row) for row in rows]


def keep_rows(connection: Connection, slug: str, rows: list[Row]) -> None:
    """Keep recordings of another database, with their ids, for a campaign that exists in this one."""
    campaign_id = connection.execute(select(campaigns.c.id).where(campaigns.c.slug == slug)).scalar_one()
    connection.execute(insert(recordings), [{**row, "campaign_id": campaign_id} for row in rows])


def count(connection: Connection, slug: str) -> int:
    """How many recordings a campaign has."""
    joined = recordings.join(campaigns, recordings.c.campaign_id == campaigns.c.id)
    return connection.scalar(select(func.count()).select_from(joined).where(campaigns.c.slug == slug)) or 0


def sound(connection: Connection, recording_id: str) -> bytes | None:
    """A recording's sound, as a WAV file."""
    found = connection.scalar(select(recordings.c.wav).where(recordings.c.id == recording_id))
    return None if found is None else bytes(found)


def facts(connection: Connection, ids: Collection[str]) -> dict[str, Recording]:
    """What is known of recordings, by id; those that do not exist are left out."""
    rows = connection.execute(select(*_FACTS).where(recordings.c.id.in_(ids))) if ids else ()
    return {row.id: Recording(row.id, row.language, row.says, row.seconds, row.made_by) for row in rows}
