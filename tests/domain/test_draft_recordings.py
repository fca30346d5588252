from app.domain.draft_changes import changes
from app.domain.draft_offices import moved_office, without_office
from app.domain.draft_recordings import place_of, places_of, with_recording
from app.domain.drafts import with_languages
from app.domain.recordings import most_seconds

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


def test_the_texts_that_are_an_offices_own_have_places_and_go_where_it_goes() -> None:
    desk = {"id": "desk", "name": "Desk", "script": {"es": "Hola."}, "recordings": {"brief": {"en": ONE}}}
    body = {**BODY, "offices": [{"name": "Plain"}, desk]}
    own = [(each.name, each.language, each.text, each.recording_id) for each in places_of(body) if each.office]
    assert own == [
        ("desk.brief", "en", "", ONE),
        ("desk.brief", "es", "", ""),
        ("desk.script", "en", "", ""),
        ("desk.script", "es", "Hola.", ""),
    ]
    place = place_of(body, "desk.script", "es")
    assert place
    assert (place.office, place.field) == ("desk", "script")
    changed = with_recording(body, place, OTHER)
    assert changed["offices"][1]["recordings"] == {"brief": {"en": ONE}, "script": {"es": OTHER}}
    assert changed["recordings"] == BODY["recordings"]
    [told] = changes(body, changed)
    assert (told.path, told.after) == (("offices", "desk", "recordings", "script", "es"), f"recording {OTHER[:6]}")
    assert with_languages(changed, ("es",))["offices"][1]["recordings"] == {"script": {"es": OTHER}}
    moved = moved_office(changed, "desk", -1)
    assert with_recording(moved, place, "")["offices"][0]["recordings"] == {"brief": {"en": ONE}}
    gone = without_office(changed, "desk")
    assert with_recording(gone, place, ONE) == gone
    assert {most_seconds("script"), most_seconds("desk.script"), most_seconds("desk.brief")} == {180, 60}
