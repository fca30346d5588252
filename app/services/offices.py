"""The published offices."""

from app.services.campaigns import list_campaigns, show_campaign
from app.store.database import Database


def office_numbers(database: Database) -> dict[str, str]:
    """The numbers of all published offices by name, as simulated calls name them."""
    published = [show_campaign(database, listed.slug).document.campaign for listed in list_campaigns(database)]
    return {office.label(campaign.languages[0]): office.number for campaign in published for office in campaign.offices}
