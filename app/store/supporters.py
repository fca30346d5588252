"""What is remembered of a supporter within a campaign, by pseudonym; nothing of one whose number is withheld."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, case, or_

from app.store.statements import Values, upsert
from app.store.tables import supporter_offices, supporters


@dataclass(frozen=True, slots=True)
class Supporter:
    """A supporter of a campaign; the pseudonym is empty for a withheld number, of which nothing is ever kept."""

    campaign_id: int
    pseudonym: str

    @property
    def key(self) -> dict[str, Any]:
        """The supporter's columns."""
        return {"campaign_id": self.campaign_id, "pseudonym": self.pseudonym}


def count_call(connection: Connection, supporter: Supporter, language: str, at: datetime) -> None:
    """Count one more call of a supporter."""
    later = case((supporters.c.last_call_at < at, at), else_=supporters.c.last_call_at)
    changes = {"calls": supporters.c.calls + 1, "last_call_at": later}
    _keep(connection, supporter, {"language": language, "patient": False, "last_call_at": at}, changes)


def prefer(connection: Connection, supporter: Supporter, language: str, patient: bool, at: datetime) -> None:
    """Remember the language and patient mode that a supporter chose."""
    chosen = {"language": language, "patient": patient}
    _keep(connection, supporter, {**chosen, "last_call_at": at}, chosen)


def note_try(connection: Connection, supporter: Supporter, office_id: int, at: datetime) -> None:
    """Remember when a supporter last tried an office."""
    known = supporter_offices.c.tried_at
    later = case((or_(known.is_(None), known < at), at), else_=known)
    _keep_office(connection, supporter, office_id, {"tried_at": at}, {"tried_at": later})


def note_bridge(connection: Connection, supporter: Supporter, office_id: int, day: date, told: bool) -> None:
    """Count one more bridge on a day in the campaign's zone, and the office as reached unless the caller has told."""
    on_day, bridges = supporter_offices.c.day, supporter_offices.c.bridges_on_day
    reached = {} if told else {"reached": True}
    changes = {
        "bridges_on_day": case((on_day == day, bridges + 1), (on_day > day, bridges), else_=1),
        "day": case((on_day > day, on_day), else_=day),
    }
    values = {"bridges_on_day": 1, "day": day}
    _keep_office(connection, supporter, office_id, {**values, **reached}, {**changes, **reached})


def note_reached(connection: Connection, supporter: Supporter, office_id: int, reached: bool) -> None:
    """Remember whether a supporter got through to an office, as they told."""
    _keep_office(connection, supporter, office_id, {"reached": reached}, {"reached": reached})


def _keep(connection: Connection, supporter: Supporter, values: Values, changes: Values) -> None:
    if supporter.pseudonym:
        row = {**supporter.key, "calls": 1, **values}
        upsert(connection, supporters, tuple(supporter.key), row, changes)


def _keep_office(connection: Connection, supporter: Supporter, office_id: int, values: Values, changes: Values) -> None:
    if supporter.pseudonym:
        key = {**supporter.key, "office_id": office_id}
        row = {**key, "reached": False, "bridges_on_day": 0, **values}
        upsert(connection, supporter_offices, tuple(key), row, changes)
