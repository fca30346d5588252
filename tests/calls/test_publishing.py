"""What callers hear while their campaign is published anew, paused or archived from another process."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from app.domain.audit import By
from app.domain.campaigns import CampaignStatus
from app.services.caller_keys import caller_keys
from app.services.campaigns import change_status
from app.services.desk import Desk, open_desk
from app.services.drafts import open_draft, save_draft
from app.services.publish_draft import Publisher, go_back, publish_draft
from app.store.database import Database
from tests.support.hotline import HOTLINE, Hotline

ANA, SLUG = By("ana@example.org"), "honduras-2017"


@pytest.fixture
def desk(hotline: Hotline) -> Iterator[Desk]:
    """The console in a process of its own: it shares nothing with the one that answers calls but the database."""
    with closing(Database(hotline.settings.database_url)) as database:
        yield open_desk(hotline.settings, database, hotline.stage.clock)


def publish(desk: Desk, hotline: Hotline, **fields: object) -> Publisher:
    publisher = Publisher(caller_keys(hotline.settings), HOTLINE)
    draft = open_draft(desk, SLUG)
    saved = save_draft(desk, ANA, SLUG, {**draft.body, **fields}, draft.revision)
    publish_draft(desk, publisher, ANA, SLUG, saved.revision, saved.live_version)
    return publisher


def test_a_call_in_progress_finishes_on_the_version_it_began_with(hotline: Hotline, desk: Desk) -> None:
    early = hotline.calls().hears("Madison, 4.")
    offices = list(open_draft(desk, SLUG).body["offices"])
    script = {"en": "The new script. Say it.", "es": "El guion nuevo."}
    publisher = publish(desk, hotline, script=script, offices=[*offices[1:], offices[0]])
    early.presses("8").hears("I ask Senator Baldwin to act on Honduras.")
    early.presses("4").hears("Calling the Madison office").waits().presses("1").hangs_up()
    late = hotline.calls(number="+14145550199").hears("Madison, 3.").presses("8").hears("The new script.")
    go_back(desk, publisher, ANA, SLUG, 1, 2)
    late.presses("3").hears("Calling the Madison office").hangs_up()
    hotline.calls(number="+14145550198").hears("Madison, 4.").hangs_up()
    assert [leg[0] for leg in hotline.legs()] == ["Madison", "Madison"]


def test_from_the_midnight_after_the_last_day_callers_hear_that_it_has_ended(hotline: Hotline, desk: Desk) -> None:
    publish(desk, hotline, ends_on="2017-12-19")
    hotline.is_at(datetime(2017, 12, 20, 5, 50, tzinfo=UTC))
    early = hotline.calls().hears("Madison, 4.")
    hotline.is_at(datetime(2017, 12, 20, 6, tzinfo=UTC))
    hotline.calls(number="+14145550199").hears("This campaign has ended.").was_let_go()
    early.presses("4").hears("Madison is closed now.").presses("#").waits().presses("1").hangs_up()
    publish(desk, hotline, ends_on="2017-12-20")
    hotline.calls(number="+14145550198").hears("Madison, 4.").hangs_up()


@pytest.mark.parametrize(
    ("status", "words"),
    [(CampaignStatus.PAUSED, "This line is paused for now."), (CampaignStatus.ENDED, "This campaign has ended.")],
)
def test_pausing_and_archiving_are_heard_at_the_very_next_turn(
    hotline: Hotline, desk: Desk, status: CampaignStatus, words: str
) -> None:
    early = hotline.calls().hears("Madison, 4.")
    before = change_status(desk.database, desk.clock, ANA, SLUG, status)
    early.presses("4").hears(words).was_let_go()
    hotline.calls(number="+14145550199").hears(words).was_let_go()
    assert hotline.legs() == []
    change_status(desk.database, desk.clock, ANA, SLUG, before)
    hotline.calls(number="+14145550198").hears("Madison, 4.").hangs_up()
