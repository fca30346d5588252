"""Drafts: what was typed is kept, right or wrong, and nobody's text is overwritten unseen."""

from dataclasses import replace

import pytest

from app.domain.audit import By
from app.domain.documents import read_document
from app.domain.drafts import with_fields
from app.domain.roles import Role
from app.services.campaigns import export_campaign, import_campaign, list_campaigns, show_campaign
from app.services.drafts import Draft, DraftConflict, SlugTaken, create_campaign, discard_draft, open_draft, save_draft
from app.store.campaigns import Line, UnknownCampaign, find_by_number
from tests.support.campaign_documents import small
from tests.support.console import NAME, OWN, Console

ANA, BEN = By("ana@example.org"), By("ben@example.org")


@pytest.fixture
def draft(console: Console) -> Draft:
    return open_draft(console.desk, OWN)


def publish_elsewhere(console: Console) -> None:
    """Somebody imports a file with another name for the campaign."""
    document = export_campaign(console.desk.database, OWN)
    changed = replace(document, campaign=replace(document.campaign, name="Imported"))
    import_campaign(console.desk.database, console.app.hotline.keys, console.clock, changed)


def line_of(console: Console, number: str) -> Line | None:
    with console.desk.database.read() as connection:
        return find_by_number(connection, number, console.app.hotline.default_number)


def test_before_anything_is_edited_the_live_version_is_shown(draft: Draft) -> None:
    assert read_document(draft.body).campaign.slug == OWN
    assert (draft.is_edited, draft.base_version, draft.live_version, draft.changed_at) == (False, 1, 1, None)
    assert draft.faults == ()


def test_what_was_typed_is_kept_even_if_wrong_and_callers_hear_nothing_of_it(console: Console, draft: Draft) -> None:
    typed = with_fields(draft.body, {"name": "\0\ud800 ' <b>", "summary": {"en": "word " * 100}, "time_zone": "Mars"})
    saved = save_draft(console.desk, ANA, OWN, typed, draft.revision)
    assert saved == open_draft(console.desk, OWN)
    assert saved.body == typed
    assert (saved.is_edited, saved.changed_by, saved.changed_at) == (True, ANA.who, console.clock.now())
    assert {fault.path[0] for fault in saved.faults} == {"name", "summary", "time_zone"}
    assert show_campaign(console.desk.database, OWN).document.campaign.name == "Honduras 2017"


def test_who_saves_second_is_told_who_saved_what_and_overwrites_nothing(console: Console, draft: Draft) -> None:
    mine, theirs = ({**draft.body, "name": name} for name in ("Mine", "Theirs"))
    save_draft(console.desk, BEN, OWN, theirs, draft.revision)
    with pytest.raises(DraftConflict) as caught:
        save_draft(console.desk, ANA, OWN, mine, draft.revision)
    assert (caught.value.theirs.body["name"], caught.value.theirs.changed_by) == ("Theirs", BEN.who)
    assert open_draft(console.desk, OWN).body["name"] == "Theirs"
    assert save_draft(console.desk, ANA, OWN, mine, caught.value.theirs.revision).body["name"] == "Mine"


def test_saving_what_is_there_already_changes_nothing(console: Console, draft: Draft) -> None:
    assert save_draft(console.desk, ANA, OWN, draft.body, draft.revision) == draft
    saved = save_draft(console.desk, ANA, OWN, {**draft.body, "name": "New"}, draft.revision)
    assert save_draft(console.desk, BEN, OWN, {**draft.body, "name": "New"}, draft.revision) == saved


@pytest.mark.parametrize("meanwhile", ["discarded", "published", "discarded and begun anew"])
def test_a_revision_stands_for_one_text_alone(console: Console, draft: Draft, meanwhile: str) -> None:
    seen = draft
    if "discarded" in meanwhile:
        seen = save_draft(console.desk, BEN, OWN, {**draft.body, "name": "First"}, draft.revision)
        discard_draft(console.desk, BEN, OWN, seen.revision)
    if "anew" in meanwhile:
        again = open_draft(console.desk, OWN)
        save_draft(console.desk, BEN, OWN, {**draft.body, "name": "Second"}, again.revision)
    if meanwhile == "published":
        publish_elsewhere(console)
    with pytest.raises(DraftConflict):
        save_draft(console.desk, ANA, OWN, {**seen.body, "name": "Mine"}, seen.revision)
    with pytest.raises(DraftConflict):
        discard_draft(console.desk, ANA, OWN, seen.revision)


def test_a_draft_is_overtaken_by_a_version_that_is_published_meanwhile(console: Console, draft: Draft) -> None:
    saved = save_draft(console.desk, ANA, OWN, {**draft.body, "name": "Mine"}, draft.revision)
    assert not saved.is_overtaken
    publish_elsewhere(console)
    found = open_draft(console.desk, OWN)
    assert (found.body["name"], found.revision, found.is_overtaken) == ("Mine", saved.revision, True)
    assert (found.base_version, found.live_version) == (1, 2)
    # Going on with it does not hide that.
    assert save_draft(console.desk, ANA, OWN, {**draft.body, "name": "More"}, found.revision).is_overtaken


def test_a_discarded_draft_shows_the_live_version_again(console: Console, draft: Draft) -> None:
    saved = save_draft(console.desk, ANA, OWN, {**draft.body, "name": "Mine"}, draft.revision)
    discard_draft(console.desk, ANA, OWN, saved.revision)
    found = open_draft(console.desk, OWN)
    assert (found.body, found.is_edited, found.changed_by) == (draft.body, False, ANA.who)
    assert console.audit()[-1] == f"{ANA.who} discarded the draft of {NAME}."
    discard_draft(console.desk, ANA, OWN, found.revision)
    assert open_draft(console.desk, OWN) == found


def test_a_campaign_may_be_a_draft_alone_which_nobody_can_call(console: Console) -> None:
    somebody = console.add("some@example.org", Role.ORGANIZER, OWN)
    line = line_of(console, "+15005550006")
    create_campaign(console.desk, ANA, somebody.member(), small(number="+15005550001"))
    found = open_draft(console.desk, "small")
    assert (found.is_published, found.is_edited, found.base_version, found.faults) == (False, True, 0, ())
    assert console.account("some@example.org").member().reaches("small")
    assert "small" not in {listed.slug for listed in list_campaigns(console.desk.database)}
    assert (line_of(console, "+15005550001"), line_of(console, "+15005550006")) == (None, line)
    owner = console.signed_in("organizer@demo.invalid")
    assert owner.get("/console/").status_code == 200
    for page in ("calls", "overview", "live", "share", "status/paused"):
        led = owner.get(f"/console/campaigns/small/{page}")
        assert (led.status_code, "/console/campaigns/small/edit" in led.location) == (303, True), page
    with pytest.raises(SlugTaken):
        create_campaign(console.desk, ANA, somebody.member(), small())
    import_campaign(console.desk.database, console.app.hotline.keys, console.clock, read_document(small()))
    assert open_draft(console.desk, "small").is_overtaken


def test_a_discarded_campaign_is_gone_and_its_name_free_again(console: Console) -> None:
    somebody = console.add("some@example.org", Role.ORGANIZER, OWN)
    create_campaign(console.desk, ANA, somebody.member(), small())
    first = open_draft(console.desk, "small")
    discard_draft(console.desk, ANA, "small", first.revision)
    with pytest.raises(UnknownCampaign):
        open_draft(console.desk, "small")
    with pytest.raises(UnknownCampaign):
        save_draft(console.desk, ANA, "small", {}, first.revision)
    assert not console.account("some@example.org").member().reaches("small")
    owner = console.account("organizer@demo.invalid").member()
    create_campaign(console.desk, ANA, owner, small(name="Again"))
    assert open_draft(console.desk, "small").revision > first.revision
