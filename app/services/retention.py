"""How long what leads to supporters is kept, and erasing it when that is over; figures and totals stay as they are."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.audit import By, Deed
from app.domain.calls import LONGEST_CALL
from app.domain.clock import Clock
from app.domain.documents import read_published
from app.domain.retention import due_at, ended_at
from app.services import audit
from app.services.caller_keys import CallerKeys
from app.services.campaign_names import name_in
from app.services.desk import Desk
from app.services.erase_caller import own_id
from app.services.erase_campaign import IN_BACKGROUND, Pace, of
from app.store.blocks import forget_blocked_of
from app.store.database import Connection, Database
from app.store.organization import keep_organization, read_organization
from app.store.retention import KeptCampaign, anonymize_some, kept_campaigns

RULE = By("retention rule")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a campaign's supporters: when it ended or will end, and when what leads to them is erased.

    Both are None while nobody knows; `is_due` once that time has come.
    """

    slug: str
    name: str
    zone: ZoneInfo
    ended: datetime | None
    due: datetime | None
    is_over: bool
    is_due: bool

    @property
    def last_day(self) -> date | None:
        """The last day on which it took calls, or will; of a midnight, the day before."""
        return (self.ended - timedelta.resolution).astimezone(self.zone).date() if self.ended else None


def kept(desk: Desk) -> list[Kept]:
    """How it stands with each campaign."""
    now = desk.clock.now()
    with desk.database.read() as connection:
        days = read_organization(connection).kept_days
        return [_kept(each, days, now) for each in kept_campaigns(connection)]


def _kept(found: KeptCampaign, days: int, now: datetime) -> Kept:
    campaign = read_published(found.body)
    ended = ended_at(campaign, found.ended_at)
    due = due_at(ended, days) if ended else None
    zone, is_over = ZoneInfo(campaign.time_zone), ended is not None and ended <= now
    return Kept(found.slug, campaign.name, zone, ended, due, is_over, due is not None and due <= now)


def keep_for(desk: Desk, by: By, days: int) -> bool:
    """Change for how many days after a campaign's end it is kept; whether that changed anything."""
    with desk.database.write() as connection:
        before = read_organization(connection)
        if before.kept_days == days:
            return False
        keep_organization(connection, replace(before, kept_days=days))
        told = (
            f"{by.who} changed how long what leads to supporters is kept after a campaign's end: "
            f"{of(before.kept_days, 'day')} became {of(days, 'day')}."
        )
        audit.note(connection, desk.clock.now(), by, Deed.SETTINGS, told)
    return True


@dataclass(frozen=True, slots=True)
class Purged:
    """What was erased of a campaign: how many calls lead to nobody now, how many supporters are forgotten, the key."""

    calls: int
    supporters: int
    had_key: bool

    @property
    def words(self) -> str:
        """All of it in words."""
        key = ["the key of their pseudonyms"] if self.had_key else []
        return ", ".join([of(self.calls, "call"), of(self.supporters, "supporter"), *key])


def purge(database: Database, keys: CallerKeys, clock: Clock, pace: Pace = IN_BACKGROUND) -> dict[str, Purged]:
    """Erase a part of what leads to supporters for longer than it may, and say what; empty once there is none left."""
    now = clock.now()
    with database.read() as connection:
        days = read_organization(connection).kept_days
        due = [each for each in kept_campaigns(connection) if _kept(each, days, now).is_due]
    done = {each.slug: _purge(database, keys, clock, each, pace) for each in due}
    return {slug: gone for slug, gone in done.items() if gone != Purged(0, 0, had_key=False)}


def _purge(database: Database, keys: CallerKeys, clock: Clock, found: KeptCampaign, pace: Pace) -> Purged:
    # The key goes first: whoever calls meanwhile leaves no pseudonym either.
    gone = Purged(0, 0, keys.destroy(found.slug))
    before, is_last = clock.now() - LONGEST_CALL, False
    for step in range(pace.steps):
        with database.write() as connection:
            calls, supporters = anonymize_some(connection, found.id, before, own_id, pace.calls)
            gone = replace(gone, calls=gone.calls + calls, supporters=gone.supporters + supporters)
            is_last = max(calls, supporters) < pace.calls or step == pace.steps - 1
            if is_last:
                _finish(connection, clock, found, gone)
        if is_last:
            break
    return gone


def _finish(connection: Connection, clock: Clock, found: KeptCampaign, gone: Purged) -> None:
    forget_blocked_of(connection, found.id)
    if gone != Purged(0, 0, had_key=False):
        told = f"{RULE.who} erased what led to supporters of {name_in(connection, found.slug)}: {gone.words}."
        audit.note(connection, clock.now(), RULE, Deed.ERASURE, told, found.slug)
