"""Recordings of what a campaign says: which texts may have one, for how long, and what is wrong with one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.offices import Words

RECORDED: Mapping[str, int] = MappingProxyType({"greeting": 60, "summary": 60, "script": 180, "contact": 60})
"""The texts of a campaign that may have a recording, each with the seconds that it may take."""

OFFICE_RECORDED: Mapping[str, int] = MappingProxyType({"brief": 60, "script": 180, "voicemail_tip": 60})
"""The same of an office."""

ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
"""The id of a recording: 128 random bits, so that nobody finds one by guessing."""

Recordings = Mapping[str, Words]
"""The ids of the recordings that are played, by text and by language."""

NO_RECORDINGS: Recordings = MappingProxyType({})

PATH = "/audio/"
"""Where recordings are served: `/audio/<id>.wav`."""

SHORTEST_S = 0.5
QUIETEST_DB = -50.0
CLIPPED = 0.005
_FAINT_DB = -40.0


@dataclass(frozen=True, slots=True)
class Recording:
    """What is known of a recording; `says` is the text that it was made for, `made_by` who uploaded it."""

    id: str
    language: str
    says: str
    seconds: float
    made_by: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What was heard in an upload: seconds of speech, its level, the share that is cut off, and whether it went on."""

    seconds: float
    level_db: float
    clipped: float
    is_longer: bool


def most_seconds(name: str) -> int:
    """How long a recording may be, by the name of its text: that of an office's begins with the office and a dot."""
    office, _, text = name.rpartition(".")
    return (OFFICE_RECORDED if office else RECORDED)[text]


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts say the same: how they are broken into lines is not heard."""
    return one.split() == other.split()


def refusal(measured: Measured, most_s: int) -> str:
    """Why an upload cannot be a recording of at most so many seconds, as a sentence; empty if it can."""
    if measured.level_db < QUIETEST_DB:
        return "Nothing can be heard in it: check the microphone, speak closer to it, and record it again."
    if measured.is_longer or measured.seconds > most_s:
        length = f"more than {most_s}" if measured.is_longer else f"{measured.seconds:.0f}"
        return f"It takes {length} seconds; at most {most_s} are possible here. Shorten it, or cut the file."
    if measured.seconds < SHORTEST_S:
        return "It is shorter than half a second: record it again, and stop when you have finished speaking."
    return ""


def advice(measured: Measured) -> tuple[str, ...]:
    """What is allowed and should be known, as sentences."""
    told = []
    if measured.clipped > CLIPPED:
        told.append("It is distorted, because it was recorded too loud: hold the microphone further away.")
    if measured.level_db < _FAINT_DB:
        told.append("It was very quiet and has been made louder, and so has the noise in it: listen to it.")
    return tuple(told)
