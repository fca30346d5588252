"""How the offices of a campaign stand now: open or not, today's calls, how they went lately, what is the matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.documents import write_week
from app.domain.draft_offices import keys_of
from app.domain.hours import closing, next_opening
from app.domain.offices import Office
from app.domain.results import LineResult
from app.services.call_log import CallLog, filters_of, open_log
from app.services.call_query import CallQuery
from app.services.desk import Desk
from app.services.figures import REACHED
from app.services.office_care import line_of
from app.store.figures import LegSum, sum_legs
from app.store.live import Trouble, troubles
from app.store.verified_offices import Verified, verified_offices

LATELY = "7-days"
"""The period of rates."""


@dataclass(frozen=True, slots=True)
class OfficeNow:
    """An office: `closes` is when an open one closes, `opens` when a closed one opens next, both in its own time.

    `today` and `week` count calls to it, `reached` and `busy` those of the week. `closed_on` are days ahead on which
    it alone is closed. `verified` is the last verification, unless its line is another one now.
    """

    office: Office
    key: str
    label: str
    local: datetime
    closes: datetime | None
    opens: datetime | None
    closed_on: Sequence[date]
    today: int
    week: int
    reached: int
    busy: int
    trouble: Trouble
    verified: Verified | None

    @property
    def hours(self) -> Mapping[str, str]:
        """The hours of its week, as they are written."""
        return write_week(self.office.calendar.week)

    @property
    def is_open(self) -> bool:
        """Whether it is open now."""
        return self.closes is not None


def read_offices(desk: Desk, slug: str) -> tuple[CallLog, list[OfficeNow]]:
    """The offices of the live version in the order of their keys; raises UnknownCampaign."""
    log, now = open_log(desk, slug), desk.clock.now()
    with desk.database.read() as connection:
        today, week = (
            sum_legs(connection, log.id, filters_of(connection, log, CallQuery.read({"when": when})))
            for when in ("today", LATELY)
        )
        trouble, verified = troubles(connection, log.id, now), verified_offices(connection, slug)
    keys = keys_of([office.id for office in log.campaign.offices])
    return log, [
        _office_now(
            log,
            office,
            keys[office.id],
            now,
            today,
            week,
            trouble.get(log.offices[office.id], Trouble()),
            verified.get(office.id),
        )
        for office in log.campaign.offices
    ]


def _office_now(
    log: CallLog,
    office: Office,
    key: str,
    now: datetime,
    today: Sequence[LegSum],
    week: Sequence[LegSum],
    trouble: Trouble,
    verified: Verified | None,
) -> OfficeNow:
    lately = [leg for leg in week if leg.office_id == log.offices[office.id]]
    closes, local = closing(office.calendar, now), office.calendar.local(now)
    is_same = verified is not None and verified.line == line_of(office.number, office.extension)
    own_closures = office.calendar.closures - frozenset(log.campaign.closures)
    return OfficeNow(
        office=office,
        key=key,
        label=office.label(log.campaign.languages[0]),
        local=local,
        closes=closes,
        opens=None if closes else next_opening(office.calendar, now),
        closed_on=sorted(day for day in own_closures if day >= local.date()),
        today=sum(leg.n for leg in today if leg.office_id == log.offices[office.id]),
        week=sum(leg.n for leg in lately),
        reached=sum(leg.n for leg in lately if leg.outcome in REACHED),
        busy=sum(leg.n for leg in lately if leg.line == LineResult.BUSY),
        trouble=trouble,
        verified=verified if is_same else None,
    )
