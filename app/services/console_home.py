"""The campaigns that an organizer may turn to, and how each of them stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.campaigns import Campaign, CampaignStatus
from app.domain.documents import read_published
from app.domain.roles import Member
from app.flow.summary import WITH_SUMMARY
from app.services.closing_day import Closing, closing_of
from app.services.desk import Desk
from app.services.figures_alerts import Alert, OfficeTrouble, alerts_of_offices, alerts_of_summary
from app.store import campaign_cards as cards_store
from app.store import drafts
from app.store.live import Trouble

SPARK_DAYS = 14


@dataclass(frozen=True, slots=True)
class Card:
    """A campaign on the first page: `number` is empty for the installation's, `goal` is 0 without one.

    `by_day` are the calls of the last 14 days in order; `failed` names offices to be checked, with how many calls to
    each failed in these days, and `alerts` is what else there is to look at; `is_unheard` says that nobody has ever
    called.
    """

    slug: str
    name: str
    organization: str
    status: CampaignStatus
    number: str
    on_line: int
    today: int
    week: int
    by_day: Mapping[date, int]
    goal: int
    so_far: int
    is_unheard: bool
    failed: Mapping[str, int]
    alerts: Sequence[Alert]
    zone: ZoneInfo
    closing: Closing | None

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that is shown: the last one is today, in the campaign's zone."""
        return min(self.by_day), max(self.by_day)

    @property
    def takes_calls(self) -> bool:
        """Whether callers are let in: not while it is paused, and not once somebody or its last day has ended it."""
        return self.status is CampaignStatus.LIVE and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.closing is not None and self.closing.is_over


def was_published(desk: Desk, slug: str) -> bool | None:
    """Whether callers hear a campaign, or it is a draft alone; None if there is no such campaign."""
    with desk.database.read() as connection:
        return drafts.was_published(connection, slug)


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A campaign that is a draft alone, and has no calls."""

    slug: str
    name: str


def reachable_drafts(desk: Desk, member: Member) -> list[DraftCard]:
    """The campaigns that an organizer reaches and that were never published."""
    with desk.database.read() as connection:
        found = [draft for draft in drafts.unpublished(connection) if member.reaches(draft.slug)]
    return [DraftCard(draft.slug, str(draft.body.get("name") or draft.slug)) for draft in found]


def campaign_cards(desk: Desk, member: Member) -> list[Card]:
    """How each campaign stands that an organizer reaches; a demo's simulated calls count."""
    now, tests = desk.clock.now(), desk.is_demo
    # A day more than is shown: in some zones it is still yesterday.
    since = now.date() - timedelta(days=SPARK_DAYS)
    with desk.database.read() as connection:
        rows = [row for row in cards_store.published(connection) if member.reaches(row.slug)]
        ids = [row.id for row in rows]
        sums = _Sums(
            by_day=cards_store.calls_by_day(connection, ids, since, tests=tests),
            on_line=cards_store.count_on_lines(connection, ids, now, tests=tests),
            failed=cards_store.failed_calls(connection, ids, since, tests=tests),
            troubles=cards_store.office_troubles(connection, ids, now),
            hung_up=cards_store.hung_up(connection, ids, WITH_SUMMARY, since, tests=tests),
        )
        asked = [row.id for row in rows if row.id not in sums.by_day or "goal_calls" in row.body]
        so_far = cards_store.calls_so_far(connection, asked, tests=tests) if asked else {}
    return [_card(row, now, sums, so_far.get(row.id)) for row in rows]


@dataclass(frozen=True, slots=True)
class _Sums:
    """What is known of all campaigns, by their row numbers."""

    by_day: Mapping[int, Mapping[date, int]]
    on_line: Mapping[int, int]
    failed: Mapping[int, Mapping[str, int]]
    troubles: Sequence[cards_store.OfficeRow]
    hung_up: Mapping[int, tuple[int, int]]


def _card(row: cards_store.Row, now: datetime, sums: _Sums, so_far: int | None) -> Card:
    campaign, by_day = read_published(row.body), sums.by_day.get(row.id, {})
    zone = ZoneInfo(campaign.time_zone)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    offices = _offices(row, campaign, sums)
    return Card(
        slug=row.slug,
        name=campaign.name,
        organization=campaign.organization,
        status=row.status,
        number=campaign.number,
        on_line=sums.on_line.get(row.id, 0),
        today=by_day.get(today, 0),
        week=sum(n for day, n in by_day.items() if day >= monday),
        by_day={day: by_day.get(day, 0) for day in _days(today)},
        goal=campaign.goal_calls,
        so_far=so_far or 0,
        is_unheard=not by_day and not so_far,
        failed={office.label: office.failed for office in offices if office.trouble.is_failed},
        alerts=_alerts(campaign, offices, *sums.hung_up.get(row.id, (0, 0))),
        zone=zone,
        closing=closing_of(campaign, now),
    )


def _days(today: date) -> list[date]:
    return [today - timedelta(days=ago) for ago in reversed(range(SPARK_DAYS))]


def _offices(row: cards_store.Row, campaign: Campaign, sums: _Sums) -> list[OfficeTrouble]:
    found = {each.slug: each.trouble for each in sums.troubles if each.campaign_id == row.id}
    failed = sums.failed.get(row.id, {})
    return [
        OfficeTrouble(
            office.id, office.label(campaign.languages[0]), failed.get(office.id, 0), found.get(office.id, Trouble())
        )
        for office in campaign.offices
    ]


def _alerts(campaign: Campaign, offices: Sequence[OfficeTrouble], lost: int, over: int) -> list[Alert]:
    # Offices that # avoids are told apart from these, because something is to be done about them.
    others = [office for office in offices if not office.trouble.is_failed]
    return [*alerts_of_offices(others), *alerts_of_summary(campaign, lost, over)]
