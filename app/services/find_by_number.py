"""Finding a supporter's calls by the number they tell: it becomes a pseudonym at once, and is kept nowhere."""

from datetime import datetime, timedelta

from app.domain.audit import By, Deed
from app.domain.phone_numbers import RawNumber
from app.logs import get_logger
from app.services import audit
from app.services.call_log import CallLog
from app.services.caller_keys import CallerKeys
from app.services.campaign_names import name_in
from app.services.desk import Desk
from app.store.call_search import latest_call_of
from app.store.database import Connection
from app.store.look_ups import deeds_since

_log = get_logger(__name__)

MOST_AN_HOUR = 20
_HOUR = timedelta(hours=1)
_SHORTEST_REASON = 3
_LONGEST_REASON = 300


class TooManyLookUps(Exception):
    """The organizer has looked up as many numbers as an hour allows."""


class NoMemory(LookupError):
    """The campaign's key is destroyed or missing: no number leads to a call any more."""


def read_reason(text: str) -> str:
    """Why a number is looked up; raises ValueError for what is none."""
    reason = " ".join(text.split())
    if len(reason) < _SHORTEST_REASON:
        raise ValueError("Say why, such as 'Asked us which offices they had called'.")
    if len(reason) > _LONGEST_REASON:
        raise ValueError(f"The reason has {len(reason)} characters; {_LONGEST_REASON} are the most.")
    return reason


def find_by_number(desk: Desk, keys: CallerKeys, log: CallLog, by: By, number: RawNumber, reason: str) -> str | None:
    """The id of the supporter's latest call, or None; the look-up is audited whatever comes of it.

    Raises TooManyLookUps and NoMemory.
    """
    slug, now = log.campaign.slug, desk.clock.now()
    key = keys.key(slug)
    with desk.database.write() as connection:
        is_too_many = note_look_up(connection, now, by, name_in(connection, slug), reason, slug)
        found = None if is_too_many or key is None else latest_call_of(connection, log.id, number.pseudonym(key))
    if is_too_many:
        raise TooManyLookUps
    if key is None:
        raise NoMemory
    return found


def note_look_up(connection: Connection, now: datetime, by: By, where: str, reason: str, slug: str = "") -> bool:
    """Keep that somebody looks for a number, and say whether that is more often than an hour allows."""
    # The audit comes first: its lock makes two look-ups at once count one after the other.
    told = f"{by.who} looked for the calls of a number in {where}."
    audit.note(connection, now, by, Deed.SEARCH, told, slug, reason)
    is_too_many = deeds_since(connection, by.who, Deed.SEARCH, now - _HOUR) > MOST_AN_HOUR
    if is_too_many:
        _log.warning("look_ups_exceeded", campaign=slug)
    return is_too_many
