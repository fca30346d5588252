"""The campaigns that an organizer may turn to, and how each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.campaigns import CampaignStatus
from app.domain.documents import read_published
from app.domain.roles import Member
from app.services.desk import Desk
from app.store import campaign_cards as cards_store
from app.store import drafts

SPARK_DAYS = 14


@dataclass(frozen=True, slots=True)
class Card:
    """A campaign on the first page: `number` is empty for the installation's, `goal` is 0 without one.

    `by_day` are the calls of the last 14 days in order; `failed` names offices to be checked, with how many calls to
    each failed in these days; `is_unheard` says that nobody has ever called.
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
        by_day = cards_store.calls_by_day(connection, ids, since, tests=tests)
        on_line = cards_store.count_on_lines(connection, ids, now, tests=tests)
        failed = cards_store.failed_offices(connection, ids, since, tests=tests)
        asked = [row.id for row in rows if row.id not in by_day or "goal_calls" in row.body]
        so_far = cards_store.calls_so_far(connection, asked, tests=tests) if asked else {}
    return [
        _card(row, now, by_day.get(row.id, {}), so_far.get(row.id), on_line.get(row.id, 0), failed.get(row.id, {}))
        for row in rows
    ]


def _card(
    row: cards_store.Row,
    now: datetime,
    by_day: Mapping[date, int],
    so_far: int | None,
    on_line: int,
    failed: Mapping[str, int],
) -> Card:
    campaign = read_published(row.body)
    labels = {office.id: office.label(campaign.languages[0]) for office in campaign.offices}
    today = now.astimezone(ZoneInfo(campaign.time_zone)).date()
    monday = today - timedelta(days=today.weekday())
    shown = {today - timedelta(days=ago): 0 for ago in reversed(range(SPARK_DAYS))}
    return Card(
        slug=row.slug,
        name=campaign.name,
        organization=campaign.organization,
        status=row.status,
        number=campaign.number,
        on_line=on_line,
        today=by_day.get(today, 0),
        week=sum(n for day, n in by_day.items() if day >= monday),
        by_day={day: by_day.get(day, 0) for day in shown},
        goal=campaign.goal_calls,
        so_far=so_far or 0,
        is_unheard=not by_day and not so_far,
        failed={labels[slug]: n for slug, n in failed.items() if slug in labels},
    )
