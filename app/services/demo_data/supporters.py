"""Who the made-up supporters are and what they do with their phones."""

from dataclasses import dataclass
from random import Random

from app.domain.events import DialEnded, Event, Pressed, Silence
from app.domain.phone_numbers import RawNumber
from app.domain.results import LineResult
from app.domain.verbs import Dial, Hangup
from app.flow.engine import Turn

_SPEAK_SPANISH = 0.2
_WITHHELD = 0.03
_AREA_CODES = ("608", "608", "608", "414", "414", "920", "715", "312")

_LINE_RESULTS = {
    LineResult.ANSWERED: 66,
    LineResult.BUSY: 14,
    LineResult.NO_ANSWER: 17,
    LineResult.FAILED: 1,
    LineResult.CANCELED: 2,
}
# What is pressed where an answered call is asked about: spoke, voicemail, not reached.
_OUTCOMES = {"1": 62, "2": 28, "3": 10}
_LEAVES_IN_SUMMARY = 0.2
_LEAVES_IN_MENU = 0.55
_LEAVES_UNTOLD = 0.15
_WAITS = 0.04
_CHOOSES_OFFICE = 0.2
_VERY_SHORT = 0.07
_MOST_OFFICES = 4


@dataclass(frozen=True, slots=True)
class Supporter:
    """Somebody who calls; whoever withholds their number is nobody to us."""

    number: int
    language: str
    area_code: str
    withheld: bool

    def pseudonym(self, key: bytes) -> str:
        """As the record keeps them. The number is longer than any that is assigned, so it is nobody's."""
        return "" if self.withheld else RawNumber(f"+1{self.area_code}555{self.number:09d}").pseudonym(key)


@dataclass(frozen=True, slots=True)
class Act:
    """What a supporter does after so many seconds; None is hanging up."""

    after_s: int
    event: Event | None


def supporter(draw: Random, calls: int, languages: tuple[str, ...]) -> Supporter:
    """Who makes one of so many calls: some call often, most once or twice."""
    number = int(calls * 0.8 * draw.random() ** 1.5)
    who = Random(number)
    language = languages[-1] if who.random() < _SPEAK_SPANISH else languages[0]
    return Supporter(number, language, who.choice(_AREA_CODES), draw.random() < _WITHHELD)


def act(draw: Random, who: Supporter, turn: Turn, dials: int, dial_call_sid: str) -> Act:
    """What a supporter does when they hear this, having been put through so many times."""
    if isinstance(turn.verbs[-1], Hangup):
        return Act(draw.randint(2, 6), None)
    if any(isinstance(verb, Dial) for verb in turn.verbs):
        return _dial(draw, dial_call_sid)
    if draw.random() < _WAITS:
        return Act(12, Silence())
    if turn.state.step == "outcome":
        return _tell(draw)
    if not dials:
        return _listen(draw, who, turn.state.language)
    if draw.random() < _LEAVES_IN_MENU or dials >= _MOST_OFFICES:
        return Act(draw.randint(2, 9), draw.choice((None, Pressed("*"))))
    return _choose(draw)


def _listen(draw: Random, who: Supporter, language: str) -> Act:
    if draw.random() < _LEAVES_IN_SUMMARY:
        return Act(draw.randint(2, 30), None)
    if who.language != language:
        return Act(draw.randint(4, 14), Pressed("9"))
    return _choose(draw)


def _choose(draw: Random) -> Act:
    by_key = draw.random() < _CHOOSES_OFFICE
    return Act(draw.randint(3, 28), Pressed(draw.choice("1234567") if by_key else "#"))


def _dial(draw: Random, dial_call_sid: str) -> Act:
    result = draw.choices(list(_LINE_RESULTS), list(_LINE_RESULTS.values()))[0]
    ring_s = draw.randint(4, 25)
    if result is not LineResult.ANSWERED:
        return Act(ring_s, DialEnded(result, dial_call_sid, None, bridged=False))
    talk_s = draw.randint(1, 8) if draw.random() < _VERY_SHORT else min(900, round(draw.lognormvariate(4.6, 0.6)))
    return Act(ring_s + talk_s, DialEnded(result, dial_call_sid, talk_s, bridged=True))


def _tell(draw: Random) -> Act:
    if draw.random() < _LEAVES_UNTOLD:
        return Act(draw.randint(1, 4), None)
    return Act(draw.randint(2, 9), Pressed(draw.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]))
