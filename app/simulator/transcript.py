"""What happened in a call, line by line, the same from run to run."""

import textwrap
from dataclasses import dataclass
from enum import StrEnum

from app.simulator.wire import Params

_WIDTH = 100
_PLAYED = "♪ "


class Kind(StrEnum):
    """What a line of the transcript tells; its value is the word that is printed."""

    DIALS = "supporter"
    HEARS = "hears"
    PRESSES = "presses"
    SAYS = "says"
    SILENT = "silent"
    UNHEARD = "unheard"
    RINGING = "ringing"
    TALKING = "talking"
    LINE = "line"
    CARRIER = "carrier"
    FAULT = "fault"
    ENDS = "ends"
    WEBHOOK = "webhook"
    CALLBACK = "callback"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer as they went over the wire; `seconds` are real ones."""

    url: str
    params: Params
    status: int | None
    body: str
    seconds: float
    failure: str = ""
    attempt: int = 1
    is_repeat: bool = False

    def value(self, name: str) -> str | None:
        """The first value of a parameter."""
        return dict(reversed(self.params)).get(name)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: seconds since the supporter dialed, what it tells, and the words; `is_played` if from a recording."""

    at: float
    kind: Kind
    text: str
    language: str = ""
    exchange: Exchange | None = None
    is_played: bool = False


class Transcript:
    """The lines of one call; webhooks are kept with them but not printed."""

    def __init__(self) -> None:
        """Begin with none."""
        self.entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """Write a line."""
        self.entries.append(entry)

    def replace(self, old: Entry, new: Entry) -> None:
        """Write a line anew."""
        self.entries[self.entries.index(old)] = new

    def exchanges(self, kind: Kind | None = None) -> list[Exchange]:
        """All webhooks and callbacks in the order they were sent, or those of one kind."""
        chosen = (entry for entry in self.entries if kind in (None, entry.kind))
        return [entry.exchange for entry in chosen if entry.exchange]

    def texts(self, kind: Kind) -> list[str]:
        """The words of all lines of a kind."""
        return [entry.text for entry in self.entries if entry.kind is kind]

    def plain(self) -> str:
        """The call as text, one event a line."""
        lines, language = [], "en-US"
        for entry in self.entries:
            if entry.exchange:
                continue
            if entry.language and entry.language != language:
                language = entry.language
                lines.append(render(entry, f"[{language}] "))
            else:
                lines.append(render(entry))
        return "\n".join(lines) + "\n"


def render(entry: Entry, before: str = "") -> str:
    """One line as it is printed, wrapped below its words."""
    minutes, seconds = divmod(int(entry.at + 1e-6), 60)
    head = f"{minutes:>2}:{seconds:02}  {entry.kind:<9} "
    return textwrap.fill(
        before + (_PLAYED if entry.is_played else "") + entry.text,
        _WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )
