"""Publishing a campaign makes a version, a key and an answer to the number, and once is enough."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.campaigns import CampaignStatus
from app.domain.documents import Document, read_document
from app.services.caller_keys import CallerKeys
from app.services.campaigns import (
    export_campaign,
    import_campaign,
    list_campaigns,
    show_campaign,
)
from app.services.snapshots import SnapshotCache
from app.store.campaigns import NumberTaken, UnknownCampaign
from app.store.database import Database, StoreUnavailable
from app.store.migrate import upgrade
from tests.support.campaign_documents import small, small_office

NOON = datetime(2017, 12, 19, 12, tzinfo=UTC)


class Noon:
    def now(self) -> datetime:
        return NOON


class Desk:
    """Imports into a database of its own."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder}/a.db"
        upgrade(url)
        self.database = Database(url)
        self.keys = CallerKeys(folder / "keys", b"master")

    def publish(self, **changes: object) -> tuple[int, CampaignStatus, bool]:
        made = import_campaign(self.database, self.keys, Noon(), read_document(small(**changes)))
        return made.version_id, made.status, made.is_new


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.database.close()


def test_a_new_campaign_is_live_and_has_a_key(desk: Desk) -> None:
    assert desk.publish() == (1, CampaignStatus.LIVE, True)
    assert desk.keys.key("small")
    assert [(each.slug, each.version, each.published_at) for each in list_campaigns(desk.database)] == [
        ("small", 1, NOON)
    ]


def test_an_unchanged_document_makes_no_version(desk: Desk) -> None:
    desk.publish()
    key = desk.keys.key("small")
    assert desk.publish() == (1, CampaignStatus.LIVE, False)
    assert desk.publish(name="Other") == (2, CampaignStatus.LIVE, True)
    assert desk.keys.key("small") == key


def test_a_document_without_a_status_leaves_it(desk: Desk) -> None:
    desk.publish(status="paused")
    assert desk.publish(name="Other") == (2, CampaignStatus.PAUSED, True)
    assert desk.publish(name="Other", status="live") == (2, CampaignStatus.LIVE, False)


def test_what_is_exported_imports_unchanged(desk: Desk) -> None:
    document = Document(read_document(small_office(brief="Ask.")).campaign, CampaignStatus.ENDED)
    import_campaign(desk.database, desk.keys, Noon(), document)
    assert export_campaign(desk.database, "small") == document
    assert not import_campaign(desk.database, desk.keys, Noon(), document).is_new


def test_a_number_leads_to_one_campaign(desk: Desk) -> None:
    desk.publish(number="+15005550006")
    with pytest.raises(NumberTaken):
        desk.publish(slug="other", number="+15005550006")
    assert desk.keys.key("other") is None


def test_a_campaign_whose_key_cannot_be_kept_is_not_published(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("in the way")
    with pytest.raises(OSError):
        desk.publish()
    assert list_campaigns(desk.database) == []


def test_an_unknown_campaign_is_told_with_the_one_that_may_be_meant(desk: Desk) -> None:
    desk.publish()
    with pytest.raises(UnknownCampaign, match=r"There is no campaign 'smal'\. Did you mean 'small'\?"):
        show_campaign(desk.database, "smal")


def test_versions_are_read_once_and_those_used_last_are_kept(desk: Desk) -> None:
    versions = [desk.publish(name=f"Version {number}")[0] for number in range(3)]
    cache = SnapshotCache(size=2)
    with desk.database.read() as connection:
        first, second = (cache.get(version, connection) for version in versions[:2])
        assert cache.get(versions[0], connection) is first
        third = cache.get(versions[2], connection)
    assert (first.campaign.name, first.campaign_id, third.version_id) == ("Version 0", 1, versions[2])
    assert cache.cached(versions[0]) is first
    with pytest.raises(StoreUnavailable):
        cache.cached(second.version_id)


def test_a_version_that_never_was_is_an_error(desk: Desk) -> None:
    with desk.database.read() as connection, pytest.raises(LookupError, match="version 7"):
        SnapshotCache().get(7, connection)
