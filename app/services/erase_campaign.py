"""Erasing all that was recorded of a campaign that is over, as docs/privacy.md says it; it cannot be undone.

It is done in short transactions, so that calls of other campaigns never wait for it. What is to go is marked first: a
process that dies leaves the rest to the next one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.audit import By, Deed
from app.domain.campaigns import Campaign, CampaignStatus
from app.domain.clock import Clock
from app.services import audit
from app.services.caller_keys import CallerKeys
from app.services.campaign_names import name_in
from app.services.campaigns import show_campaign
from app.services.desk import Desk
from app.store.call_log_campaigns import campaign_id
from app.store.campaign_erasure import Erasing, Recorded, begin, count_left, end, erase_some, recorded, under_way
from app.store.database import Connection, Database
from app.store.live import count_on_line


@dataclass(frozen=True, slots=True)
class Pace:
    """How many calls are erased in one transaction, and after how many of these others have their turn."""

    calls: int = 100
    steps: int = 20


IN_BACKGROUND = Pace()
WHILE_SOMEBODY_WAITS = Pace(steps=4)


class NotErasable(Exception):
    """The record of a campaign cannot be erased now; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """What there is of a campaign; `obstacle` says why it cannot be erased now, `left` is what is still to go."""

    campaign: Campaign
    recorded: Recorded
    obstacle: str
    erasing: Erasing | None
    left: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is recorded of it."""
        return not self.recorded.calls and not self.recorded.supporters

    @property
    def words(self) -> tuple[str, ...]:
        """How much there is of each, in words."""
        return tuple(words_of(self.recorded))


def read_record(desk: Desk, slug: str) -> Record:
    """What was recorded of a campaign; raises UnknownCampaign."""
    published = show_campaign(desk.database, slug)
    campaign, now = published.document.campaign, desk.clock.now()
    with desk.database.read() as connection:
        number = campaign_id(connection, slug)
        erasing = next((each for each in under_way(connection) if each.campaign_id == number), None)
        on_line = count_on_line(connection, number, now, tests=True)
        is_over = published.document.status is CampaignStatus.ENDED or campaign.is_over(now)
        return Record(
            campaign=campaign,
            recorded=recorded(connection, number),
            obstacle=_obstacle(is_over=is_over, on_line=on_line),
            erasing=erasing,
            left=count_left(connection, erasing) if erasing else 0,
        )


def erase_campaign(desk: Desk, keys: CallerKeys, by: By, slug: str, pace: Pace = WHILE_SOMEBODY_WAITS) -> bool:
    """Begin to erase all that was recorded of a campaign and do the first part of it; whether any is left.

    Raises NotErasable and UnknownCampaign; nothing is begun if somebody has done so already, or there is nothing.
    """
    record, now = read_record(desk, slug), desk.clock.now()
    if record.obstacle:
        raise NotErasable(record.obstacle)
    with desk.database.write() as connection:
        if not record.is_empty and begin(connection, campaign_id(connection, slug), by.who, now):
            gone = ", ".join(words_of(record.recorded))
            told = f"{by.who} had everything erased that was recorded of {name_in(connection, slug)}: {gone}."
            audit.note(connection, now, by, Deed.ERASURE, told, slug)
    return go_on_erasing(desk.database, keys, desk.clock, pace)


def go_on_erasing(database: Database, keys: CallerKeys, clock: Clock, pace: Pace = IN_BACKGROUND) -> bool:
    """Do the next part of every erasure that was begun, by this process or another; whether any is left."""
    with database.read() as connection:
        erasing = under_way(connection)
    # Before the calls: whoever calls meanwhile leaves no pseudonym either.
    for each in erasing:
        keys.destroy(each.slug)
    return sum(_go_on(database, clock, each, pace) for each in erasing) > 0


def _go_on(database: Database, clock: Clock, erasing: Erasing, pace: Pace) -> bool:
    for _ in range(pace.steps):
        with database.write() as connection:
            if not erase_some(connection, erasing, pace.calls):
                _end(connection, clock, erasing)
                return False
    return True


def _end(connection: Connection, clock: Clock, erasing: Erasing) -> None:
    if end(connection, erasing):
        calls, name = of(erasing.calls, "call"), name_in(connection, erasing.slug)
        told = f"{erasing.asked_by} has what was recorded of {name} erased now: {calls} and all that belonged to them."
        audit.note(connection, clock.now(), By(erasing.asked_by), Deed.ERASURE, told, erasing.slug)


def words_of(gone: Recorded) -> Iterator[str]:
    """How much was recorded, in words; what there is none of is left out, but for the calls."""
    yield of(gone.calls, "call")
    parts = (
        (gone.office_calls, "call to an office", "calls to offices"),
        (gone.supporters, "supporter who is remembered", "supporters who are remembered"),
        (gone.notes, "note on a call", "notes on calls"),
        (gone.tags, "tag on a call", "tags on calls"),
        (gone.corrections, "correction of an outcome", "corrections of outcomes"),
    )
    yield from (of(*part) for part in parts if part[0])


def of(number: int, one: str, more: str = "") -> str:
    """A number of things in words."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def _obstacle(*, is_over: bool, on_line: int) -> str:
    if not is_over:
        return "It still takes calls: archive it first, or wait until its last day has passed."
    if on_line:
        are = "1 caller is" if on_line == 1 else f"{on_line} callers are"
        return f"{are} on the line. Wait until their calls are over, then erase."
    return ""
