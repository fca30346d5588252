"""What the page asks for, read from JSON: anything odd is refused in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.phone_numbers import is_e164
from app.simulator import MISHAPS, Conduct, Manner

CALLERS = ("new", "returning", "withheld", "foreign")
ACTS = ("wait", "press", "say", "pick-up", "put-down", "hang-up", "office", "webhooks")

_KEYS = frozenset("0123456789*#")
_MOST_SECONDS = 7200
_MOST_SPEECH = 200


class RehearsalError(ValueError):
    """The page asked for something that is not possible; the message is for the person."""


Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CallAsked:
    """A call to place: whom to dial, when, as whom, and what the world is like."""

    number: str
    at: datetime
    caller: str
    returning_as: str
    offices: Mapping[str, Conduct]
    webhooks: str

    @classmethod
    def read(cls, body: object) -> Self:
        """Read a JSON object; raises RehearsalError."""
        asked = _mapping(body, "the call")
        number, returning_as = _text(asked, "number"), _text(asked, "returning_as", "")
        if not is_e164(number) or not (returning_as == "" or is_e164(returning_as)):
            raise RehearsalError("The number to dial is not a phone number such as +15005550006.")
        offices = _mapping(asked.get("offices", {}), "'offices'")
        return cls(
            number=number,
            at=_moment(_text(asked, "at"), _text(asked, "zone")),
            caller=_choice(asked, "caller", CALLERS),
            returning_as=returning_as,
            offices={name: read_conduct(conduct) for name, conduct in offices.items()},
            webhooks=_choice(asked, "webhooks", tuple(MISHAPS), "normal"),
        )


@dataclass(frozen=True, slots=True)
class ActAsked:
    """What somebody does, after so many seconds of the call; only what its kind needs is set."""

    elapsed: float
    act: str
    key: str = ""
    text: str = ""
    office: str = ""
    conduct: Conduct | None = None
    webhooks: str = ""

    @classmethod
    def read(cls, body: object) -> Self:
        """Read a JSON object; raises RehearsalError."""
        asked = _mapping(body, "the act")
        elapsed, act = _seconds(asked, "elapsed", 0), _choice(asked, "act", ACTS)
        match act:
            case "press":
                return cls(elapsed, act, key=_choice(asked, "key", tuple(_KEYS)))
            case "say":
                return cls(elapsed, act, text=_text(asked, "text")[:_MOST_SPEECH])
            case "office":
                office = _mapping(asked.get("office"), "'office'")
                return cls(elapsed, act, office=_text(office, "name"), conduct=read_conduct(office))
            case "webhooks":
                return cls(elapsed, act, webhooks=_choice(asked, "webhooks", tuple(MISHAPS)))
            case _:
                return cls(elapsed, act)


def read_conduct(body: object) -> Conduct:
    """What an office does; raises RehearsalError."""
    asked = _mapping(body, "an office")
    usual = Conduct()
    manner = Manner(_choice(asked, "manner", tuple(Manner)))
    return Conduct(manner, _seconds(asked, "after", usual.after), _seconds(asked, "talk", usual.talk or 0))


def _mapping(value: object, what: str) -> Json:
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise RehearsalError(f"What was asked cannot be read: {what} is not an object with names.")
    return value


def _text(asked: Json, name: str, default: str | None = None) -> str:
    value = asked.get(name, default)
    if not isinstance(value, str):
        raise RehearsalError(f"What was asked cannot be read: {name!r} is missing or is no text.")
    return value


def _choice(asked: Json, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
    value = _text(asked, name, default)
    if value not in choices:
        raise RehearsalError(f"{name!r} is not one of: {', '.join(sorted(choices))}.")
    return value


def _seconds(asked: Json, name: str, default: float) -> float:
    value = asked.get(name, default)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= _MOST_SECONDS:
        raise RehearsalError(f"{name!r} is not a number of seconds from 0 to {_MOST_SECONDS}.")
    return float(value)


def _moment(text: str, zone: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    except (ValueError, ZoneInfoNotFoundError, OSError):
        raise RehearsalError("The date and time of the call cannot be read: write it as 2017-12-19T10:00.") from None
