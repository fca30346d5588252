"""Keeps what was done on a phone as a scripted call, so that it can be played again as a test."""

from collections.abc import Sequence

from app.simulator import Activity, SimulatedCall, Wait
from app.simulator.script import commands as c
from app.simulator.script import write_script

_WORDS_OF_A_MOMENT = 5
_WORDS_HEARD = 12


class Recording:
    """The commands of a script that does and hears what somebody did and heard."""

    def __init__(self, setting: Sequence[c.Command]) -> None:
        """Begin with the world and the number dialed."""
        self._commands: list[c.Command] = list(setting)
        self._heard = ""

    def passes(self, before: Wait, seconds: float, *, is_over: bool) -> None:
        """Time passed in a wait: what it means depends on what the wait was for, and whether it is over."""
        if before.activity is Activity.SPEAKING and is_over and before.spoken:
            self._heard = " ".join(before.spoken.text.split(" ")[-_WORDS_HEARD:])
        elif before.activity is Activity.TALKING:
            self._does(c.WaitFor() if is_over else c.TalkFor(round(seconds)))
        elif before.activity is Activity.LISTENING and is_over and not before.announces:
            self._does(c.Silence())

    def presses(self, before: Wait | None, key: str) -> None:
        """A key was pressed."""
        self._at_once(before)
        self._does(c.Press(key, _moment(before)))

    def says(self, text: str) -> None:
        """Something was said."""
        self._does(c.Speak(text))

    def office_acts(self, command: c.PickUp | c.PutDown) -> None:
        """The office answered, or hung up, because somebody made it."""
        self._does(command)

    def hangs_up(self, before: Wait | None) -> None:
        """The supporter hung up."""
        self._at_once(before)
        self._does(c.HangUp(_moment(before)))

    def changes(self, command: c.Command) -> None:
        """The world changed during the call."""
        self._commands.append(command)

    def text(self, call: SimulatedCall) -> str:
        """The script so far."""
        end: tuple[c.Command, ...] = (c.LetGo(),) if call.is_over and not call.left_by_supporter else ()
        heard = (c.Hear(self._heard),) if self._heard else ()
        return write_script((*self._commands, *heard, *end))

    def _at_once(self, before: Wait | None) -> None:
        if before and before.activity is Activity.RINGING:
            self._does(c.Ringing())

    def _does(self, command: c.Command) -> None:
        if self._heard:
            self._commands.append(c.Hear(self._heard))
            self._heard = ""
        self._commands.append(command)


def _moment(before: Wait | None) -> str:
    """The words that were about to be said, or empty if none were."""
    if before is None or before.activity is not Activity.SPEAKING or before.spoken is None:
        return ""
    spoken = before.spoken
    said = spoken.seconds - before.seconds
    words = spoken.text.split(" ")
    at = next((index for index, mark in enumerate(spoken.marks) if mark >= said - 1e-6), len(words) - 1)
    return " ".join(words[at : at + _WORDS_OF_A_MOMENT])
