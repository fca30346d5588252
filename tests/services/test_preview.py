"""The preview: drafts played as far as they can be, keys told by the flow, and calls walked again."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.documents import write_campaign
from app.domain.events import DialEnded, Event, Pressed, Silence, Started, describe
from app.domain.results import LineResult
from app.flow.patch_through import FLOW
from app.services.call_words import MENU_WORDS
from app.services.preview import MOST_STEPS, Preview, Walked, minutes, previews, read_walk, replay, step_of
from tests.support.campaign_documents import small, small_office
from tests.support.campaigns import CHRISTMAS, TUESDAY_10, campaign, many_offices

WHOLE = write_campaign(campaign())


def english(document: object, walk: str = "") -> Preview:
    return previews(document, walk, TUESDAY_10)[0]


def heard(preview: Preview, turn: int = -1) -> str:
    return " ".join(spoken.text for spoken in preview.turns[turn].said)


def labels(preview: Preview) -> dict[str, str]:
    return {choice.step: choice.label for choice in preview.keys if choice.is_used}


def test_both_languages_go_the_same_way_side_by_side() -> None:
    first, second = previews(WHOLE, "4a1", TUESDAY_10)
    assert (first.language, second.language) == ("en", "es")
    assert [turn.step for turn in first.turns] == ["welcome", "connect", "outcome", "next"]
    assert [turn.step for turn in second.turns] == [turn.step for turn in first.turns]
    assert heard(first).startswith("Thank you. That's 1 of 7.")
    assert heard(second).startswith("Gracias. Lleva 1 de 7.")


def test_seconds_run_on_through_speech_waits_ringing_and_talk() -> None:
    preview = english(WHOLE, "4n")
    welcome, connect, no_answer = preview.turns
    assert connect.at_s == welcome.said[-1].at_s + welcome.said[-1].takes_s
    # One second after the announcement, thirty and five of ringing (Twilio adds them).
    assert no_answer.at_s == pytest.approx(connect.said[-1].at_s + connect.said[-1].takes_s + 1 + 35)
    assert (minutes(0), minutes(71.99), minutes(3600)) == ("0:00", "1:11", "60:00")


def test_every_key_says_where_it_leads_and_pressing_it_goes_there() -> None:
    preview = english(WHOLE)
    assert len(preview.keys) == 12
    assert labels(preview) == {
        **{str(at + 1): f"Calls {office['name'] if isinstance(office['name'], str) else office['name']['en']}"
           for at, office in enumerate(WHOLE["offices"])},
        "8": "Hears the full script", "9": "Changes the language", "0": "Hears the summary",
        "*": "Hears the question whether to end", "#": "Calls Eau Claire",
    }  # fmt: skip
    for choice in preview.keys:
        further = english(WHOLE, choice.walk)
        assert further.walk == choice.step
        assert len(further.turns) == 2


def test_keys_are_labelled_by_where_the_call_stands() -> None:
    assert labels(english(WHOLE, "4a"))["3"] == "Tells us: could not get through"
    assert "4" not in labels(english(WHOLE, "4a"))
    assert labels(english(WHOLE, "8"))["8"] == "Hears it again"
    assert labels(english(WHOLE, "4"))["#"] == "Rings Madison at once"
    assert labels(english(write_campaign(many_offices(9))))["7"] == "Hears the list of offices"
    assert labels(english(write_campaign(many_offices(9)), "7"))["7"] == "Hears more offices"
    assert "5" not in labels(english(write_campaign(many_offices(3))))
    assert "9" in labels(english(WHOLE))
    closed = previews(WHOLE, "", CHRISTMAS)[0]
    assert labels(closed)["4"] == "Madison: hears that the office is closed"
    assert labels(previews(WHOLE, "5", CHRISTMAS)[0])["4"] == labels(closed)["4"]
    only_english = write_campaign(campaign(languages=("en",), greeting={"en": "Hi."}, summary={"en": "Do."},
                                           script={"en": "Say."}))  # fmt: skip
    assert "9" not in labels(english(only_english))


def test_while_an_office_is_dialed_it_can_answer_be_busy_or_be_stopped() -> None:
    preview = english(WHOLE, "4#")
    assert [choice.label for choice in preview.others] == [
        "Madison answers, and the talk ends", "Madison is busy", "Nobody answers", "The call fails",
    ]  # fmt: skip
    assert labels(preview) == {"*": "Stops calling Madison"}
    assert english(WHOLE, "4#*").turns[-1].step == "menu"
    assert english(WHOLE, "4f").turns[-1].step == "failed"


def test_the_end_is_told_and_what_comes_after_it_is_not_done() -> None:
    preview = english(WHOLE, "***4a")
    assert preview.ended == "The call is over: the caller said goodbye."
    assert (preview.walk, preview.keys, preview.others) == ("**", (), ())
    assert preview.turns[-1].note == "Not done any more, because the call is over: *, 4, answered."
    assert "nobody waits for it here" in english(WHOLE, "b4").turns[0].note


def test_an_office_that_was_busy_is_not_suggested_again_at_once() -> None:
    assert "Eau Claire" not in labels(english(WHOLE, "1b*#"))["#"]
    assert labels(english(WHOLE, "1f*#"))["#"] != "Calls Eau Claire"
    # Three calls a day are the most: the fourth is told so.
    assert english(WHOLE, "1a3" * 3 + "1").turns[-1].step == "limit"


def test_a_missing_text_is_marked_with_the_other_language_in_its_place() -> None:
    one, other = previews(small(greeting={"en": "Welcome."}, summary="x", script={"en": "S"}), "8", TUESDAY_10)
    missing = other.turns[0].said[0].missing
    assert missing
    assert missing.sentence == "Spanish is missing: the caller would hear nothing here."
    assert (missing.instead, missing.instead_language) == ("Welcome.", "en")
    assert sum(said.missing is not None for turn in other.turns for said in turn.said) == 3
    assert not any(said.missing for turn in one.turns for said in turn.said)
    assert "\ue000" not in json.dumps([heard(other, at) for at in range(2)])


def test_a_brief_that_is_not_translated_and_a_text_that_cannot_be_spoken_are_marked() -> None:
    _, spanish = previews(small_office(brief={"en": "It differs."}), "1", TUESDAY_10)
    assert [said.missing and said.missing.instead for said in spanish.turns[1].said] == ["It differs.", None]
    (only,) = previews(small(languages=["en"], greeting="a\u202eb", summary={"en": 3}, script="S"), "", TUESDAY_10)
    first, second = [said.missing for said in only.turns[0].said[:2]]
    assert first
    assert first.sentence.startswith("English cannot be spoken yet: It holds U+202E")
    assert second
    assert "must be text" in second.sentence
    assert not second.instead


def test_a_summary_that_is_too_long_to_publish_is_still_heard() -> None:
    assert "far far" in heard(english(small(summary="far " * 120)))


def test_a_recording_takes_its_own_time_and_says_the_text_that_it_was_made_for() -> None:
    id_ = "a" * 32
    recorded = small(recordings={"greeting": {"en": id_}})
    first, second = previews(recorded, "", TUESDAY_10, {id_: 7.5})[0].turns[0].said[:2]
    assert (first.is_played, first.takes_s, first.text) == (True, 7.5, "Welcome.")
    assert second.at_s == 7.5
    # One that nobody knows the length of is taken for as long as its text.
    assert english(recorded).turns[0].said[0].takes_s == 0.4


@pytest.mark.parametrize(
    ("document", "notice"),
    [
        (small(offices=[]), "There is no office yet, so the preview calls “Example office”"),
        (small_office(number="+19002345678"), "Madison, number: "),
        (small_office(name=""), "Office 1, name, English: "),
        (small_office(hours={"mon": "25:00"}), "Madison, hours, mon: "),
        (small(offices=[7]), "Office 1: "),
        (small(offices=[{"name": f"Town {at}"} for at in range(60)]), "And 35 more: "),
        (small(limits={"ring_seconds": 1}), "Limits, ring seconds: "),
        (small(closures=["2026-01-01", "then", "2026-01-02", "when"]), "Closures, 3: "),
    ],
)
def test_what_had_to_be_replaced_or_left_out_is_told_and_the_call_goes_on(document: Any, notice: str) -> None:
    preview = english(document, "1a1")
    assert any(each.startswith(notice) for each in preview.notices)
    assert [turn.step for turn in preview.turns][:3] == ["welcome", "connect", "outcome"]


def test_offices_that_were_given_twice_are_told_apart() -> None:
    twice = [{"id": "a", "name": name, "number": "608-264-5338"} for name in ("One", "Two")]
    preview = english(small(offices=twice), "2")
    assert preview.turns[-1].step == "connect"
    assert "Two" in heard(preview)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*small(), "limits", "contact", "closures", "holidays"]), JSON), st.text())
def test_any_draft_and_any_walk_ends_in_a_preview(given: dict[str, Any], walk: str) -> None:
    document = small(**given)
    found = previews(document, walk, TUESDAY_10)
    assert found == previews(document, walk, TUESDAY_10)
    for preview in found:
        assert preview.turns or preview.notices


@pytest.mark.parametrize("document", [None, [], "text", {3: 4}, small(limits={None: 1})])
def test_what_is_no_draft_at_all_is_said_in_a_sentence(document: object) -> None:
    (preview,) = previews(document, "1", TUESDAY_10)
    assert not preview.turns
    assert preview.notices[0].endswith((".", "sections."))


def test_a_walk_is_bounded_and_holds_nothing_but_steps() -> None:
    assert read_walk("4 <script>a1\n＃#é") == "4sa1#"
    assert len(read_walk("1" * 10_000)) == MOST_STEPS
    preview = english(WHOLE, "0" * 10_000)
    assert len(preview.turns) <= MOST_STEPS + 1


def test_every_event_of_the_record_is_a_step_of_a_walk_or_none() -> None:
    events: list[Event] = [Started(), Pressed("#"), Silence(), *(DialEnded(result) for result in LineResult)]
    steps = [step_of(describe(event)) for event in events]
    assert steps == ["", "#", "s", "a", "b", "n", "f", "*"]
    assert step_of("pressed 12") == step_of("pressed ") == step_of("dial_ended later") == ""


def test_every_step_of_the_flow_has_words() -> None:
    assert {name for name, step in FLOW.items() if step.hear} == set(MENU_WORDS)


def test_a_call_walked_again_says_where_it_parts_from_the_one_that_was_made() -> None:
    made = [Walked("4", "connect"), Walked("a", "outcome"), Walked("1", "next"), Walked("7", "connect")]
    same = replay(WHOLE, "es", "welcome", made, TUESDAY_10)
    assert same.language == "es"
    assert not any(turn.note for turn in same.turns)
    assert not same.notices
    fewer = replay(write_campaign(many_offices(5)), "en", "back", made, TUESDAY_10)
    assert [turn.note for turn in fewer.turns[:-1]] == ["", "", "", ""]
    assert fewer.turns[-1].note == (
        "Here this call parts from the one that was made: there the caller now heard that an office is being called, "
        "here the offer of the next office."
    )
    assert fewer.notices == ("The call itself began with the welcome for returning callers: here somebody new calls.",)
