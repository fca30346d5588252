"""What can be dialed on the phone in the browser: the campaigns with their offices, and a good time to call."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.campaigns import Campaign
from app.domain.hours import is_open
from app.services.campaigns import list_campaigns, show_campaign
from app.store.database import Database

Json = dict[str, object]

_TEN_O_CLOCK = 10
# The demo is about a week of its own time; every other campaign is rehearsed as of its next open morning, or as of its
# last one if it is over.
_DEMO, _DEMO_MORNING = "honduras-2017", "2017-12-19T10:00"
_DAYS_AHEAD = 14


def world(database: Database, default_number: str, now: datetime) -> Json:
    """All campaigns, as the page offers them; `now` is UTC."""
    campaigns = [show_campaign(database, listed.slug).document.campaign for listed in list_campaigns(database)]
    return {"campaigns": [_campaign(campaign, default_number, now) for campaign in campaigns]}


def _campaign(campaign: Campaign, default_number: str, now: datetime) -> Json:
    language = campaign.languages[0]
    return {
        "slug": campaign.slug,
        "name": campaign.name,
        "number": campaign.number or default_number,
        "zone": campaign.time_zone,
        "default_at": _DEMO_MORNING if campaign.slug == _DEMO else _open_morning(campaign, now),
        "offices": [{"name": office.label(language), "number": office.number} for office in campaign.offices],
    }


def _open_morning(campaign: Campaign, now: datetime) -> str:
    zone = ZoneInfo(campaign.time_zone)
    first = now.astimezone(zone).replace(hour=_TEN_O_CLOCK, minute=0, second=0, microsecond=0)
    step = timedelta(days=1)
    if campaign.ends_on and campaign.is_over(first):
        first, step = datetime.combine(campaign.ends_on, first.timetz()), -step
    days = [first + step * day for day in range(_DAYS_AHEAD)]
    mornings = [morning for morning in days if not campaign.is_over(morning)]
    opened = (m for m in mornings if any(is_open(o.calendar, m.astimezone(UTC)) for o in campaign.offices))
    return next(opened, first).strftime("%Y-%m-%dT%H:%M")
