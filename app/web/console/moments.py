"""Moments as pages show them that are about no campaign: in the organization's zone, which is named."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import g

from app.domain.organization import Organization
from app.services import organization
from app.web.console.calls_shown import moment_words
from app.web.parts import desk


def the_organization() -> Organization:
    """The organization that runs the installation, read once for a request."""
    if "organization" not in g:
        g.organization = organization.the_organization(desk())
    found: Organization = g.organization
    return found


def moment(at: datetime) -> str:
    """A moment to the minute, in the organization's zone."""
    return moment_words(at, ZoneInfo(the_organization().time_zone))
