"""Writing out exactly the calls that a page of the log shows; the audit says who, how many and by which filters."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Lock
from weakref import WeakValueDictionary

from app.domain.audit import By, Deed
from app.services import audit
from app.services.call_log import CallLog, count_calls, filters_of
from app.services.call_query import CallQuery
from app.services.campaign_names import name_in
from app.services.desk import Desk
from app.services.export_calls import ExportFormat, write_calls
from app.store.call_log_counts import matching_days
from app.store.call_log_pages import Way, find_page
from app.store.export import CallRow, some_calls, some_legs
from app.store.look_ups import deeds_since

_PAGE = 500
MOST_AT_ONCE = 4
MOST_AN_HOUR = 30
_HOUR = timedelta(hours=1)


class TooManyExports(Exception):
    """The member has an export under way, has exported often enough, or the process has too many at once."""


class Export(Iterator[str]):
    """An export's pieces of text; it holds one of the process's places until it is read or closed."""

    def __init__(self, who: str, pieces: Iterator[str]) -> None:
        """Take a place; raises TooManyExports."""
        self._who = who
        self._pieces = pieces
        with _turn:
            if who in _running:
                raise TooManyExports("An export of yours is under way. Let it end, or stop it, and export again.")
            if len(_running) >= MOST_AT_ONCE:
                raise TooManyExports(f"{MOST_AT_ONCE} exports are under way, which is the most. Wait a minute.")
            _running[who] = self

    def __next__(self) -> str:
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give the place back; doing it again does nothing."""
        with _turn:
            if _running.get(self._who) is self:
                del _running[self._who]


# A slow reader holds one of the server's threads. Weakly, so that a place is never lost with a response that fails.
_running: WeakValueDictionary[str, Export] = WeakValueDictionary()
_turn = Lock()


def export_log(
    desk: Desk, by: By, log: CallLog, query: CallQuery, form: ExportFormat, asked: str, *, legs: bool = False
) -> Export:
    """The calls that are wanted, or with `legs` the office calls, oldest first; `asked` says in words which these are.

    Raises TooManyExports.
    """
    export = Export(by.who, write_calls(_rows(desk, log, query, legs=legs), form))
    try:
        counted = count_calls(desk, log, query, legs=legs)
        number = f"{'' if counted.is_exact else 'at least '}{counted.n} {'office calls' if legs else 'calls'}"
        _note(desk, by, number, asked, log.campaign.slug)
    except BaseException:
        export.close()
        raise
    return export


def _note(desk: Desk, by: By, number: str, asked: str, slug: str) -> None:
    now = desk.clock.now()
    with desk.database.write() as connection:
        if deeds_since(connection, by.who, Deed.EXPORT, now - _HOUR) >= MOST_AN_HOUR:
            raise TooManyExports(f"You have exported {MOST_AN_HOUR} times within an hour. Wait a while.")
        told = f"{by.who} exported {number} of {name_in(connection, slug)} ({asked or 'all'})."
        audit.note(connection, now, by, Deed.EXPORT, told, slug)


def _rows(desk: Desk, log: CallLog, query: CallQuery, *, legs: bool) -> Iterator[CallRow]:
    with desk.database.read() as connection:
        filters = filters_of(connection, log, query)
        days = matching_days(connection, log.id, filters, legs=legs) if filters.only is None else None
    way: Way | None = Way(backwards=True, legs=legs)
    while way:
        # Each page in a transaction of its own, so that a slow reader holds nothing back.
        with desk.database.read() as connection:
            found = find_page(connection, log.id, filters, days, way, _PAGE)
            if legs:
                rows = some_legs(connection, [(place.call_id, place.leg_id) for place in found.places])
            else:
                rows = some_calls(connection, [place.call_id for place in found.places])
        yield from rows
        way = replace(way, after=found.goes_on) if found.goes_on else None
