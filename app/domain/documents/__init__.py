"""A campaign as a plain document, such as a YAML file or a JSON body holds: read with care, written one way."""

from app.domain.documents.campaign import (
    Document,
    read_campaign,
    read_document,
    read_published,
    write_campaign,
    write_document,
)
from app.domain.documents.faults import DocumentError, Fault, Path
from app.domain.documents.hours import write_week
from app.domain.documents.meter import Level, Meter, meter
from app.domain.documents.values import slug as read_slug
from app.domain.documents.warnings import campaign_warnings

__all__ = [
    "Document",
    "DocumentError",
    "Fault",
    "Level",
    "Meter",
    "Path",
    "campaign_warnings",
    "meter",
    "read_campaign",
    "read_document",
    "read_published",
    "read_slug",
    "write_campaign",
    "write_document",
    "write_week",
]
