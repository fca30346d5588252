"""How the log looks: any choice is kept as it was made, and what a preference cannot mean changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from app.services.log_look import AT_FIRST, Column, Look
from app.services.preferences import Preference

LOOKS = st.builds(
    Look,
    order=st.permutations(list(Column)).map(tuple),
    chosen=st.frozensets(st.sampled_from(list(Column))),
    is_compact=st.booleans(),
)


@given(look=LOOKS)
def test_a_look_is_kept_as_it_was_chosen(look: Look) -> None:
    assert Look.read({name.value: value for name, value in look.kept().items()}) == look


@given(kept=st.text(max_size=60), compact=st.text(max_size=9))
def test_whatever_a_preference_says_each_column_is_there_once(kept: str, compact: str) -> None:
    look = Look.read({Preference.LOG_COLUMNS: kept, Preference.LOG_ROWS: compact})
    assert sorted(look.order) == sorted(Column)
    assert set(look.shown) == look.chosen


def test_without_a_choice_the_optional_columns_are_not_shown() -> None:
    assert frozenset(Look.read({}).shown) == AT_FIRST == Look().chosen
    later = Look.read({Preference.LOG_COLUMNS: "flags -caller nonsense"})
    assert later.order[:2] == (Column.FLAGS, Column.CALLER)
    assert Column.CALLER not in later.chosen
    assert Column.TALK in later.chosen


def test_a_column_moves_up_and_down_and_stops_at_the_ends() -> None:
    look = Look().moving("language", -1)
    assert look.order[:2] == (Column.LANGUAGE, Column.CALLER)
    assert look.moving("language", -1) == look
    assert Look().moving("keys", 1) == Look()
    assert Look().moving("nothing", 1) == Look()
    assert look.moving("language", 1) == Look()
    assert look.choosing(["keys", "x"]).shown == [Column.KEYS]
