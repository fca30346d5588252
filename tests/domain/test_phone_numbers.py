"""Callers' numbers never show; offices' numbers are checked."""

import pickle

import pytest

from app.domain.phone_numbers import (
    BadNumber,
    RawNumber,
    caller_tag,
    digits_to_say,
    is_e164,
    office_number,
    pseudonyms_of_tag,
    read_caller,
    read_typed_caller,
    readable,
)

KEY = b"k" * 32

WITHHELD = [
    "", " ", "anonymous", "Anonymous", "+anonymous", "RESTRICTED", "unavailable", "unknown", "private", "blocked",
    "anonymous@anonymous.invalid", "sip:anonymous@anonymous.invalid", "client:somebody",
    "266696687", "+266696687", "+7378742833", "7378742833", "+86282452253", "86282452253", "+2562533", "2562533",
    "+8656696", "8656696", "+0", "+1", "+16085550123x", "16085550123", "+1608555012345678", "+١٦٠٨٥٥٥٠١٢٣",
]  # fmt: skip


@pytest.mark.parametrize("text", WITHHELD)
def test_withheld_and_unusable_caller_ids_are_nobody(text: str) -> None:
    assert read_caller(text) is None


@pytest.mark.parametrize("text", ["+16085550123", " +16085550123 ", "+441632960123"])
def test_a_number_is_somebody(text: str) -> None:
    assert read_caller(text) is not None


def test_a_supporters_number_cannot_be_shown_or_kept() -> None:
    number = RawNumber("+16085550123")
    assert "608" not in repr(number)
    for show in (str, lambda raw: f"{raw}", "{}".format, pickle.dumps):
        with pytest.raises(TypeError):
            show(number)
    assert not hasattr(number, "__dict__")


def test_a_pseudonym_is_keyed_stable_and_of_128_bits() -> None:
    number = RawNumber("+16085550123")
    assert number.pseudonym(KEY) == RawNumber("+16085550123").pseudonym(KEY)
    assert len({number.pseudonym(KEY), number.pseudonym(b"x" * 32), RawNumber("+16085550124").pseudonym(KEY)}) == 3
    assert len(bytes.fromhex(number.pseudonym(KEY))) == 16


@pytest.mark.parametrize(("number", "area"), [("+16085550123", "608"), ("+441632960123", ""), ("+1608555", "")])
def test_only_north_american_numbers_have_an_area_code(number: str, area: str) -> None:
    assert RawNumber(number).area_code == area


@pytest.mark.parametrize("text", ["(608) 264-5338", "608.264.5338", "+1 608 264 5338", "16082645338"])
def test_an_offices_number_is_read_however_it_is_written(text: str) -> None:
    assert office_number(text) == "+16082645338"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("madison", "not a phone number"),
        ("", "not a phone number"),
        ("911", "not a number that can be"),
        ("12345", "not a number that can be"),
        ("608-264-533", "not a number that can be"),
        ("+1 900 200 1234", "premium-rate"),
        ("+44 20 7946 0018", "not a number of US"),
        ("+1 876 922 1234", "not a number of US"),
        ("+1 613 995 9368", "not a number of US"),
        ("608-264-5338 ext. 2", "extension"),
    ],
)
def test_what_may_not_be_dialed_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(BadNumber, match=why):
        office_number(text)


def test_a_toll_free_number_may_be_an_office() -> None:
    assert office_number("800-827-1000") == "+18008271000"


def test_the_form_of_a_number_is_checked() -> None:
    assert is_e164("+15005550006")
    assert not is_e164("5005550006")


def test_a_number_is_read_aloud_digit_by_digit() -> None:
    assert digits_to_say("+16082645338") == "6 0 8, 2 6 4, 5 3 3 8"


def test_a_tag_is_short_readable_and_of_the_pseudonym() -> None:
    tag = caller_tag(RawNumber("+16085550123").pseudonym(KEY))
    assert len(tag) == 4
    assert tag == caller_tag(RawNumber("+16085550123").pseudonym(KEY))
    assert caller_tag("") == "withheld"
    assert not set("ILOU") & set(tag)


def test_a_tag_finds_the_pseudonyms_that_have_it() -> None:
    pseudonym = RawNumber("+16085550123").pseudonym(KEY)
    begins = pseudonyms_of_tag(caller_tag(pseudonym).lower())
    assert begins
    assert pseudonym.startswith(begins)
    assert [pseudonyms_of_tag(text) for text in ("", "7F3", "7F3K7", "7F3U")] == [None] * 4


def test_a_number_is_written_for_a_person() -> None:
    assert readable("+15005550006") == "+1 500-555-0006"
    assert readable("+442079460018") == "+44 20 7946 0018"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nobody", "not a phone number"),
        ("414 555", "not a whole phone number"),
        ("+86282452253", "stand for withheld ones"),
    ],
)
def test_a_number_that_an_organizer_types_is_somebodys_or_refused_without_repeating_it(text: str, why: str) -> None:
    with pytest.raises(BadNumber, match=why) as refused:
        read_typed_caller(text)
    assert text not in str(refused.value)


def test_a_typed_number_is_read_as_the_carrier_sends_it() -> None:
    found = read_typed_caller("(608) 555-0123")
    assert found.pseudonym(KEY) == RawNumber("+16085550123").pseudonym(KEY)
