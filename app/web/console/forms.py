"""A form as it was posted: what was typed, and beside which field what is wrong."""

from collections.abc import Callable
from typing import TypeVar

from flask import request

T = TypeVar("T")


class Form:
    """The fields of a form by name; nothing is read but what a page asks for."""

    def __init__(self) -> None:
        """Take what was posted with this request, if anything was."""
        self._posted = request.form
        self.errors: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        return self._posted.get(name, "")

    def all(self, name: str) -> list[str]:
        """All values of a field that may have several."""
        return self._posted.getlist(name)

    def has(self, name: str) -> bool:
        """Whether a box was ticked."""
        return name in self._posted

    def read(self, name: str, parse: Callable[[str], T]) -> T | None:
        """A field's value; a ValueError's text is kept as what is wrong with it."""
        try:
            return parse(self[name])
        except ValueError as error:
            self.errors[name] = str(error)
            return None
