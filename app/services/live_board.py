"""The live board of a campaign: read when something has happened, at most once a second, however many look at it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from app.domain.call_filters import CallFilters
from app.domain.hours import closing, is_open, next_opening
from app.domain.offices import Office
from app.services.call_log import CallLog, filters_of, open_log
from app.services.call_query import CallQuery
from app.services.closing_day import Closing, closing_of
from app.services.desk import Desk
from app.services.figures import REACHED
from app.store.database import Connection, StoreUnavailable
from app.store.figures import sum_calls, sum_legs
from app.store.live import (
    Ended,
    LiveCall,
    Trouble,
    Waiting,
    begun_by_minute,
    calls_in_menu,
    calls_with_offices,
    count_on_line,
    last_ended,
    troubles,
)
from app.store.live_pulse import Pulse, pulse

MINUTES = 60
"""How far back the bars go."""

_SHOWN_ENDED = 10
_SHOWN_IN_MENU = 24
_FRESH = timedelta(seconds=1)
# Offices open and rests end without anything happening in the record.
_OLDEST = timedelta(seconds=5)
_MOST_WAIT_S = 2.5


@dataclass(frozen=True, slots=True)
class Lane:
    """One office: `closes` is when an open one closes, `opens` when a closed one opens next, both in its own time."""

    label: str
    is_open: bool
    closes: datetime | None
    opens: datetime | None
    calls: Sequence[LiveCall]
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Board:
    """All that the board shows; who may see callers' tags, and who may not, is for the page to say.

    `in_menu` are the latest of those who are on with no office. `goal` and `so_far` are calls; both are 0 without a
    goal. `closing` is about its last day, if it has one. `minutes` are the calls begun in each of the last 60 minutes,
    the latest last.
    """

    name: str
    at: datetime
    zone: ZoneInfo
    on_line: int
    talking: int
    with_offices: int
    calls_today: int
    reached_today: int
    goal: int
    so_far: int
    closing: Closing | None
    lanes: Sequence[Lane]
    in_menu: Sequence[Waiting]
    ended: Sequence[Ended]
    minutes: Sequence[int]

    @property
    def waiting(self) -> int:
        """How many are on the line without an office."""
        return max(self.on_line - self.with_offices, 0)

    @property
    def is_quiet(self) -> bool:
        """Whether nobody is on the line."""
        return not self.on_line

    @property
    def first_opening(self) -> datetime | None:
        """When the first office opens, where all of them are closed."""
        if any(lane.is_open for lane in self.lanes):
            return None
        return min((lane.opens for lane in self.lanes if lane.opens), default=None)


class LiveBoards:
    """The boards as they were read last, by campaign."""

    def __init__(self) -> None:
        """Start without any."""
        self._boards: dict[str, tuple[Pulse, Board]] = {}
        self._felt: tuple[datetime, Pulse] | None = None
        self._lock = Lock()

    def show(self, desk: Desk, slug: str) -> Board:
        """The board of a campaign, the same one while nothing happens; raises UnknownCampaign, StoreUnavailable."""
        # Whoever asks meanwhile waits for the same answer.
        with self._in_turn():
            now = desk.clock.now()
            felt = self._feel(desk, now)
            known = self._boards.get(slug)
            if known is None or known[0] != felt or not known[1].at <= now < known[1].at + _OLDEST:
                known = self._boards[slug] = felt, read_board(desk, open_log(desk, slug), now)
            return known[1]

    def _feel(self, desk: Desk, now: datetime) -> Pulse:
        if self._felt is None or not self._felt[0] <= now < self._felt[0] + _FRESH:
            with desk.database.read() as connection:
                self._felt = now, pulse(connection, now)
        return self._felt[1]

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=_MOST_WAIT_S):
            raise StoreUnavailable("The live board waits for the database; it is too slow.")
        try:
            yield
        finally:
            self._lock.release()


def read_board(desk: Desk, log: CallLog, now: datetime) -> Board:
    """The board as it is now."""
    tests = log.is_demo
    with desk.database.read() as connection:
        today = filters_of(connection, log, CallQuery({"when": "today"}))
        with_offices = calls_with_offices(connection, log.id, now, tests=tests)
        busy_sids = [call.call_sid for call in with_offices]
        trouble = troubles(connection, log.id, now)
        return Board(
            name=log.campaign.name,
            at=now,
            zone=log.zone,
            on_line=count_on_line(connection, log.id, now, tests=tests),
            talking=sum(call.is_talking for call in with_offices),
            with_offices=len(with_offices),
            calls_today=_sum(connection, log, today),
            reached_today=sum(leg.n for leg in sum_legs(connection, log.id, today) if leg.outcome in REACHED),
            goal=log.campaign.goal_calls,
            so_far=_sum(connection, log, CallFilters(tests=tests)) if log.campaign.goal_calls else 0,
            closing=closing_of(log.campaign, now),
            lanes=[_lane(log, office, with_offices, trouble, now) for office in log.campaign.offices],
            in_menu=calls_in_menu(connection, log.id, now, busy_sids, _SHOWN_IN_MENU, tests=tests),
            ended=last_ended(connection, log.id, log.today, _SHOWN_ENDED, tests=tests),
            minutes=_minutes(connection, log, now),
        )


def _sum(connection: Connection, log: CallLog, filters: CallFilters) -> int:
    return sum(each.n for each in sum_calls(connection, log.id, filters))


def _minutes(connection: Connection, log: CallLog, now: datetime) -> list[int]:
    first = now.replace(second=0, microsecond=0) - timedelta(minutes=MINUTES - 1)
    begun = begun_by_minute(connection, log.id, first, tests=log.is_demo)
    return [begun.get(first + timedelta(minutes=minute), 0) for minute in range(MINUTES)]


def _lane(
    log: CallLog, office: Office, with_offices: Sequence[LiveCall], trouble: Mapping[int, Trouble], now: datetime
) -> Lane:
    number = log.offices[office.id]
    open_now = is_open(office.calendar, now)
    return Lane(
        label=office.label(log.campaign.languages[0]),
        is_open=open_now,
        closes=closing(office.calendar, now),
        opens=None if open_now else next_opening(office.calendar, now),
        calls=[call for call in with_offices if call.office_id == number],
        trouble=trouble.get(number, Trouble()),
    )
