"""The documents with which the carrier answers while Patchline is down, to be hosted elsewhere."""

from app.domain.campaigns import Campaign
from app.domain.documents.faults import guess
from app.domain.offices import Office
from app.flow.fallback import apology_alone, connection, offer
from app.services.hotline import VOICES
from app.telephony.twiml import Urls, render


class UnknownOffice(LookupError):
    """The campaign has no such office; the message says which ones it has."""


def fallback_document(campaign: Campaign, office: Office, connect_url: str) -> str:
    """What a number's fallback URL gives; with `connect_url`, where the other document is, it offers the office."""
    if not connect_url:
        return render(apology_alone(campaign, office), Urls(""), VOICES)
    # Web hosts that serve files take no POST.
    return render(offer(campaign, office), Urls(connect_url, method="GET"), VOICES)


def connect_document(campaign: Campaign, office: Office, number: str) -> str:
    """What rings the office; it sees `number`, the campaign's own."""
    return render(connection(campaign, office), Urls(""), VOICES, number)


def chosen_office(campaign: Campaign, slug: str) -> Office:
    """The office with this slug, or the first one; raises UnknownOffice."""
    by_slug = {office.id: office for office in campaign.offices}
    if slug and slug not in by_slug:
        raise UnknownOffice(f"{campaign.slug} has no office {slug!r}.{guess(slug, by_slug)}")
    return by_slug[slug] if slug else campaign.offices[0]
