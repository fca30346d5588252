"""A copy of the published campaigns on an empty database of its own, for calls that leave no trace."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from app.config import Settings
from app.domain.campaigns import Campaign
from app.domain.clock import SystemClock
from app.domain.documents import Document
from app.domain.recordings import NO_RECORDINGS
from app.services.caller_keys import caller_keys
from app.services.campaigns import import_campaign, list_campaigns, show_campaign
from app.services.open_database import open_database
from app.store.database import Database
from app.store.migrate import upgrade
from app.store.recordings import Row, keep_rows, rows_of


@contextmanager
def scratch_copy(settings: Settings) -> Iterator[Settings]:
    """Give settings of a temporary installation with the same campaigns; it is gone at the end."""
    with closing(open_database(settings)) as database:
        # The one published last answers the installation's number, so they are published in the same order.
        in_order = sorted(list_campaigns(database), key=lambda listed: listed.version_id)
        documents = [show_campaign(database, listed.slug).document for listed in in_order]
        with database.read() as connection:
            kept = {listed.slug: rows_of(connection, listed.slug) for listed in in_order}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/patchline.db"
        scratch = replace(settings, database_url=url, instance_dir=Path(folder))
        upgrade(url)
        with closing(Database(url)) as database:
            for document in documents:
                _publish(scratch, database, document, kept[document.campaign.slug])
        yield scratch


def _publish(scratch: Settings, database: Database, document: Document, recordings: list[Row]) -> None:
    """Publish a campaign, the first time without the recordings: those belong to a campaign that exists."""
    keys, bare = caller_keys(scratch), _unrecorded(document.campaign)
    if recordings:
        import_campaign(database, keys, SystemClock(), replace(document, campaign=bare))
        with database.write() as connection:
            keep_rows(connection, bare.slug, recordings)
    import_campaign(database, keys, SystemClock(), document)


def _unrecorded(campaign: Campaign) -> Campaign:
    offices = tuple(replace(office, recordings=NO_RECORDINGS) for office in campaign.offices)
    return replace(campaign, recordings=NO_RECORDINGS, offices=offices)
