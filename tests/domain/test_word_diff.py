"""A word diff tells what went and what came, and reading the one or the other gives the two texts."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.word_diff import Kind, word_diff
from tests.domain.test_drafts import fewer

_TEXT = st.text("ab \n.", max_size=40)


def read(before: str, after: str, *kinds: Kind) -> list[str]:
    return "".join(piece.text for piece in word_diff(before, after) if piece.kind in kinds).split()


@fewer
@given(_TEXT, _TEXT)
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    assert read(before, after, Kind.SAME, Kind.DELETED) == before.split()
    assert read(before, after, Kind.SAME, Kind.INSERTED) == after.split()
    assert all(piece.text for piece in word_diff(before, after))


def test_words_are_told_one_by_one() -> None:
    told = [(piece.kind, piece.text) for piece in word_diff("Say it to my  friend", "Please say it to my old friend.")]
    assert told == [
        (Kind.DELETED, " Say"),
        (Kind.INSERTED, " Please say"),
        (Kind.SAME, " it to my"),
        (Kind.DELETED, " friend"),
        (Kind.INSERTED, " old friend."),
    ]
    assert [(p.kind, p.text) for p in word_diff("One two", "One\ntwo")] == [
        (Kind.SAME, " One"),
        (Kind.INSERTED, "\n"),
        (Kind.SAME, " two"),
    ]


def test_a_text_that_repeats_itself_too_much_counts_as_changed_between_its_ends() -> None:
    before, after = ("start " + " ".join(words * 400) + " end" for words in (["a", "b"], ["a", "b", "b"]))
    kinds = [piece.kind for piece in word_diff(f"x {before} y", f"x a {after} y")]
    assert kinds == [Kind.SAME, Kind.DELETED, Kind.INSERTED, Kind.SAME]
