"""A campaign in a few lines, for its organizers."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.domain.campaigns import KEYED_OFFICES, Campaign, pages
from app.domain.documents import campaign_warnings, write_week
from app.domain.hours import Calendar
from app.domain.offices import Office
from app.domain.speaking import seconds_to_say
from app.services.campaigns import Published


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines of aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def summary(published: Published, now: datetime, *, default_number: str, remembers: bool) -> Iterator[str]:
    """A published campaign as lines: what it is, its offices by key, and what to look at."""
    campaign = published.document.campaign
    yield f"{campaign.slug}: {campaign.name} ({campaign.organization})"
    yield ""
    yield from columns(list(_facts(published, now, default_number, remembers)))
    yield ""
    yield from columns([("KEY", "OFFICE", "NUMBER", "HOURS"), *_offices(campaign)])
    looks = [*map(str, campaign_warnings(campaign)), *_failed(published)]
    if looks:
        yield ""
        yield "Please look at:"
        yield from (f"  {each}" for each in looks)


def last_day(campaign: Campaign, now: datetime) -> str:
    """The last day of a campaign, and whether it has passed; empty if it has none."""
    over = ", over" if campaign.is_over(now) else ""
    return f"{campaign.ends_on}{over}" if campaign.ends_on else ""


def _failed(published: Published) -> Iterator[str]:
    for office in published.document.campaign.offices:
        if office.id in published.failed:
            yield (
                f"{office.number} ({office.id}): a call to it failed, so # avoids it. Call it yourself, then: "
                f"patchline campaigns checked {published.document.campaign.slug}"
            )


def _facts(published: Published, now: datetime, default_number: str, remembers: bool) -> Iterator[tuple[str, str]]:
    campaign = published.document.campaign
    lengths = (f"{language} {seconds_to_say(text):.0f} s" for language, text in campaign.summary.items())
    yield "Number", campaign.number or f"{default_number} (the installation's)"
    yield "Status", str(published.document.status)
    yield "Last day", last_day(campaign, now) or "none: it takes calls until somebody ends it"
    yield "Version", f"{published.version}, of {published.published_at:%Y-%m-%d %H:%M} UTC"
    yield "Languages", ", ".join(campaign.languages)
    yield "Summary", ", ".join(lengths)
    yield "Caller ID", f"the {campaign.caller_id}'s number"
    yield "Time zone", campaign.time_zone
    yield "Closed", ", ".join(_closed(campaign.holidays, [day.isoformat() for day in campaign.closures]))
    yield "Memory", "supporters are remembered" if remembers else "none: the key is missing or was destroyed"


def _closed(holidays: str, closures: list[str]) -> list[str]:
    named = [f"federal holidays ({holidays})"] if holidays else []
    return [*named, *closures] or ["by weekly hours alone"]


def _offices(campaign: Campaign) -> Iterator[tuple[str, str, str, str]]:
    for turned, page in enumerate(pages(campaign)):
        for key, office in enumerate(page, start=1):
            keys = " ".join([str(KEYED_OFFICES)] * turned + [str(key)])
            yield keys, office.label(campaign.languages[0]), _number(office), _hours(office)


def _number(office: Office) -> str:
    return f"{office.number} ext. {office.extension}" if office.extension else office.number


def _hours(office: Office) -> str:
    calendar: Calendar = office.calendar
    hours = "; ".join(f"{days} {hours}" for days, hours in write_week(calendar.week).items())
    assumed = ", assumed" if office.hours_assumed else ""
    return f"{hours} ({calendar.time_zone}{assumed})"
