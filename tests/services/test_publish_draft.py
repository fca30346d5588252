"""Publishing a draft: one step to a new version, never over what nobody has seen, and a way back."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.audit import By
from app.domain.campaigns import CampaignStatus
from app.domain.documents import DocumentError, read_campaign
from app.domain.documents.campaign import LIMITS, _campaign_fields
from app.domain.documents.offices import Common, _office_fields
from app.services.campaigns import change_status, export_campaign, import_campaign, list_campaigns
from app.services.draft_words import FIELD_WORDS, LIMIT_WORDS, OFFICE_WORDS, field_words, summary_of
from app.services.drafts import Draft, DraftConflict, create_campaign, open_draft, save_draft
from app.services.publish_draft import Done, Publisher, UnknownVersion, go_back, obstacles, publish_draft
from app.services.review import review
from app.services.version_history import list_versions, look_at_version
from app.store.campaigns import NumberTaken
from tests.support.campaign_documents import small
from tests.support.console import NAME, OTHER, OWN, Console

ANA, BEN = By("ana@example.org"), By("ben@example.org")


@pytest.fixture
def publisher(console: Console) -> Publisher:
    return Publisher(console.app.hotline.keys, console.app.hotline.default_number)


def edit(console: Console, slug: str = OWN, by: By = ANA, **fields: object) -> Draft:
    draft = open_draft(console.desk, slug)
    return save_draft(console.desk, by, slug, {**draft.body, **fields}, draft.revision)


def publish(console: Console, publisher: Publisher, draft: Draft, by: By = ANA) -> Done:
    return publish_draft(console.desk, publisher, by, draft.slug, draft.revision, draft.live_version)


def test_a_draft_is_published_as_a_new_version_with_who_when_and_what(console: Console, publisher: Publisher) -> None:
    draft = edit(console, name="  Honduras  now ", contact={"en": "Us", "es": "SOA Watch"})
    assert publish(console, publisher, draft) == Done(2, 1, True)
    assert export_campaign(console.desk.database, OWN).campaign.name == "Honduras now"
    assert console.audit()[-1] == f"{ANA.who} published version 2 of Honduras now: Name; How to reach you, English."
    (second, first), more = list_versions(console.desk, OWN, None)
    assert (second.published_by, second.published_at) == (ANA.who, console.clock.now())
    assert (second.note, first.version, more) == ("Name; How to reach you, English", 1, None)
    after = open_draft(console.desk, OWN)
    assert (after.is_edited, after.live_version) == (False, 2)
    assert after.revision > draft.revision
    assert not review(console.desk, publisher, OWN).changed


def test_a_paused_campaign_stays_paused(console: Console, publisher: Publisher) -> None:
    change_status(console.desk.database, console.clock, ANA, OWN, CampaignStatus.PAUSED)
    publish(console, publisher, edit(console, name="New"))
    assert export_campaign(console.desk.database, OWN).status is CampaignStatus.PAUSED


def test_what_is_wrong_is_not_published(console: Console, publisher: Publisher) -> None:
    draft = edit(console, summary="word " * 100)
    assert [fault.where for fault in obstacles(console.desk, publisher, OWN)] == ["summary.en", "summary.es"]
    with pytest.raises(DocumentError):
        publish(console, publisher, draft)
    assert open_draft(console.desk, OWN) == draft


def test_a_last_day_that_has_passed_is_not_published_but_stays_where_it_was(
    console: Console, publisher: Publisher
) -> None:
    draft = edit(console, ends_on="2026-11-23")
    told = "2026-11-23 has passed, so nobody could call: give today or a later day, or leave it empty."
    assert [(f.path, f.message) for f in obstacles(console.desk, publisher, OWN)] == [(("ends_on",), told)]
    with pytest.raises(DocumentError, match="has passed"):
        publish(console, publisher, draft)
    draft = edit(console, ends_on="2026-11-24")
    assert ("Last day of the campaign", "", "2026-11-24") in [
        (words, each.before, each.after) for words, each in review(console.desk, publisher, OWN).changed
    ]
    publish(console, publisher, draft)
    console.clock.move(2 * 86_400)
    publish(console, publisher, edit(console, name="Corrected afterwards"))
    assert export_campaign(console.desk.database, OWN).campaign.ends_on == date(2026, 11, 24)
    go_back(console.desk, publisher, ANA, OWN, 1, 3)
    assert export_campaign(console.desk.database, OWN).campaign.ends_on is None


def test_a_number_that_is_taken_is_told_before_and_refused(console: Console, publisher: Publisher) -> None:
    publish(console, publisher, edit(console, OTHER, number="+15005550001"))
    draft = edit(console, number="+15005550001")
    (fault,) = obstacles(console.desk, publisher, OWN)
    assert (fault.path, "'another' answers +15005550001" in fault.message) == (("number",), True)
    with pytest.raises(NumberTaken):
        publish(console, publisher, draft)
    edit(console, recordings={"greeting": {"en": "0" * 32}})
    assert [fault.where for fault in obstacles(console.desk, publisher, OWN)] == ["recordings.greeting.en"]
    own = replace(publisher, hotline_number=read_campaign(draft.body).offices[0].number)
    (fault,) = obstacles(console.desk, own, OWN)
    assert "the hotline's own number" in fault.message


def test_only_what_was_reviewed_is_published(console: Console, publisher: Publisher) -> None:
    seen = edit(console, name="Mine")
    edit(console, by=BEN, name="Theirs")
    with pytest.raises(DraftConflict):
        publish(console, publisher, seen)
    seen = open_draft(console.desk, OWN)
    live = export_campaign(console.desk.database, OWN)
    imported = replace(live, campaign=replace(live.campaign, organization="Imported"))
    import_campaign(console.desk.database, publisher.keys, console.clock, imported, by=BEN)
    with pytest.raises(DraftConflict):
        publish(console, publisher, seen)
    found = review(console.desk, publisher, OWN)
    assert [(each.version, each.published_by) for each in found.overtaken_by] == [(2, BEN.who)]
    assert [(words, each.after) for words, each in found.overtaken] == [("Organization", "Imported")]
    assert ("Organization", "SOA Watch") in [(words, each.after) for words, each in found.changed]
    assert publish(console, publisher, found.draft).version == 3


def test_a_campaign_is_published_for_the_first_time(console: Console, publisher: Publisher) -> None:
    member = console.account("organizer@demo.invalid").member()
    create_campaign(console.desk, ANA, member, small())
    found = review(console.desk, publisher, "small")
    assert (found.can_be_published, found.silenced, found.on_line) == (True, ["Another", NAME], 0)
    assert publish(console, publisher, found.draft) == Done(1, 0, True)
    assert publisher.keys.key("small")
    statuses = {listed.slug: listed.status for listed in list_campaigns(console.desk.database)}
    assert statuses["small"] is CampaignStatus.LIVE
    assert "ana@example.org published version 1 of Small: the first version." in console.audit()


def test_going_back_publishes_the_old_text_as_a_new_version_and_leaves_the_draft(
    console: Console, publisher: Publisher
) -> None:
    publish(console, publisher, edit(console, name="Second"))
    mine = edit(console, name="Third")
    look = look_at_version(console.desk, OWN, 1)
    assert [(words, each.before, each.after) for words, each in look.back] == [("Name", "Second", "Honduras 2017")]
    with pytest.raises(DraftConflict):
        go_back(console.desk, publisher, BEN, OWN, 1, 1)
    assert go_back(console.desk, publisher, BEN, OWN, 1, 2) == Done(3, 2, True)
    assert go_back(console.desk, publisher, BEN, OWN, 1, 3) == Done(3, 3, False)
    assert export_campaign(console.desk.database, OWN).campaign.name == "Honduras 2017"
    told = f"{BEN.who} went back to version 1, which is version 3 now, of {NAME}: Name."
    assert console.audit()[-1] == told
    found = open_draft(console.desk, OWN)
    assert (found.body, found.is_overtaken) == (mine.body, True)
    with pytest.raises(UnknownVersion):
        go_back(console.desk, publisher, BEN, OWN, 9, 3)
    with pytest.raises(UnknownVersion):
        look_at_version(console.desk, OWN, 9)


def test_keys_that_move_are_told(console: Console, publisher: Publisher) -> None:
    offices = list(open_draft(console.desk, OWN).body["offices"])
    edit(console, offices=[*offices[1:], offices[0]])
    moved = review(console.desk, publisher, OWN).moved
    assert moved[0] == "Green Bay moves from key 2 to 1"
    assert len(moved) == len(offices)


def test_every_field_has_its_words() -> None:
    campaign = read_campaign(small(number="+15005550006", contact="Us", closures=["2026-01-01"]))
    common = Common(campaign.languages, campaign.languages)
    assert set(FIELD_WORDS) == set(_campaign_fields(common)) - {"slug", "status"}
    assert set(OFFICE_WORDS) == set(_office_fields(common))
    assert set(LIMIT_WORDS) == set(LIMITS)
    assert field_words(("offices", "madison", "script", "es"), {"madison": "Madison"}) == "Madison: own script, Spanish"
    assert field_words(("limits", "ring_seconds"), {}) == "Seconds an office may ring"
    assert field_words(("recordings", "greeting", "es"), {}) == "Recording of the greeting, Spanish"
    assert summary_of((), {}) == "nothing changed"
