from dataclasses import asdict

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from app.domain.campaigns import CampaignStatus
from app.store.campaigns import (
    Line,
    NumberTaken,
    find_by_number,
    import_version,
    listing,
    live,
    set_status,
    version_body,
)
from app.store.database import Connection, Database
from app.store.schema import metadata
from app.store.tables import campaign_versions
from tests.store.making import NOON, OFFICES, after, publish, rows

OWN, INSTALLATION = "+16085550100", "+15005550006"
LIVE = CampaignStatus.LIVE


def publish_body(connection: Connection, body: dict[str, object]) -> tuple[int, int, bool]:
    return import_version(connection, "demo", OWN, LIVE, body, OFFICES, NOON)


def test_an_identical_body_makes_no_new_version_in_whatever_order_its_fields_stand(database: Database) -> None:
    with database.write() as connection:
        first = publish_body(connection, {"a": 1, "b": {"c": "ñ", "d": [2]}})
        again = publish_body(connection, {"b": {"d": [2], "c": "ñ"}, "a": 1})
        assert first == (1, 1, True)
        assert again == (1, 1, False)
        assert publish_body(connection, {"a": 2}) == (1, 2, True)
        # The way back is a version of its own: history is never taken up again in the middle.
        assert publish_body(connection, {"a": 1, "b": {"c": "ñ", "d": [2]}}) == (1, 3, True)
        assert version_body(connection, 1) == {"a": 1, "b": {"c": "ñ", "d": [2]}}
        assert version_body(connection, 9) is None


def test_a_published_version_is_never_changed_nor_deleted(database: Database) -> None:
    publish(database)
    before = rows(database, campaign_versions)
    for statement in (update(campaign_versions).values(body="{}"), delete(campaign_versions)):
        with pytest.raises(DatabaseError, match="never changes"), database.write() as connection:
            connection.execute(statement)
    assert rows(database, campaign_versions) == before


def test_a_number_leads_to_its_campaign_and_the_installations_to_the_one_without(database: Database) -> None:
    publish(database, "one", OWN)
    publish(database, "two")
    with database.read() as connection:
        assert find_by_number(connection, OWN, INSTALLATION) == Line(1, 1, LIVE)
        assert find_by_number(connection, INSTALLATION, INSTALLATION) == Line(2, 2, LIVE)
        assert find_by_number(connection, "+16085550199", INSTALLATION) is None
        assert find_by_number(connection, "", INSTALLATION) is None
        assert live(connection, "two") == Line(2, 2, LIVE)
        assert live(connection, "three") is None


def test_of_campaigns_on_the_installations_number_the_one_published_last_answers(
    database: Database,
) -> None:
    for slug in ("first", "second", "third"):
        publish(database, slug)
    with database.write() as connection:
        assert find_by_number(connection, INSTALLATION, INSTALLATION) == Line(3, 3, LIVE)
        assert set_status(connection, "third", CampaignStatus.ENDED, NOON)
        assert find_by_number(connection, INSTALLATION, INSTALLATION) == Line(2, 2, LIVE)
        # A campaign with that very number of its own comes before them all.
        import_version(connection, "third", INSTALLATION, CampaignStatus.PAUSED, {}, OFFICES, NOON)
        found = find_by_number(connection, INSTALLATION, INSTALLATION)
        assert found == Line(3, 4, CampaignStatus.PAUSED)


def test_a_campaign_that_is_over_gives_the_installations_number_to_another_but_not_its_own(database: Database) -> None:
    for slug in ("first", "second", "third"):
        publish(database, slug)
    with database.write() as connection:
        assert set_status(connection, "second", CampaignStatus.PAUSED, NOON)

        def found(over: set[int]) -> Line | None:
            return find_by_number(connection, INSTALLATION, INSTALLATION, over.__contains__)

        assert found({3}) == Line(1, 1, LIVE)
        assert found({1, 3}) == Line(3, 3, LIVE), "none takes calls, so this one says that it is over"
        import_version(connection, "third", INSTALLATION, LIVE, {}, OFFICES, NOON)
        assert found({4}) == Line(3, 4, LIVE)


def test_two_campaigns_cannot_answer_one_number(database: Database) -> None:
    publish(database, "one", OWN)
    with pytest.raises(NumberTaken, match="'one'"):
        publish(database, "two", OWN)


def test_the_list_shows_each_campaign_with_its_live_version(database: Database) -> None:
    publish(database, "b")
    publish(database, "a", OWN)
    with database.write() as connection:
        import_version(connection, "b", None, CampaignStatus.PAUSED, {"new": True}, OFFICES, after(5))
        listed = [asdict(campaign) for campaign in listing(connection)]
        assert not set_status(connection, "c", LIVE, NOON)
    first = {"slug": "a", "number": OWN, "status": "live", "version": 1, "version_id": 2, "published_at": NOON}
    second = {"slug": "b", "number": None, "status": "paused", "version": 2, "version_id": 3, "published_at": after(5)}
    assert listed == [{"id": 2, **first}, {"id": 1, **second}]


def test_no_column_is_made_for_a_supporters_number() -> None:
    columns = [column for table in metadata.sorted_tables for column in table.columns]
    telling = [column for column in columns if any(word in column.name for word in ("number", "phone", "caller"))]
    numbers = {f"{column.table.name}.{column.name}" for column in telling}
    # A campaign's own number, and the office's that was dialed.
    assert numbers == {"campaigns.number", "legs.number"}
