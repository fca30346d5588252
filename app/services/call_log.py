"""The call log of a campaign: a page of it, how many calls there are, and what would be nearest to nothing found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from app.domain.call_filters import CallFilters
from app.domain.campaigns import Campaign
from app.services.call_query import CallQuery
from app.services.campaigns import show_campaign
from app.services.desk import Desk
from app.store.call_log_campaigns import campaign_id, office_ids
from app.store.call_log_counts import Total, matching_days, total
from app.store.call_log_pages import Found, Place, Way, count_found, find_page
from app.store.call_log_rows import CallLine, call_lines
from app.store.call_search import MOST_FOUND, calls_of_same, search_calls
from app.store.call_tags import calls_with_tag, tags_in_use
from app.store.database import Connection

PAGE = 50


@dataclass(frozen=True, slots=True)
class CallLog:
    """The log of one campaign; `offices` are row numbers by slug, `labels` their names."""

    id: int
    campaign: Campaign
    offices: Mapping[str, int]
    labels: Mapping[str, str]
    today: date
    is_demo: bool
    tags: Sequence[str] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The campaign's zone, in which days and times are told."""
        return ZoneInfo(self.campaign.time_zone)


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log, the latest call first; `newer` and `older` are where the pages beside it begin."""

    lines: list[CallLine]
    total: Total
    newer: Place | None
    older: Place | None
    gave_up: bool


def open_log(desk: Desk, slug: str) -> CallLog:
    """The log of a campaign; raises UnknownCampaign."""
    campaign = show_campaign(desk.database, slug).document.campaign
    with desk.database.read() as connection:
        row_number = campaign_id(connection, slug)
        ids, labels = office_ids(connection, row_number)
        tags = tags_in_use(connection, row_number)
    today = desk.clock.now().astimezone(ZoneInfo(campaign.time_zone)).date()
    return CallLog(row_number, campaign, ids, labels, today, desk.is_demo, tags)


def log_page(desk: Desk, log: CallLog, query: CallQuery, way: Way, *, with_keys: bool = False) -> LogPage:
    """The page of what is wanted that lies on the way; the keys that callers pressed are read `with_keys` alone."""
    with desk.database.read() as connection:
        filters = filters_of(connection, log, query)
        days = matching_days(connection, log.id, filters, legs=way.legs) if filters.only is None else None
        found = find_page(connection, log.id, filters, days, way, PAGE)
        counted = _total(connection, log, filters, way)
        newer, older = _beside(found, way)
        places = found.places[::-1] if way.backwards else found.places
        return LogPage(call_lines(connection, places, with_keys=with_keys), counted, newer, older, found.gave_up)


def latest_calls(desk: Desk, log: CallLog, most: int) -> list[CallLine]:
    """The calls that began last, the latest first."""
    with desk.database.read() as connection:
        filters = filters_of(connection, log, CallQuery({}))
        days = matching_days(connection, log.id, filters)
        return call_lines(connection, find_page(connection, log.id, filters, days, Way(), most).places)


def count_calls(desk: Desk, log: CallLog, query: CallQuery, *, legs: bool = False) -> Total:
    """How many calls, or with `legs` office calls, are wanted."""
    with desk.database.read() as connection:
        return _total(connection, log, filters_of(connection, log, query), Way(legs=legs))


def nearest(desk: Desk, log: CallLog, query: CallQuery) -> tuple[str, Total] | None:
    """Where nothing is found: the wish without which the fewest calls are, and how many."""
    counted = ((name, count_calls(desk, log, CallQuery(query.without(name)))) for name in query.wishes)
    return min(((name, n) for name, n in counted if n.n), key=lambda each: each[1].n, default=None)


def filters_of(connection: Connection, log: CallLog, query: CallQuery) -> CallFilters:
    """The filters of what is wanted, with what a search finds."""
    filters = query.filters(log.offices, log.today)
    if log.is_demo:
        # In a demo every call is simulated.
        filters = replace(filters, demo=True)
    found = [
        set(find(connection, log.id, query.wishes[name]))
        for name, find in (("q", search_calls), ("same", calls_of_same), ("tag", calls_with_tag))
        if name in query.wishes
    ]
    return replace(filters, only=sorted(set.intersection(*found))) if found else filters


def _total(connection: Connection, log: CallLog, filters: CallFilters, way: Way) -> Total:
    if filters.only is not None:
        return Total(count_found(connection, log.id, filters, way), is_exact=len(filters.only) < MOST_FOUND)
    days = matching_days(connection, log.id, filters, legs=way.legs)
    return total(connection, log.id, filters, days, legs=way.legs)


def _beside(found: Found, way: Way) -> tuple[Place | None, Place | None]:
    first = found.places[0] if found.places else way.after
    return (found.goes_on, first) if way.backwards else (way.after and first, found.goes_on)
