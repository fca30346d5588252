"""Reading what is published before the first call, so that calls are answered even if the database fails later."""

from app.domain.campaigns import CampaignStatus
from app.logs import get_logger
from app.services.answering import answering
from app.services.hotline import Hotline
from app.services.kept_campaigns import KeptCampaigns
from app.store.campaigns import listing
from app.store.database import StoreUnavailable

_log = get_logger(__name__)


def warm_up(hotline: Hotline, kept: KeptCampaigns) -> None:
    """Keep the live campaigns and their numbers in memory: from the database, or from the disk while that is down."""
    try:
        with hotline.database.read() as connection:
            live = [listed for listed in listing(connection) if listed.status is CampaignStatus.LIVE]
            for number in {listed.number or hotline.default_number for listed in live}:
                line = answering(hotline, connection, number)
                if line:
                    hotline.snapshots.get(line.version_id, connection)
    except StoreUnavailable as error:
        _log.error("not_warmed_up", problem=str(error), from_disk=kept.recall(hotline))
    else:
        kept.keep(hotline)
