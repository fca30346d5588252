"""The organization that runs the installation: one row, or none before somebody has given its name."""

from dataclasses import asdict

from sqlalchemy import Column, Connection, Integer, String, Table, select

from app.domain.organization import Organization
from app.domain.retention import MOST_DAYS
from app.store.columns import Outside
from app.store.metadata import metadata
from app.store.statements import upsert

_ONLY = 1

_table = Table(
    "organization",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Outside, nullable=False),
    Column("time_zone", String, nullable=False),
    Column("kept_days", Integer, nullable=False, server_default=str(MOST_DAYS)),
)


def read_organization(connection: Connection) -> Organization:
    """The organization as it was given, or one without a name."""
    row = connection.execute(select(_table).where(_table.c.id == _ONLY)).first()
    return Organization() if row is None else Organization(row.name, row.time_zone, row.kept_days)


def keep_organization(connection: Connection, organization: Organization) -> None:
    """Keep what is given in the place of what was."""
    values = asdict(organization)
    upsert(connection, _table, ("id",), {"id": _ONLY, **values}, values)
