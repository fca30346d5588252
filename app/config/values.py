"""Where the variables' texts come from, and the collection of what is wrong with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from dotenv.parser import parse_stream

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class SettingsError(Exception):
    """Names every variable that is missing or malformed, a line each."""


@dataclass(frozen=True, slots=True)
class Variable(Generic[T_co]):
    """One variable of the environment, and what live mode asks of it beyond that."""

    name: str
    parse: Callable[[str], T_co]
    parse_live: Callable[[str], T_co] | None = None
    needed_live: str = ""


class Values:
    """Reads variables and remembers every problem, so that all can be told at once."""

    def __init__(self, environ: Mapping[str, str], env_file: Path, live_with: Variable[str]) -> None:
        self.problems: list[str] = []
        self._texts = {name: text for name, text in self._from_file(env_file).items() if text}
        self._texts.update({name: text.strip() for name, text in environ.items() if text.strip()})
        self.live = self.has(live_with)

    def has(self, variable: Variable[T]) -> bool:
        """Tells whether the variable has been given any value."""
        return variable.name in self._texts

    def get(self, variable: Variable[T], default: T) -> T:
        """Gives the variable's value, or the default where it is unset or malformed."""
        if not self.has(variable):
            if self.live and variable.needed_live:
                self.problems.append(f"{variable.name} is missing: {variable.needed_live}.")
            return default
        parse = (self.live and variable.parse_live) or variable.parse
        try:
            return parse(self._texts[variable.name])
        except ValueError as problem:
            self.problems.append(f"{variable.name} {problem}.")
            return default

    def raise_problems(self) -> None:
        """Raises one error that tells all the problems met so far, if there are any."""
        if self.problems:
            raise SettingsError("\n".join(self.problems))

    def _from_file(self, env_file: Path) -> dict[str, str]:
        texts: dict[str, str] = {}
        try:
            with env_file.open(encoding="utf-8-sig") as stream:
                for binding in parse_stream(stream):
                    if binding.error:
                        self.problems.append(self._bad_line(env_file, binding.original.line))
                    elif binding.key is not None:
                        texts[binding.key] = (binding.value or "").strip()
        except FileNotFoundError:
            pass
        except (OSError, UnicodeDecodeError):
            self.problems.append(f"{env_file} cannot be read: make it a readable UTF-8 text file.")
        return texts

    @staticmethod
    def _bad_line(env_file: Path, line: int) -> str:
        return f"{env_file}, line {line}, cannot be understood: write NAME=value."
