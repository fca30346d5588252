"""A draft as the fields of forms: what was typed, right or wrong, and what is wrong beside it."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.documents import Fault
from app.domain.drafts import TEXTS, Body, languages_of, read_words
from app.web.console.editor.sections import field_id

_PLAIN = ("name", "organization", "time_zone", "ends_on", "number", "caller_id", "goal_calls")


class Fields:
    """The fields of a draft by the names that forms give them, as macros of forms take them: [name], .errors[name]."""

    def __init__(self, body: Body, faults: Iterable[Fault]) -> None:
        """Take a draft and what is wrong with it."""
        self.languages = languages_of(body)
        self._values = {name: _shown(body.get(name)) for name in _PLAIN}
        for name in TEXTS:
            words = read_words(body.get(name), self.languages)
            self._values |= {f"{name}.{code}": text for code, text in words.items()}
        limits = body.get("limits")
        given: Mapping[str, Any] = limits if isinstance(limits, Mapping) else {}
        self._values |= {f"limits.{name}": _shown(value) for name, value in given.items()}
        closures = body.get("closures")
        self._values["closures"] = "\n".join(map(str, closures)) if isinstance(closures, list) else _shown(closures)
        self.closes_on_holidays = bool(body.get("holidays"))
        self.welcomes_back = body.get("welcomes_back", True) is not False
        self.errors = self._told(faults)

    def __getitem__(self, name: str) -> str:
        return self._values.get(name, "")

    def _told(self, faults: Iterable[Fault]) -> dict[str, str]:
        told: dict[str, str] = {}
        for fault in faults:
            if fault.path:
                name = field_id(fault.path, self.languages)
                told[name] = f"{told[name]} {fault.message}" if name in told else fault.message
        return told


def _shown(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
