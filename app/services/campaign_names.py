"""The names of campaigns, as pages and the audit tell them."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from app.domain.campaign_names import told_apart
from app.services.desk import Desk
from app.store.campaign_names import Named, named_campaigns
from app.store.database import Connection


def read_named(desk: Desk) -> list[Named]:
    """All campaigns, with their names as they are told."""
    with desk.database.read() as connection:
        return _told(named_campaigns(connection))


def names_in(connection: Connection) -> Mapping[str, str]:
    """What each campaign is called, by slug, within a transaction."""
    return MappingProxyType({each.slug: each.name for each in _told(named_campaigns(connection))})


def name_in(connection: Connection, slug: str) -> str:
    """What a campaign is called, within a transaction; the slug for one that is not there."""
    return names_in(connection).get(slug, slug)


def _told(found: list[Named]) -> list[Named]:
    called = told_apart({each.slug: each.name for each in found})
    return [replace(each, name=called[each.slug]) for each in found]
