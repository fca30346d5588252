"""A first start makes the database and the demo campaign; later ones change nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.config import Settings
from app.domain.campaigns import CampaignStatus
from app.domain.clock import SystemClock
from app.services.campaigns import list_campaigns
from app.services.prepare import prepare
from app.store.campaigns import set_status
from app.store.database import Database


def settings(folder: Path) -> Settings:
    return Settings.load({"INSTANCE_DIR": str(folder / "instance")}, folder / ".env")


def test_a_first_start_loads_the_demo_campaign_once(tmp_path: Path) -> None:
    told = settings(tmp_path)
    prepare(told)
    database = Database(told.database_url)
    with database.write() as connection:
        set_status(connection, "honduras-2017", CampaignStatus.PAUSED, SystemClock().now())
    prepare(told)
    assert [(each.slug, each.status, each.version) for each in list_campaigns(database)] == [
        ("honduras-2017", CampaignStatus.PAUSED, 1)
    ]
    assert (told.instance_dir / "keys" / "honduras-2017.key").is_file()
    database.close()


def test_two_first_starts_at_once_make_one_campaign(tmp_path: Path) -> None:
    told = settings(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(prepare, [told] * 4))
    database = Database(told.database_url)
    assert [(each.slug, each.version) for each in list_campaigns(database)] == [("honduras-2017", 1)]
    database.close()
