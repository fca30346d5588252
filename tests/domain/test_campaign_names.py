"""What campaigns are called where several are named."""

from app.domain.campaign_names import told_apart


def test_a_slug_is_told_only_where_a_name_does_not_tell_a_campaign() -> None:
    names = {"a": "Clean water", "b": "clean  Water", "c": "Fair wages", "d": " ", "e": ""}
    assert told_apart(names) == {
        "a": "Clean water (a)",
        "b": "clean  Water (b)",
        "c": "Fair wages",
        "d": "d",
        "e": "e",
    }
