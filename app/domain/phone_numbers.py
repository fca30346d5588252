"""Phone numbers: a caller's, which never leaves this module in clear, and an office's, which is checked."""

import hmac
import re
from typing import NoReturn

import phonenumbers
from phonenumbers import PhoneNumberType

_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)

_TAG_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TAG_LENGTH = 4

# Spelled on a keypad: ANONYMOUS, RESTRICTED, UNAVAILABLE, BLOCKED, UNKNOWN. Carriers send them for withheld numbers.
_SPELLED = frozenset({"266696687", "7378742833", "86282452253", "2562533", "8656696"})

# The public area codes of the North American plan outside the United States and Canada look domestic and cost abroad.
_REFUSED_TYPES = {
    PhoneNumberType.PREMIUM_RATE: "a premium-rate number",
    PhoneNumberType.SHARED_COST: "a shared-cost number",
    PhoneNumberType.PAGER: "a pager",
    PhoneNumberType.UAN: "a company-wide access number",
}


class BadNumber(ValueError):
    """The text is not a phone number that an office may have; the message says why."""


class RawNumber:
    """A supporter's number for as long as a request lasts: it cannot be printed, compared by text or pickled."""

    __slots__ = ("__e164",)

    def __init__(self, e164: str) -> None:
        """Take an E.164 number."""
        self.__e164 = e164

    def pseudonym(self, key: bytes) -> str:
        """The supporter's keyed pseudonym: HMAC-SHA256, 128 bits kept, 32 hexadecimal digits."""
        return hmac.digest(key, f"caller-v1|{self.__e164}".encode(), "sha256").hex()[:32]

    @property
    def area_code(self) -> str:
        """The three-digit area code of a North American number, else empty."""
        return self.__e164[2:5] if re.fullmatch(r"\+1\d{10}", self.__e164, re.ASCII) else ""

    def __repr__(self) -> str:
        """Show nothing of the number."""
        return "RawNumber(…)"

    def __str__(self) -> NoReturn:
        """Refuse: a number that can be formatted ends up in a log."""
        raise TypeError("A supporter's number is never turned into text.")

    def __format__(self, spec: str) -> NoReturn:
        """Refuse, as for str()."""
        raise TypeError("A supporter's number is never turned into text.")

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled."""
        raise TypeError("A supporter's number is never stored.")


def read_caller(text: str) -> RawNumber | None:
    """The caller's number, or None if it is withheld or is no number (Twilio: voice request parameters, From)."""
    number = text.strip()
    if not _E164.fullmatch(number) or number[1:] in _SPELLED:
        return None
    return RawNumber(number)


def read_typed_caller(text: str, country: str = "US") -> RawNumber:
    """The supporter's number that an organizer typed; raises BadNumber, whose message does not repeat it."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise BadNumber("This is not a phone number: write it as 608 555 0123.") from None
    if not phonenumbers.is_possible_number(number):
        raise BadNumber("This is not a whole phone number: write it as 608 555 0123.")
    found = read_caller(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    if found is None:
        raise BadNumber("Numbers such as this one stand for withheld ones: nothing is kept of their callers.")
    return found


def is_e164(text: str) -> bool:
    """Whether the text has the form of an E.164 number."""
    return _E164.fullmatch(text) is not None


def office_number(text: str, country: str = "US") -> str:
    """The E.164 form of an office's number in a country.

    Raises BadNumber for what is no number, is of another country (the islands that share +1 included), or is one that
    costs more than a call: premium, shared cost, emergency and short numbers.
    """
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise BadNumber(f"{text!r} is not a phone number.") from None
    if number.extension:
        raise BadNumber(f"{text!r} holds an extension: write it in the field 'extension'.")
    if not phonenumbers.is_valid_number(number):
        raise BadNumber(f"{text!r} is not a number that can be assigned.")
    if phonenumbers.region_code_for_number(number) not in (country, None):
        raise BadNumber(f"{text!r} is not a number of {country}.")
    refused = _REFUSED_TYPES.get(phonenumbers.number_type(number))
    if refused:
        raise BadNumber(f"{text!r} is {refused}; an office must be reachable at the price of a call.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def digits_to_say(e164: str) -> str:
    """A number as it is read aloud: its national digits one by one, in groups."""
    number = phonenumbers.parse(e164)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    groups = re.findall(r"\d+", national)
    return ", ".join(" ".join(group) for group in groups)


def readable(e164: str) -> str:
    """A number as it is written for a person, with its country's code."""
    return phonenumbers.format_number(phonenumbers.parse(e164), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def caller_tag(pseudonym: str) -> str:
    """The short tag that stands for a supporter in the log, such as 7F3K; 'withheld' for none."""
    if not pseudonym:
        return "withheld"
    value = int(pseudonym[:5], 16)
    return "".join(_TAG_ALPHABET[(value >> shift) & 31] for shift in (15, 10, 5, 0))


def pseudonyms_of_tag(tag: str) -> str | None:
    """How the pseudonyms that have a tag begin; None if the text is no tag."""
    places = [_TAG_ALPHABET.find(letter) for letter in tag.upper()]
    if len(places) != _TAG_LENGTH or -1 in places:
        return None
    value = 0
    for place in places:
        value = value << 5 | place
    return f"{value:05x}"
