"""The console's keyboard shortcuts: one table, from which each page lists and follows those that lead somewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import g

from app.services.preferences import OFF, Preference, preferences_of
from app.web.console.guard import current_member, viewer_email
from app.web.console.nav import Link, campaign_in_hand, campaign_links, general_links, switcher
from app.web.parts import desk, settings

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "Home": "h",
        "Numbers": "n",
        "People": "m",
        "Audit": "a",
        "Blocked": "b",
        "Settings": "t",
        "Overview": "o",
        "Live": "l",
        "Calls": "c",
        "Offices": "f",
        "Edit": "e",
        "Preview": "p",
        "Share": "s",
    }
)
"""What follows g, by the page's name in the rail."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys that lead to a page, one after the other."""

    keys: str
    label: str
    href: str


def keys_are_on() -> bool:
    """Whether a page has shortcuts: not before signing in, and not for who has turned them off."""
    if not viewer_email():
        return False
    if "keys_are_on" not in g:
        g.keys_are_on = preferences_of(desk(), current_member()).get(Preference.KEYS) != OFF
    found: bool = g.keys_are_on
    return found


def shortcuts() -> list[Shortcut]:
    """The keys that lead to pages."""
    return list(_found())


def _found() -> Iterator[Shortcut]:
    pages = campaign_links() or _of_the_only_one()
    for link in (*pages, *general_links()):
        if link.label in LETTERS:
            yield Shortcut(f"g {LETTERS[link.label]}", link.label, link.href)
        if link.label == "Calls":
            yield Shortcut("/", "Search the calls", f"{link.href}#calls-q")
        if link.label == "Search" and not any(page.label == "Calls" for page in pages):
            yield Shortcut("/", "Search all calls", f"{link.href}#search-q")
    if settings().is_demo:
        slug = campaign_in_hand()
        yield Shortcut("t", "Try it in the browser phone", f"/phone/?campaign={slug}" if slug else "/phone/")


def _of_the_only_one() -> list[Link]:
    """The pages of the campaign, where somebody has one alone."""
    campaigns = switcher()
    return campaign_links(campaigns[0].slug) if len(campaigns) == 1 else []
