"""The commands of a scripted call, one a line of its file; times in seconds."""

from dataclasses import dataclass
from datetime import datetime

from app.simulator.world import Conduct


@dataclass(frozen=True, slots=True)
class Title:
    """What the script shows."""

    text: str


@dataclass(frozen=True, slots=True)
class At:
    """The moment to set the clock to: local time of a zone."""

    moment: datetime


NEW = "new"


@dataclass(frozen=True, slots=True)
class From:
    """Who calls from here on: a number, None for a withheld one, or NEW for somebody who never called."""

    number: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """What an office does from here on; named as in the campaign, or by number."""

    name: str
    conduct: Conduct


@dataclass(frozen=True, slots=True)
class DialNumber:
    """The supporter dials a number, or the hotline's; a second time this begins another call."""

    number: str | None = None


@dataclass(frozen=True, slots=True)
class Hear:
    """These words are said, or with `never` are not said until the hotline waits."""

    text: str
    never: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """A key or several, where the hotline waits or while these words are said."""

    keys: str
    during: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """The supporter does not answer."""


@dataclass(frozen=True, slots=True)
class Speak:
    """The supporter says something."""

    text: str


@dataclass(frozen=True, slots=True)
class Ringing:
    """An office rings; the next key comes while it does."""


@dataclass(frozen=True, slots=True)
class WaitFor:
    """Talk until the office ends it, or let seconds pass."""

    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class TalkFor:
    """Talk with the office, once it answers, for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class PickUp:
    """The office that rings answers now."""


@dataclass(frozen=True, slots=True)
class PutDown:
    """The office that talks hangs up now."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """The supporter hangs up, where the hotline waits or while these words are said."""

    during: str = ""


@dataclass(frozen=True, slots=True)
class LetGo:
    """The hotline hangs up by itself."""


@dataclass(frozen=True, slots=True)
class Webhooks:
    """How webhooks fare from here on: a name of MISHAPS."""

    mishap: str


Command = (
    Title | At | From | Office | Webhooks | DialNumber | Hear | Press | Silence | Speak | Ringing | WaitFor
    | TalkFor | PickUp | PutDown | HangUp | LetGo
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A command and the line of the file it stands in."""

    number: int
    command: Command


@dataclass(frozen=True, slots=True)
class Script:
    """A file of commands; `name` is shown in messages."""

    name: str
    lines: tuple[Line, ...]
