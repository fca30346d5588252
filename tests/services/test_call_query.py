"""What may be a supporter's number, which stands in no address."""

import pytest

from app.services.call_query import CallQuery, is_like_a_number

CALL = "CA60855512346085551234608555123460aa"[:34]


@pytest.mark.parametrize(
    "text",
    [
        "6085551234",
        "555-1234",
        "+1 (608) 555-1234",
        "608–555–1234",
        "608‑555‑1234",
        "608,555,1234",
        "608_555_1234",
        "608 - - - - 555 - - - - 1234",
        "tel:6085551234",
        "call from 6085551234",
        "6085551234 Madison",
        "٦٠٨٥٥٥١٢٣٤",
        f"{CALL} 6085551234",
    ],
)
def test_a_number_is_known_in_any_writing(text: str) -> None:
    assert is_like_a_number(text)
    assert not CallQuery.read({"q": text, "same": text}).wishes


@pytest.mark.parametrize("text", [CALL, "7F3K", "CA3", "office 12, line 345678", "asked for 3 of 12 calls"])
def test_ids_tags_and_words_may_be_searched_for(text: str) -> None:
    assert not is_like_a_number(text)
    assert CallQuery.read({"q": text}).wishes == {"q": text}
