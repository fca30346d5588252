"""What is wrong with a document, and where."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]
"""The way from the top of a document to a value: names of fields and positions in lists."""

_PLAIN_STEP = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)
_LONGEST_SHOWN = 60
# Comparing words takes time by their length; no field is longer, and no mistake in it looks like this.
_LONGEST_GUESSED = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, as a sentence, and where: `path` is empty for the whole document."""

    path: Path
    message: str

    @property
    def where(self) -> str:
        """The path as a person reads it: offices[3].number."""
        return "".join(_step(step) for step in self.path).removeprefix(".")

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.path else self.message


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _PLAIN_STEP.fullmatch(step) else f".{shown(step)}"


class DocumentError(ValueError):
    """A document cannot be a campaign; `faults` are all the reasons that were found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Take the faults in the order of the document."""
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def wrong(message: str) -> DocumentError:
    """The error for a value that is wrong as a whole."""
    return DocumentError([Fault((), message)])


class Faults:
    """Gathers the faults of a value's parts, so that one reading finds them all."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    @contextmanager
    def at(self, *path: str | int) -> Iterator[None]:
        """Read one part: its faults are kept, under its path."""
        try:
            yield
        except DocumentError as error:
            self._found += [Fault((*path, *fault.path), fault.message) for fault in error.faults]

    def check(self) -> None:
        """Raise what was found, if anything was."""
        if self._found:
            raise DocumentError(self._found)


def shown(value: object) -> str:
    """A value as it may stand in a message: short, on one line, whatever it is."""
    if isinstance(value, str):
        return repr(value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "…")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else "something else"


def guess(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the known word nearest to an unknown one, with a space before it, or nothing."""
    if len(word) > _LONGEST_GUESSED:
        return ""
    near = get_close_matches(word, map(str, known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""
