"""The campaigns that take calls: their keys, their offices, and what an organizer should look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.clock import Clock
from app.domain.documents import campaign_warnings
from app.services.caller_keys import CallerKeys
from app.services.campaigns import live_campaigns, show_campaign
from app.services.doctor.finding import Finding, look, ok
from app.store.database import Database


@dataclass(frozen=True, slots=True)
class Live:
    """A campaign that takes calls."""

    slug: str
    has_key: bool = True
    failed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def look_at_campaigns(database: Database, keys: CallerKeys, clock: Clock) -> list[Live]:
    """The campaigns that take calls; raises StoreUnavailable."""
    return [_live(database, keys, campaign.slug) for campaign in live_campaigns(database, clock)]


def _live(database: Database, keys: CallerKeys, slug: str) -> Live:
    shown = show_campaign(database, slug)
    warnings = tuple(map(str, campaign_warnings(shown.document.campaign)))
    return Live(slug, keys.key(slug) is not None, tuple(sorted(shown.failed)), warnings)


def judge_campaigns(campaigns: Sequence[Live]) -> Iterator[Finding]:
    """Each live campaign."""
    if not campaigns:
        remedy = "Open one: patchline campaigns status SLUG live; if its last day has passed, give it a later one."
        yield look("No campaign takes calls.", remedy)
    for campaign in campaigns:
        found = list(_judge(campaign))
        yield from found or [ok(f"{campaign.slug}: its key is there, and nothing in it needs a look.")]


def _judge(campaign: Live) -> Iterator[Finding]:
    slug = campaign.slug
    if not campaign.has_key:
        yield look(
            f"{slug}: its supporters are not remembered: the key in keys/{slug}.key is missing or was destroyed.",
            "If nobody destroyed it on purpose, restore the keys folder from its backup.",
        )
    for office in campaign.failed:
        yield look(
            f"{slug}: a call to the office {office} failed, so # avoids it.",
            f"Call it yourself, correct its number if need be, then: patchline campaigns checked {slug}",
        )
    for warning in campaign.warnings:
        yield look(f"{slug}: {warning}", "An organizer changes it in the console's editor.")
