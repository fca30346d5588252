"""The parameters of a request, read strictly: what is unknown or wrong is refused with Twilio's code."""

import re
from collections.abc import Collection
from datetime import UTC, datetime

from werkzeug.datastructures import MultiDict

from app.simulator.rest.errors import RestError
from app.simulator.twiml.values import absolute_url, phone_number

_REFUSED = 20001


class Given:
    """Parameters of a form or a query string; the ones that no request here knows are refused at once."""

    def __init__(self, values: MultiDict[str, str], known: Collection[str]) -> None:
        """Take the values, if all their names are known."""
        self._values = values
        for name in values:
            if name not in known:
                raise RestError(_REFUSED, f"The parameter {name} is not known or not simulated")

    def text(self, name: str) -> str:
        """The value, or empty."""
        return self._values.get(name, "")

    def has(self, name: str) -> bool:
        """Whether it was given at all, be it empty."""
        return name in self._values

    def needed(self, name: str, code: int) -> str:
        """The value, which must not be empty."""
        text = self.text(name)
        if not text:
            raise RestError(code)
        return text

    def number(self, name: str, missing: int, invalid: int) -> str:
        """A phone number in E.164 form."""
        text = self.needed(name, missing)
        try:
            return phone_number(text)
        except ValueError:
            raise RestError(invalid, text) from None

    def url(self, name: str, code: int) -> str | None:
        """An absolute URL, or None."""
        text = self.text(name)
        if not text:
            return None
        try:
            return absolute_url(text)
        except ValueError:
            raise RestError(code, text) from None

    def whole(self, name: str, low: int, high: int, default: int) -> int:
        """A whole number within bounds."""
        text = self.text(name)
        if not text:
            return default
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not low <= int(text) <= high:
            raise RestError(_REFUSED, f"{name} must be a number from {low} to {high}")
        return int(text)

    def choice(self, name: str, *words: str) -> str:
        """One of some words; the first of them by default."""
        text = self.text(name) or words[0]
        if text not in words:
            raise RestError(_REFUSED, f"{name} must be one of {', '.join(words)}")
        return text

    def choices(self, name: str, *words: str) -> frozenset[str]:
        """Some of some words, as the field that is repeated gives them; the last word by default."""
        given = frozenset(self._values.getlist(name)) or {words[-1]}
        if not given <= set(words):
            raise RestError(_REFUSED, f"{name} must be some of {', '.join(words)}")
        return frozenset(given)

    def moment(self, name: str) -> datetime | None:
        """A date or a date and time in UTC, or None (Twilio: Call resource, list)."""
        text = self.text(name)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise RestError(_REFUSED, f"{name} must be a date such as 2017-12-19") from None
        return moment.replace(tzinfo=moment.tzinfo or UTC)
