"""Reading YAML that strangers wrote: plain values, the line of each, and nothing that YAML does unasked.

Every scalar is the text that stands there, except for true, false and null: so an area code is not a number, a
telephone number does not lose its plus, and 'no' is a word. Aliases and tags are refused, and depth and size bounded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from ruamel.yaml.reader import ReaderError

from app.domain.documents import Fault, Path

MAX_CHARACTERS = 1_000_000
MAX_NODES = 20_000
MAX_DEPTH = 8

_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

# What people trip over most, by the parser's own words.
_HINTS = {
    "mapping values are not allowed": " A text that holds a colon and a space needs quotes.",
    r"'\\t'": " Indent with spaces, not with tabs.",
}


class YamlFaults(ValueError):
    """The text is not YAML that we read; each fault comes with its line, the first of which is 1."""

    def __init__(self, *faults: tuple[int, Fault]) -> None:
        """Take the faults in the order of the text."""
        super().__init__(faults)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class YamlText:
    """What a YAML text holds, and the line on which each part of it begins."""

    value: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of a value, or of the innermost value around it that is there."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]


def read_yaml(text: str) -> YamlText:
    """The one document of a YAML text; raises YamlFaults."""
    if len(text) > MAX_CHARACTERS:
        raise _fault(0, f"The file has more than {MAX_CHARACTERS:,} characters.")
    reading = _Reading(text)
    value = reading.document()
    if reading.faults:
        raise YamlFaults(*reading.faults)
    return YamlText(value, reading.lines)


def _fault(line: int, message: str, path: Path = ()) -> YamlFaults:
    return YamlFaults((line + 1, Fault(path, message)))


def _events(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context).split())
        hint = next((hint for said, hint in _HINTS.items() if said in problem), "")
        raise _fault(mark.line if mark else 0, f"The file is not YAML: {problem}.{hint}") from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position)
        raise _fault(line, f"The file holds U+{error.character:04X}, which YAML forbids.") from None
    except (YAMLError, ValueError, OverflowError) as error:
        # The parser lets through what Python says of an escape such as "\UFFFFFFFF", without a line.
        raise _fault(0, f"The file is not YAML: {error}.") from None


class _Reading:
    """One pass over the events of a text."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self.faults: list[tuple[int, Fault]] = []
        self._events = _events(text)
        self._nodes = 0

    def document(self) -> Any:
        """The value of the only document."""
        first = self._next_of(DocumentStartEvent)
        if first is None:
            raise _fault(0, "The file is empty.")
        value = self._node(next(self._events), ())
        second = self._next_of(DocumentStartEvent)
        if second is not None:
            raise _fault(second.start_mark.line, "A file holds one campaign: '---' begins a second document.")
        return value

    def _next_of(self, kind: type[Event]) -> Event | None:
        return next((event for event in self._events if isinstance(event, kind)), None)

    def _node(self, event: Event, path: Path) -> Any:
        self._nodes += 1
        line = event.start_mark.line
        self.lines.setdefault(path, line + 1)
        if self._nodes > MAX_NODES or len(path) > MAX_DEPTH:
            raise _fault(line, "The file holds more than a campaign can.")
        if isinstance(event, AliasEvent):
            self._complain(line, "Aliases (*name) are not used here: write the value out.", path)
            return None
        if getattr(event, "tag", None) not in (None, "!"):
            self._complain(line, "Tags (!name) are not used here.", path)
        if isinstance(event, ScalarEvent):
            return _CONSTANTS.get(event.value, event.value) if event.implicit[0] else event.value
        return self._mapping(path) if isinstance(event, MappingStartEvent) else self._list(path)

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key in self._until(MappingEndEvent):
            line = key.start_mark.line
            if not isinstance(key, ScalarEvent):
                raise _fault(line, "The name of a field is text, not a mapping, list or alias.", path)
            place = (*path, key.value)
            if key.value in values:
                first = self.lines[place]
                self._complain(line, f"It is given twice; first on line {first}.", place)
            self.lines.setdefault(place, line + 1)
            values[key.value] = self._node(next(self._events), place)
        return values

    def _list(self, path: Path) -> list[Any]:
        return [self._node(event, (*path, index)) for index, event in enumerate(self._until(SequenceEndEvent))]

    def _until(self, end: type[Event]) -> Iterator[Event]:
        return takewhile(lambda event: not isinstance(event, end), self._events)

    def _complain(self, line: int, message: str, path: Path) -> None:
        self.faults.append((line + 1, Fault(path, message)))
