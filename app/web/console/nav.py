"""The rail of the console: one table of its entries, of which everybody sees those that lead somewhere for them."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, g, request, url_for

from app.domain.campaigns import CampaignStatus
from app.domain.roles import Act, Guest, Member, may
from app.services.console_home import was_published
from app.store.campaign_names import Named
from app.web.console.guard import is_of_drafts, viewer
from app.web.console.names import named
from app.web.parts import desk


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the rail; one of a campaign has `<slug>` in its address."""

    label: str
    endpoint: str
    act: Act
    of_campaign: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is shown, or a campaign with its slug."""

    label: str
    href: str
    is_current: bool
    is_of_drafts: bool = False
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Silent:
    """A campaign that takes no calls, and where whoever may do so opens it again."""

    name: str
    is_paused: bool
    href: str


ENTRIES = (
    Entry("Home", "console.home", Act.USE_ACCOUNT),
    Entry("Search", "console.search", Act.SEE_CALLS),
    Entry("Numbers", "console.numbers", Act.EDIT_CAMPAIGNS),
    Entry("People", "console.people", Act.MANAGE_PEOPLE),
    Entry("Audit", "console.audit", Act.SEE_AUDIT),
    Entry("Blocked", "console.blocks", Act.LIFT_BLOCKS),
    Entry("Settings", "console.organization", Act.CHANGE_SETTINGS),
    Entry("Overview", "console.overview", Act.SEE_FIGURES, of_campaign=True),
    Entry("Live", "console.live", Act.SEE_FIGURES, of_campaign=True),
    Entry("Calls", "console.calls", Act.SEE_CALLS, of_campaign=True),
    Entry("Offices", "console.offices", Act.SEE_FIGURES, of_campaign=True),
    Entry("Edit", "console.edit", Act.EDIT_CAMPAIGNS, of_campaign=True),
    Entry("Preview", "console.preview", Act.EDIT_CAMPAIGNS, of_campaign=True),
    Entry("Share", "console.share", Act.SHARE_FIGURES, of_campaign=True),
)
"""In the order of the rail."""


def campaign_links(slug: str | None = None) -> list[Link]:
    """The pages of a campaign, or of the one in hand."""
    slug = slug or campaign_in_hand()
    if slug is None:
        return []
    links = links_of(viewer(), slug)
    return list(links) if was_published(desk(), slug) else [link for link in links if link.is_of_drafts]


def general_links() -> list[Link]:
    """The pages that are about no campaign."""
    return list(links_of(viewer(), None))


def switcher() -> list[Link]:
    """The campaigns that can be turned to; each leads to its first page."""
    who = viewer()
    if not isinstance(who, Member):
        return []
    reached = sorted((each for each in named() if who.reaches(each.slug)), key=lambda each: each.name.casefold())
    found = ((each, _first(who, each)) for each in reached)
    return [Link(each.name, page.href, each.slug == campaign_in_hand(), slug=each.slug) for each, page in found if page]


def links_of(who: Member | Guest, slug: str | None) -> Iterator[Link]:
    """The pages of a campaign, or those that are about none, that somebody may see."""
    for entry in ENTRIES:
        if entry.of_campaign == (slug is not None) and may(who, entry.act, slug):
            href = url_for(entry.endpoint, slug=slug) if slug else url_for(entry.endpoint)
            is_current = request.path == href or request.path.startswith(f"{href}/")
            yield Link(entry.label, href, is_current, is_of_drafts(current_app, entry.endpoint))


def _first(who: Member, campaign: Named) -> Link | None:
    """The first page of a campaign; of one that was never published, the first that it has."""
    pages = links_of(who, campaign.slug)
    return next((link for link in pages if campaign.is_published or link.is_of_drafts), None)


def campaign_in_hand() -> str | None:
    """The campaign that the page is about: its address names it, or a call of it."""
    named: str | None = (request.view_args or {}).get("slug") or g.get("campaign_of_call")
    return named


def silent_campaign() -> Silent | None:
    """The campaign that the page is about, if it was published and takes no calls."""
    slug = campaign_in_hand()
    if slug is None or (found := next((each for each in named() if each.slug == slug), None)) is None:
        return None
    if not found.is_published or found.status is CampaignStatus.LIVE:
        return None
    again = url_for("console.confirm_status", slug=slug, status=CampaignStatus.LIVE.value)
    href = again if may(viewer(), Act.EDIT_CAMPAIGNS, slug) else ""
    return Silent(found.name, found.status is CampaignStatus.PAUSED, href)
