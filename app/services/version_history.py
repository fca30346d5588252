"""The published versions of a campaign: who published what, and what each changed."""

from dataclasses import dataclass

from app.services.desk import Desk
from app.services.publish_draft import UnknownVersion
from app.services.review import Told, told_changes
from app.store import versions
from app.store.versions import KeptVersion

PAGE = 30


@dataclass(frozen=True, slots=True)
class Look:
    """One version: what it changed, and what going back to it would change of the one that is live."""

    version: KeptVersion
    live: int
    changed: Told
    back: Told


def list_versions(desk: Desk, slug: str, before: int | None) -> tuple[list[KeptVersion], int | None]:
    """A page of the versions, the latest first, and from where the next one goes on."""
    with desk.database.read() as connection:
        found = versions.versions_of(connection, slug, PAGE + 1, before)
    return found[:PAGE], found[PAGE - 1].version if len(found) > PAGE else None


def look_at_version(desk: Desk, slug: str, version: int) -> Look:
    """One version of a campaign; raises UnknownVersion."""
    with desk.database.read() as connection:
        found = versions.find_version(connection, slug, version)
        earlier = versions.versions_of(connection, slug, 1, version)
        (live,) = versions.versions_of(connection, slug, 1)
    if found is None:
        raise UnknownVersion(f"This campaign has no version {version}.")
    changed = told_changes(earlier[0].body if earlier else {}, found.body)
    return Look(found, live.version, changed, told_changes(live.body, found.body))
