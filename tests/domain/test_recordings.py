from dataclasses import replace

import pytest

from app.domain.recordings import Measured, advice, is_same_text, refusal

FINE = Measured(seconds=20.0, level_db=-20.0, clipped=0.0, is_longer=False)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        ({"seconds": 60.0}, ""),
        ({"seconds": 60.1}, "It takes 60 seconds; at most 60"),
        ({"is_longer": True}, "It takes more than 60 seconds; at most 60"),
        ({"seconds": 0.4}, "shorter than half a second"),
        ({"level_db": -51.0, "seconds": 0.0}, "Nothing can be heard"),
    ],
)
def test_what_cannot_be_played_is_refused_in_a_sentence(changes: dict[str, float], sentence: str) -> None:
    told = refusal(replace(FINE, **changes), 60)  # type: ignore[arg-type]  # each names a field
    assert told.startswith(sentence) if not sentence else sentence in told
    assert bool(told) == bool(sentence)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({}, ()), ({"clipped": 0.006}, ("distorted",)), ({"level_db": -41.0, "clipped": 0.006}, ("distorted", "quiet"))],
)
def test_what_sounds_badly_is_told(changes: dict[str, float], words: tuple[str, ...]) -> None:
    told = advice(replace(FINE, **changes))  # type: ignore[arg-type]  # each names a field
    assert len(told) == len(words)
    assert all(word in sentence for word, sentence in zip(words, told, strict=True))


def test_line_breaks_are_not_heard() -> None:
    assert is_same_text("Say it.\nNow.", " Say it.  Now. ")
    assert not is_same_text("Say it. Now.", "Say it now.")
