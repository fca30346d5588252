"""Accounts: who can sign in, and which addresses and passwords are taken."""

from dataclasses import replace

import pytest

from app.domain.organizers import LONGEST_PASSWORD, Account, check_password, read_email
from app.domain.roles import Act, Role
from tests.support.campaigns import TUESDAY_10

ANA = Account(
    1, "p1", "ana@example.org", Role.ORGANIZER, False, frozenset({"small"}), False, "hash", None, 0, TUESDAY_10, None
)


def test_somebody_can_sign_in_from_accepting_until_being_disabled() -> None:
    invited, disabled = replace(ANA, password_hash=None), replace(ANA, disabled_at=TUESDAY_10)
    assert [each.is_active for each in (ANA, invited, disabled)] == [True, False, False]
    assert [each.is_invited for each in (ANA, invited, disabled)] == [False, True, False]


def test_finding_by_number_is_given_to_a_person_and_not_with_a_role() -> None:
    assert not ANA.member().grants
    assert replace(ANA, may_search=True).member().grants == {Act.FIND_BY_NUMBER}


def test_an_address_is_kept_in_one_spelling() -> None:
    assert read_email(" Ana@Example.ORG\n") == "ana@example.org"


@pytest.mark.parametrize("text", ["", "ana", "ana@", "ana@example", "a na@example.org", "<a@example.org>", "a" * 300])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as ana@example\.org"):
        read_email(text)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 12"),
        ("ab1cd2ef3gh4" * 20, f"at most {LONGEST_PASSWORD}"),
        ("abababababab", "easy to guess"),
        ("my name is Ana B.", "easy to guess"),
        ("Patchline 2026!", "easy to guess"),
    ],
)
def test_a_weak_password_is_told_why(password: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        check_password(password, ANA.email)


def test_words_make_a_good_password() -> None:
    check_password("correct horse battery", ANA.email)
