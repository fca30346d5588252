from app.domain.campaigns import CampaignStatus
from app.domain.picking import Advice, OfficeFacts
from app.store.advice import read_known
from app.store.campaigns import set_status
from app.store.database import Database
from tests.store.making import ANNA, NOON, OFFICES, advice, plan, publish, save, turn


def test_of_a_campaign_that_nobody_called_yet_there_is_its_status_and_its_offices(database: Database) -> None:
    publish(database)
    assert advice(database) == Advice(CampaignStatus.LIVE, dict.fromkeys(OFFICES, OfficeFacts()), None)


def test_a_paused_campaign_is_known_at_the_next_turn(database: Database) -> None:
    publish(database)
    with database.write() as connection:
        set_status(connection, "demo", CampaignStatus.PAUSED, NOON)
    assert advice(database).status is CampaignStatus.PAUSED


def test_memory_is_for_the_first_turn_of_a_call(database: Database) -> None:
    publish(database)
    save(database, turn(1))
    with database.read() as connection:
        assert read_known(connection, 1, ANNA, "CA2", 2, NOON).advice.memory is None
        assert read_known(connection, 1, ANNA, "CA2", 1, NOON).advice.memory is not None
        assert read_known(connection, 1, "", "CA2", 1, NOON).advice.memory is None


def test_of_a_campaign_that_does_not_exist_nothing_is_known(database: Database) -> None:
    assert advice(database) == Advice()


def test_campaigns_share_nothing(database: Database) -> None:
    publish(database, "one")
    publish(database, "two")
    save(database, turn(1, plan(1)))
    with database.read() as connection:
        other = read_known(connection, 2, ANNA, "CA2", 1, NOON).advice
    assert other == Advice(CampaignStatus.LIVE, dict.fromkeys(OFFICES, OfficeFacts()), None)
