"""IncomingPhoneNumbers and AvailablePhoneNumbers: what the account has, and what it can have."""

import re
from itertools import islice

from app.simulator.rest.errors import RestError
from app.simulator.rest.given import Given
from app.simulator.rest.magic import settles
from app.simulator.rest.numbers import KINDS_FOR_SALE, SETTINGS, OwnedNumber
from app.simulator.rest.paging import PAGING, page_of
from app.simulator.rest.resource import NOT_FOUND, Answer, Asked
from app.simulator.rest.shapes import for_sale_shape, number_shape

UPDATE = frozenset(SETTINGS)
CREATE = UPDATE | {"PhoneNumber", "AreaCode"}
LIST = PAGING | {"PhoneNumber", "FriendlyName"}

_SEARCH_FLAGS = ("VoiceEnabled", "SmsEnabled", "MmsEnabled")
SEARCH = frozenset((*_SEARCH_FLAGS, "AreaCode", "Contains", "InRegion", "PageSize"))
_COUNTRY = "US"


def create(asked: Asked) -> Answer:
    """Buy a number, or any number of an area code."""
    given, rest = Given(asked.form, CREATE), asked.rest
    settings = _settings(given)
    owned = rest.numbers.make(_wanted(asked, given), settings)
    if not rest.is_test:
        rest.numbers.add(owned)
    return Answer(201, number_shape(owned, asked.account_sid))


def fetch(asked: Asked, sid: str) -> Answer:
    """One number of the account."""
    return Answer(200, number_shape(asked.found(asked.rest.numbers.owned, sid), asked.account_sid))


def listing(asked: Asked) -> Answer:
    """The account's numbers, or those that are asked for."""
    given = Given(asked.query, LIST)
    part, name = given.text("PhoneNumber"), given.text("FriendlyName")

    def shape(owned: OwnedNumber) -> dict[str, object]:
        return number_shape(owned, asked.account_sid)

    numbers = [
        owned
        for owned in list(asked.rest.numbers.owned.values())
        if part in owned.number and name in ("", owned.settings["friendly_name"])
    ]
    return Answer(200, page_of(numbers, shape, "incoming_phone_numbers", asked.path, asked.query))


def update(asked: Asked, sid: str) -> Answer:
    """Change a number's settings; what is not named stays as it is."""
    owned = asked.found(asked.rest.numbers.owned, sid)
    asked.rest.numbers.change(owned, _settings(Given(asked.form, UPDATE)))
    return Answer(200, number_shape(owned, asked.account_sid))


def delete(asked: Asked, sid: str) -> Answer:
    """Give a number back."""
    asked.rest.numbers.release(asked.found(asked.rest.numbers.owned, sid))
    return Answer(204)


def search(asked: Asked, country: str, kind: str) -> Answer:
    """Numbers for sale; those of every place can do everything."""
    given = Given(asked.query, SEARCH)
    if kind not in KINDS_FOR_SALE.get(country, ()):
        raise RestError(NOT_FOUND, asked.path)
    for flag in _SEARCH_FLAGS:
        given.choice(flag, "true")
    region, size = given.text("InRegion"), given.whole("PageSize", 1, 1000, 50)
    contains = given.text("Contains")
    if not re.fullmatch(r"\+?[0-9A-Za-z*]*", contains, re.ASCII):
        raise RestError(20001, "Contains must be digits, letters and asterisks")
    found = asked.rest.numbers.for_sale(country, kind, given.text("AreaCode"), contains)
    shown = islice((one for one in found if region in ("", one.region)), size)
    return Answer(200, {"available_phone_numbers": [for_sale_shape(one) for one in shown], "uri": asked.path})


def _wanted(asked: Asked, given: Given) -> str:
    """The number to buy, as far as it can be had."""
    rest, number, area = asked.rest, given.text("PhoneNumber"), given.text("AreaCode")
    if number:
        if rest.is_test and settles("IncomingPhoneNumbers", "PhoneNumber", number):
            return number
        given.number("PhoneNumber", 21421, 21421)
        kinds = KINDS_FOR_SALE[_COUNTRY]
        if any(number == one.number for kind in kinds for one in rest.numbers.for_sale(_COUNTRY, kind, number[2:5])):
            return number
        raise RestError(21422, number)
    if not re.fullmatch(r"[2-9]\d\d", area, re.ASCII):
        raise RestError(20001, "PhoneNumber or AreaCode must be given")
    if rest.is_test:
        settles("IncomingPhoneNumbers", "AreaCode", area)
    first = next(rest.numbers.for_sale(_COUNTRY, "Local", area), None)
    if first is None:
        raise RestError(21452, area)
    return first.number


def _settings(given: Given) -> dict[str, str]:
    """The settings that are given, by field; a URL may be empty, which unsets it."""
    settings = {}
    for parameter, (field, _) in SETTINGS.items():
        if given.has(parameter):
            settings[field] = _setting(given, parameter)
    return settings


def _setting(given: Given, parameter: str) -> str:
    if parameter.endswith("Method"):
        return given.choice(parameter, "POST", "GET")
    if parameter == "FriendlyName":
        return given.text(parameter)
    return given.url(parameter, 21402) or ""
