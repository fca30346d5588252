"""The live board of a campaign: made at most once a second in a process, however many look at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from app.domain.hours import is_open, next_opening
from app.domain.offices import Office
from app.services.call_log import CallLog, filters_of, open_log
from app.services.call_query import CallQuery
from app.services.desk import Desk
from app.services.figures import REACHED
from app.store.figures import sum_calls, sum_legs
from app.store.live import Ended, LiveCall, Trouble, calls_with_offices, count_on_line, last_ended, troubles

_SHOWN = 10
_FRESH = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Lane:
    """One office: `opens` is when a closed one opens next, in its own time."""

    label: str
    is_open: bool
    opens: datetime | None
    calls: Sequence[LiveCall]
    busy_until: datetime | None
    is_failed: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All that the board shows; who may see callers' tags, and who may not, is for the page to say."""

    name: str
    at: datetime
    zone: ZoneInfo
    on_line: int
    talking: int
    calls_today: int
    reached_today: int
    lanes: Sequence[Lane]
    ended: Sequence[Ended]

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
    """The boards of the last second, by campaign."""

    def __init__(self) -> None:
        """Start without any."""
        self._boards: dict[str, Board] = {}
        self._lock = Lock()

    def show(self, desk: Desk, slug: str) -> Board:
        """The board of a campaign; raises UnknownCampaign."""
        # Under the lock, so that whoever asks meanwhile waits for the same answer.
        with self._lock:
            now = desk.clock.now()
            board = self._boards.get(slug)
            if board is None or not board.at <= now < board.at + _FRESH:
                board = self._boards[slug] = read_board(desk, open_log(desk, slug), now)
            return board


def read_board(desk: Desk, log: CallLog, now: datetime) -> Board:
    """The board as it is now."""
    tests = log.is_demo
    with desk.database.read() as connection:
        today = filters_of(connection, log, CallQuery({"when": "today"}))
        with_offices = calls_with_offices(connection, log.id, now, tests=tests)
        trouble = troubles(connection, log.id, now)
        return Board(
            name=log.campaign.name,
            at=now,
            zone=log.zone,
            on_line=count_on_line(connection, log.id, now, tests=tests),
            talking=sum(call.is_talking for call in with_offices),
            calls_today=sum(each.n for each in sum_calls(connection, log.id, today)),
            reached_today=sum(leg.n for leg in sum_legs(connection, log.id, today) if leg.outcome in REACHED),
            lanes=[_lane(log, office, with_offices, trouble, now) for office in log.campaign.offices],
            ended=last_ended(connection, log.id, log.today, _SHOWN, tests=tests),
        )


def _lane(
    log: CallLog, office: Office, with_offices: Sequence[LiveCall], trouble: Mapping[int, Trouble], now: datetime
) -> Lane:
    number = log.offices[office.id]
    open_now = is_open(office.calendar, now)
    its = trouble.get(number, Trouble(None, is_failed=False))
    return Lane(
        label=office.label(log.campaign.languages[0]),
        is_open=open_now,
        opens=None if open_now else next_opening(office.calendar, now),
        calls=[call for call in with_offices if call.office_id == number],
        busy_until=its.busy_until,
        is_failed=its.is_failed,
    )
