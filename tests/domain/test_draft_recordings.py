from app.domain.draft_recordings import place_of, places_of, with_recording

ONE, OTHER = "a" * 32, "b" * 32
BODY = {"languages": ["en", "es"], "greeting": {"en": " Hello. "}, "script": "Please.", "recordings": {"greeting": ONE}}


def test_every_text_has_a_place_in_each_language_whatever_the_draft_holds() -> None:
    found = {(each.name, each.language): (each.text, each.recording_id) for each in places_of(BODY)}
    assert len(found) == 8
    assert found["greeting", "en"] == ("Hello.", ONE)
    assert found["greeting", "es"] == ("", "")
    assert found["script", "en"] == ("Please.", "")
    odd: object
    for odd in (None, "x", 5, [], {"greeting": 5}, {"greeting": {"en": "../etc/passwd"}}):
        assert {each.recording_id for each in places_of({"recordings": odd})} == {""}
    assert place_of(BODY, "offices", "en") is None


def test_a_recording_is_put_in_its_place_and_taken_away_again() -> None:
    spanish = place_of(BODY, "greeting", "es")
    assert spanish
    both = with_recording(BODY, spanish, OTHER)
    assert both["recordings"] == {"greeting": {"en": ONE, "es": OTHER}}
    assert with_recording(both, spanish, "")["recordings"] == {"greeting": {"en": ONE}}
    only = with_recording({"recordings": "nonsense"}, spanish, OTHER)
    assert only["recordings"] == {"greeting": {"es": OTHER}}
    assert "recordings" not in with_recording(only, spanish, "")
