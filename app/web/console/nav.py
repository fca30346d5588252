"""The rail of the console: one table of its entries, of which everybody sees those that lead somewhere for them."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, g, request, url_for

from app.domain.roles import Act, Guest, Member, may
from app.services.console_home import reachable_campaigns, reachable_drafts, was_published
from app.web.console.guard import is_of_drafts, viewer
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
    """An entry as it is shown."""

    label: str
    href: str
    is_current: bool
    is_of_drafts: bool = False


ENTRIES = (
    Entry("Home", "console.home", Act.USE_ACCOUNT),
    Entry("People", "console.people", Act.MANAGE_PEOPLE),
    Entry("Audit", "console.audit", Act.SEE_AUDIT),
    Entry("Blocked", "console.blocks", Act.LIFT_BLOCKS),
    Entry("Settings", "console.organization", Act.CHANGE_SETTINGS),
    Entry("Overview", "console.overview", Act.SEE_FIGURES, of_campaign=True),
    Entry("Live", "console.live", Act.SEE_FIGURES, of_campaign=True),
    Entry("Calls", "console.calls", Act.SEE_CALLS, of_campaign=True),
    Entry("Offices", "console.offices", Act.SEE_FIGURES, of_campaign=True),
    Entry("Edit", "console.edit", Act.EDIT_CAMPAIGNS, of_campaign=True),
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
    firsts = ((slug, next(links_of(who, slug), None)) for slug in reachable_campaigns(desk(), who))
    alone = ((draft.slug, _of_draft(who, draft.slug)) for draft in reachable_drafts(desk(), who))
    return [Link(slug, first.href, slug == campaign_in_hand()) for slug, first in (*firsts, *alone) if first]


def links_of(who: Member | Guest, slug: str | None) -> Iterator[Link]:
    """The pages of a campaign, or those that are about none, that somebody may see."""
    for entry in ENTRIES:
        if entry.of_campaign == (slug is not None) and may(who, entry.act, slug):
            href = url_for(entry.endpoint, slug=slug) if slug else url_for(entry.endpoint)
            is_current = request.path == href or (slug is not None and request.path.startswith(f"{href}/"))
            yield Link(entry.label, href, is_current, is_of_drafts(current_app, entry.endpoint))


def _of_draft(who: Member, slug: str) -> Link | None:
    """The first page of a campaign that was never published."""
    return next((link for link in links_of(who, slug) if link.is_of_drafts), None)


def campaign_in_hand() -> str | None:
    """The campaign that the page is about: its address names it, or a call of it."""
    named: str | None = (request.view_args or {}).get("slug") or g.get("campaign_of_call")
    return named
