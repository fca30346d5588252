"""Reading single values: slugs, numbers, zones, dates, choices."""

import re
import unicodedata
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from app.domain.documents.faults import guess, shown, wrong
from app.domain.documents.fields import Reader
from app.domain.documents.texts import line
from app.domain.phone_numbers import BadNumber, is_e164, office_number

E = TypeVar("E", bound=StrEnum)

SLUG_LIMIT = 60
HOLIDAY_COUNTRIES = ("US",)
"""Countries whose federal holidays can close an office."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]*", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST_CODE = 100


def slug(value: object) -> str:
    """A name for addresses and commands."""
    name = line(SLUG_LIMIT)(value)
    if not _SLUG.fullmatch(name):
        raise wrong(f"{shown(name)} may hold only a-z, 0-9 and hyphens, and begins with no hyphen.")
    return name


def slug_of(name: str) -> str:
    """The slug of a name, accents left out; empty if no letter of it is Latin."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:SLUG_LIMIT].rstrip("-")


def truth(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise wrong(f"It must be true or false, not {shown(value)}.")
    return value


def whole_number(least: int, most: int) -> Reader[int]:
    """A reader of whole numbers within bounds; digits do as well."""

    def read(value: object) -> int:
        if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value, re.ASCII):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise wrong(f"It must be a whole number, not {shown(value)}.")
        if not least <= value <= most:
            raise wrong(f"It must be from {least} to {most}.")
        return value

    return read


def one_of(choices: type[E]) -> Reader[E]:
    """A reader of one of some words."""

    def read(value: object) -> E:
        word = line(_LONGEST_CODE)(value)
        if word not in list(choices):
            raise wrong(f"It must be {' or '.join(choices)}, not {shown(word)}.{guess(word, choices)}")
        return choices(word)

    return read


def code_of(codes: tuple[str, ...], kind: str) -> Reader[str]:
    """A reader of one of some codes, which are of a kind such as 'language'."""

    def read(value: object) -> str:
        word = line(_LONGEST_CODE)(value)
        if word not in codes:
            raise wrong(f"{shown(word)} is not a {kind} that can be used ({', '.join(codes)}).")
        return word

    return read


def holiday_country(value: object) -> str:
    """The country whose holidays close the offices, or false for none."""
    return "" if value is False else code_of(HOLIDAY_COUNTRIES, "country whose holidays are known")(value)


def time_zone(value: object) -> str:
    """The name of a time zone."""
    name = line(_LONGEST_CODE)(value)
    try:
        if not _ZONE.fullmatch(name):
            raise ZoneInfoNotFoundError(name)
        ZoneInfo(name)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        # OSError: a part of a name, such as 'America', is a folder. ValueError: what is there is no zone.
        hint = guess(name, available_timezones())
        raise wrong(f"{shown(name)} is not a time zone such as 'America/Chicago'.{hint}") from None
    return name


def day(value: object) -> date:
    """A date, as such or as text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        raise wrong(f"{shown(value)} is not in the calendar.") from None
    raise wrong(f"It must be a date such as 2017-12-25, not {shown(value)}.")


def matching(pattern: str, meant: str) -> Reader[str]:
    """A reader of short texts of a form, which is described as in 'It must be …'."""
    form = re.compile(pattern, re.ASCII)

    def read(value: object) -> str:
        code = line(_LONGEST_CODE)(value)
        if not form.fullmatch(code):
            raise wrong(f"{shown(code)} must be {meant}.")
        return code

    return read


extension = matching(r"[0-9w*#]{1,20}", "up to 20 keys of the telephone, and w for a pause of half a second")
area_code = matching(r"[2-9]\d{2}", "an area code of three digits")


def e164_number(value: object) -> str:
    """A number in its international form, whatever it costs to call."""
    number = line(_LONGEST_CODE)(value)
    if not is_e164(number):
        raise wrong(f"{shown(number)} must be written with + and the country code, such as +16085550123.")
    return number


def called_number(value: object) -> str:
    """The number of an office, which must be one that can be called at the price of a call."""
    try:
        return office_number(line(_LONGEST_CODE)(value))
    except BadNumber as problem:
        raise wrong(str(problem)) from None
