"""Writing out exactly the calls that a page of the log shows; the audit says who, how many and by which filters."""

from collections.abc import Iterator
from dataclasses import replace

from app.domain.audit import By, Deed
from app.services import audit
from app.services.call_log import CallLog, count_calls, filters_of
from app.services.call_query import CallQuery
from app.services.desk import Desk
from app.services.export_calls import ExportFormat, write_calls
from app.store.call_log_counts import matching_days
from app.store.call_log_pages import Way, find_page
from app.store.export import CallRow, some_calls

_PAGE = 500


def export_log(desk: Desk, by: By, log: CallLog, query: CallQuery, form: ExportFormat, asked: str) -> Iterator[str]:
    """The calls that are wanted, oldest first, as pieces of text; `asked` says in words which these are."""
    counted = count_calls(desk, log, query)
    number = f"{counted.n} calls" if counted.is_exact else f"at least {counted.n} calls"
    sentence = f"{by.who} exported {number} of {log.campaign.slug} ({asked or 'all'})."
    audit.note_alone(desk, by, Deed.EXPORT, sentence, log.campaign.slug)
    return write_calls(_rows(desk, log, query), form)


def _rows(desk: Desk, log: CallLog, query: CallQuery) -> Iterator[CallRow]:
    with desk.database.read() as connection:
        filters = filters_of(connection, log, query)
        days = matching_days(connection, log.id, filters) if filters.only is None else None
    way: Way | None = Way(backwards=True)
    while way:
        # Each page in a transaction of its own, so that a slow reader holds nothing back.
        with desk.database.read() as connection:
            found = find_page(connection, log.id, filters, days, way, _PAGE)
            rows = some_calls(connection, [place.call_id for place in found.places])
        yield from rows
        way = replace(way, after=found.goes_on) if found.goes_on else None
