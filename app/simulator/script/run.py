"""Plays a scripted call and gives its transcript."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.simulator.caller import Caller
from app.simulator.carrier import Carrier
from app.simulator.clock import MovableClock
from app.simulator.mishaps import MISHAPS
from app.simulator.script import commands as c
from app.simulator.script.commands import Command, Script
from app.simulator.supporter import FICTIONAL, Supporter, new_supporter, withheld


class ScriptFailed(Exception):
    """A call did not go as its script says; the message names file and line and shows the call."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a script is played on: the carrier and its clock, the hotline's number, offices' numbers by name.

    `url` is where the hotline's own copy listens.
    """

    carrier: Carrier
    clock: MovableClock
    hotline: str
    offices: Mapping[str, str] = field(default_factory=dict)
    url: str = ""


def run_script(script: Script, stage: Stage) -> str:
    """The plain transcript of all calls of the script; raises ScriptFailed."""
    player = Player(stage)
    for line in script.lines:
        try:
            player.play(line.command)
        except AssertionError as error:
            raise ScriptFailed(f"{script.name}:{line.number}: {error}") from None
    player.hang_up()
    return player.transcript()


class Player:
    """Plays commands one by one on a stage; raises AssertionError where a call goes another way."""

    def __init__(self, stage: Stage, supporter: Supporter | None = None) -> None:
        """Begin with a supporter who has not dialed."""
        self._stage = stage
        self._supporter = supporter or Supporter()
        self._titles: list[str] = []
        self._callers: list[Caller] = []

    def play(self, command: Command) -> None:
        """Do what a command says."""
        match command:
            case c.Title(text):
                self._titles.append(text)
            case c.At(moment):
                self._stage.clock.move_to(moment)
            case c.From(number):
                self._supporter = self._who(number)
            case c.Office(name, conduct):
                self._stage.carrier.world.office(self._number(name)).does(conduct)
            case c.Webhooks(mishap):
                self._stage.carrier.delivery = MISHAPS[mishap]()
            case c.DialNumber(number):
                self._dial(number or self._stage.hotline)
            case _:
                _act(self.caller, command)

    def transcript(self) -> str:
        """Titles, then the calls with a line between."""
        calls = "\n".join(caller.call.transcript.plain() for caller in self._callers)
        return "".join(f"{title}\n\n" for title in self._titles) + calls

    def hang_up(self) -> None:
        """End the calls that the script left open."""
        for caller in self._callers:
            caller.call.hang_up()

    def _who(self, number: str | None) -> Supporter:
        if number is None:
            return withheld()
        return new_supporter(self._stage.carrier.ids.below(FICTIONAL)) if number == c.NEW else Supporter(number)

    def _dial(self, number: str) -> None:
        live = {caller.supporter for caller in self._callers if not caller.call.is_over}
        if self._supporter in live:
            raise AssertionError("The supporter is still on the line; hang up first, or let another one call.")
        caller = Caller(self._stage.carrier, self._supporter)
        self._callers.append(caller)
        caller.dials(number)

    @property
    def caller(self) -> Caller:
        """Whoever dialed last."""
        if not self._callers:
            raise AssertionError("Nobody has dialed yet.")
        return self._callers[-1]

    def _number(self, name: str) -> str:
        if name.startswith("+"):
            return name
        if name not in self._stage.offices:
            known = ", ".join(sorted(self._stage.offices)) or "none"
            raise AssertionError(f"There is no office {name!r}; known are: {known}.")
        return self._stage.offices[name]


def _act(caller: Caller, command: Command) -> None:
    """What a supporter who is on the line does or hears."""
    match command:
        case c.Hear(text, never):
            (caller.does_not_hear if never else caller.hears)(text)
        case c.Press(keys, during):
            caller.presses(keys, during=during)
        case c.Silence():
            caller.stays_silent()
        case c.Speak(text):
            caller.says(text)
        case c.Ringing():
            caller.hears_ringing()
        case c.WaitFor(seconds):
            caller.waits(seconds)
        case c.HangUp(during):
            caller.hangs_up(during=during)
        case c.LetGo():
            caller.was_let_go()
        case _:
            _meet_office(caller, command)


def _meet_office(caller: Caller, command: Command) -> None:
    """What happens between a supporter and the office that rings or talks."""
    match command:
        case c.TalkFor(seconds):
            caller.talks(seconds)
        case c.PickUp():
            caller.hears_ringing().call.office_picks_up()
        case c.PutDown():
            caller.talks().call.office_hangs_up()
        case _:
            raise TypeError(f"{command!r} is nothing that happens in a call.")
