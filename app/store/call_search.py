"""Finding calls by what somebody types or points at: call ids, tags, the words of notes, the calls of a supporter."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.phone_numbers import pseudonyms_of_tag
from app.store.call_log_tables import call_notes
from app.store.supporters import Supporter
from app.store.tables import calls

MOST_FOUND = 1000
"""Calls that a search finds, at most; of more, the latest."""

_LAST_DIGIT = "g"
"""Comes after every hexadecimal digit."""


def search_calls(connection: Connection, campaign_id: int, text: str) -> Sequence[int]:
    """The row numbers of calls with this id, of supporters with this tag, or with this text in a note."""
    noted = select(call_notes.c.call_id).where(
        call_notes.c.campaign_id == campaign_id,
        func.lower(call_notes.c.text).contains(text.lower(), autoescape=True),
    )
    found = set(connection.scalars(noted.order_by(call_notes.c.id.desc()).limit(MOST_FOUND)))
    found |= set(_calls(connection, campaign_id, calls.c.call_sid == text))
    if prefix := pseudonyms_of_tag(text):
        found |= set(_calls(connection, campaign_id, calls.c.pseudonym.between(prefix, prefix + _LAST_DIGIT)))
    return sorted(found)[-MOST_FOUND:]


def calls_of_supporter(connection: Connection, campaign_id: int, pseudonym: str) -> Sequence[int]:
    """The row numbers of a supporter's calls to a campaign."""
    return _calls(connection, campaign_id, calls.c.pseudonym == pseudonym)


def calls_of_same(connection: Connection, campaign_id: int, call_sid: str) -> Sequence[int]:
    """The row numbers of all calls by the supporter who made this one; of a withheld number, this one alone."""
    one = (calls.c.campaign_id == campaign_id, calls.c.call_sid == call_sid)
    row = connection.execute(select(calls.c.id, calls.c.pseudonym).where(*one)).first()
    if row is None:
        return []
    return calls_of_supporter(connection, campaign_id, row.pseudonym) if row.pseudonym else [row.id]


def supporter_of(connection: Connection, call_sid: str) -> Supporter | None:
    """Who made a call; None for a withheld number, or if there is no such call."""
    row = connection.execute(select(calls.c.campaign_id, calls.c.pseudonym).where(calls.c.call_sid == call_sid)).first()
    return Supporter(row.campaign_id, row.pseudonym) if row and row.pseudonym else None


def latest_call_of(connection: Connection, campaign_id: int, pseudonym: str) -> str | None:
    """The id of a supporter's latest call to a campaign."""
    mine = (calls.c.campaign_id == campaign_id, calls.c.pseudonym == pseudonym)
    latest = (calls.c.started_at.desc(), calls.c.id.desc())
    return connection.scalar(select(calls.c.call_sid).where(*mine).order_by(*latest).limit(1))


def _calls(connection: Connection, campaign_id: int, wanted: ColumnElement[bool]) -> Sequence[int]:
    found = select(calls.c.id).where(calls.c.campaign_id == campaign_id, wanted)
    return connection.scalars(found.order_by(calls.c.started_at.desc(), calls.c.id.desc()).limit(MOST_FOUND)).all()
