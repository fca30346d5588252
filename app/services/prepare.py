"""Making an installation ready to start: its folder, its database, an owner, and a campaign to try."""

from app.config import Settings
from app.domain.clock import SystemClock
from app.services.caller_keys import caller_keys
from app.services.campaigns import import_campaign, list_campaigns
from app.services.demo_owner import settle_demo_owner
from app.services.open_database import open_database
from app.services.sample import sample_document
from app.store.migrate import upgrade


def prepare(settings: Settings) -> None:
    """Migrate the database, and see to a demo's owner and campaign; safe to do again, or twice at once."""
    settings.instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(settings.database_url)
    database = open_database(settings)
    try:
        settle_demo_owner(settings, database, SystemClock())
        if not list_campaigns(database):
            import_campaign(database, caller_keys(settings), SystemClock(), sample_document())
    finally:
        database.close()
