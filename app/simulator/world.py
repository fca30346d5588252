"""What the offices do when they are called; can be changed during a call."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class Manner(StrEnum):
    """What an office does with a call."""

    ANSWERS = "answers"
    VOICEMAIL = "voicemail"
    BUSY = "busy"
    NO_ANSWER = "no answer"
    FAILS = "fails"


_SILENT_ENDS = {Manner.BUSY: "busy", Manner.FAILS: "failed"}
_ADDED_RING_S = 5  # Twilio: Dial and Call resource, timeout: about five seconds are added to it.


@dataclass(frozen=True, slots=True)
class Conduct:
    """A manner with its times in seconds; a talk of None lasts until the caller ends it."""

    manner: Manner = Manner.ANSWERS
    after: float = 6
    talk: float | None = 40

    @property
    def rings(self) -> bool:
        """Whether the phone rings at all."""
        return self.manner not in _SILENT_ENDS

    def ringing(self, timeout: float) -> tuple[float, str | None]:
        """How many seconds pass, and what then ends the leg in Twilio's words; None if the phone is answered."""
        limit, end = timeout + _ADDED_RING_S, _SILENT_ENDS.get(self.manner)
        if self.manner is Manner.NO_ANSWER or (end is None and self.after > limit):
            return limit, "no-answer"
        return min(self.after, limit), end


@dataclass(frozen=True, slots=True)
class Rung:
    """One call that reached an office: the caller ID it saw."""

    shown: str


@dataclass(slots=True)
class OfficePhone:
    """One office's phone; remembers who rang and which keys it was sent."""

    conduct: Conduct = field(default_factory=Conduct)
    rung: list[Rung] = field(default_factory=list)
    keys: str = ""

    def answers(self, after: float = 6, talk: float | None = 40) -> Self:
        """Let it answer after so many seconds of ringing, and talk."""
        return self.does(Conduct(Manner.ANSWERS, after, talk))

    def goes_to_voicemail(self, after: float = 20, talk: float | None = 30) -> Self:
        """Let a machine answer; the network cannot tell it from a person."""
        return self.does(Conduct(Manner.VOICEMAIL, after, talk))

    def is_busy(self, after: float = 2) -> Self:
        """Let it be busy."""
        return self.does(Conduct(Manner.BUSY, after))

    def does_not_answer(self) -> Self:
        """Let it ring."""
        return self.does(Conduct(Manner.NO_ANSWER))

    def fails(self, after: float = 1) -> Self:
        """Let the network fail to reach it."""
        return self.does(Conduct(Manner.FAILS, after))

    def does(self, conduct: Conduct) -> Self:
        """Let it do this from the next call on."""
        self.conduct = conduct
        return self


@dataclass(slots=True)
class SupporterPhone(OfficePhone):
    """The phone of a supporter whom the hotline calls; who answers stays on the line unless told otherwise."""

    conduct: Conduct = field(default_factory=lambda: Conduct(talk=None))

    def answers(self, after: float = 6, talk: float | None = None) -> Self:
        """Let it be answered after so many seconds of ringing, and hung up after so many more."""
        return self.does(Conduct(Manner.ANSWERS, after, talk))


class World:
    """All offices by number, and supporters who are called; whoever nobody set up answers."""

    def __init__(self) -> None:
        """Begin with phones that are all answered."""
        self._offices: dict[str, OfficePhone] = {}
        self._supporters: dict[str, SupporterPhone] = {}

    def office(self, number: str) -> OfficePhone:
        """The phone with this number."""
        return self._offices.setdefault(number, OfficePhone())

    def supporter(self, number: str) -> SupporterPhone:
        """The phone of the supporter with this number."""
        return self._supporters.setdefault(number, SupporterPhone())
