"""The organization that runs the installation."""

from dataclasses import replace

from app.domain.audit import By, Deed
from app.domain.organization import Organization
from app.services.audit import note
from app.services.desk import Desk
from app.store.organization import keep_organization, read_organization


def the_organization(desk: Desk) -> Organization:
    """The organization as it was given."""
    with desk.database.read() as connection:
        return read_organization(connection)


def change_organization(desk: Desk, by: By, name: str, time_zone: str) -> bool:
    """Keep another name or zone, and say whether that changed anything."""
    with desk.database.write() as connection:
        before = read_organization(connection)
        organization = replace(before, name=name, time_zone=time_zone)
        if before == organization:
            return False
        keep_organization(connection, organization)
        told = f"{by.who} changed the organization: {_words(before)} became {_words(organization)}."
        note(connection, desk.clock.now(), by, Deed.SETTINGS, told)
    return True


def _words(organization: Organization) -> str:
    return f"{organization.name or 'no name'} ({organization.time_zone})"
