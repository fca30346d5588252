"""The phone in a terminal: prompts as they are said, single keys, a timer."""

import time
from collections.abc import Callable

import click

from app.cli.phone_display import Display
from app.cli.phone_keys import Keys, single_keys
from app.simulator import SimulatedCall, Supporter
from app.simulator.acts import Activity
from app.simulator.script import Stage
from app.simulator.script.parse import conduct

HELP = """Keys: 0-9 * # as on a telephone · h hang up · s say something · o what an office does
      p the office picks up · x the office hangs up · ? this help"""
_TICK_S = 0.1
_MANNERS = {"a": "answers", "b": "busy", "n": "no answer", "f": "fails", "v": "voicemail"}
_MARKS = "123456789abcdefghijklmnopqrstuvwxyz"


def talk_in_terminal(stage: Stage, supporter: Supporter, number: str, *, fast: bool) -> None:
    """Dial, and let the person at the terminal be the supporter."""
    with single_keys() as keys:
        call = stage.carrier.place(supporter, number)
        display = Display(call, lambda text: click.echo(text, nl=False))
        display.note(HELP)
        try:
            TerminalPhone(stage, call, display, keys, time.monotonic, fast=fast).run()
        except KeyboardInterrupt:
            call.hang_up()
        display.update()


class TerminalPhone:
    """Lets real time pass for a call, and does what the keys say."""

    def __init__(
        self,
        stage: Stage,
        call: SimulatedCall,
        display: Display,
        keys: Keys,
        monotonic: Callable[[], float],
        *,
        fast: bool,
    ) -> None:
        """Join the parts; `monotonic` tells real seconds."""
        self._stage, self._call, self._display, self._keys = stage, call, display, keys
        self._monotonic, self._fast = monotonic, fast

    def run(self) -> None:
        """Go on until the call is over."""
        while not self._call.is_over:
            before = self._monotonic()
            self._skip()
            self._display.update()
            self._display.show_timer()
            key = self._keys.read(_TICK_S)
            self._call.pass_time(self._monotonic() - before)
            if key:
                self._do(key)

    def _skip(self) -> None:
        """Where nobody wants to wait, pass over what is said and rung."""
        while self._fast and (waiting := self._call.waiting):
            if waiting.activity in (Activity.LISTENING, Activity.TALKING) and not waiting.announces:
                return
            self._call.pass_time(waiting.seconds)

    def _do(self, key: str) -> None:
        if key in "0123456789*#":
            self._call.press(key)
        elif key == "h":
            self._call.hang_up()
        elif key == "s":
            self._say()
        elif key == "o":
            self._set_office()
        elif key == "p":
            self._call.office_picks_up()
        elif key == "x":
            self._call.office_hangs_up()
        else:
            self._display.note(HELP)

    def _say(self) -> None:
        self._display.note("Say what? End with Enter.")
        text = ""
        while (key := self._next_key()) not in "\r\n":
            text = text[:-1] if key in "\b\x7f" else text + key
        if text.strip():
            self._call.say(text.strip())

    def _set_office(self) -> None:
        """Ask which office does what; no time passes for the call meanwhile."""
        marked = dict(zip(_MARKS, self._stage.offices.items(), strict=False))
        self._display.note("Which office? " + " · ".join(f"{mark} {name}" for mark, (name, _) in marked.items()))
        chosen = marked.get(self._next_key())
        if chosen is None:
            self._display.note("No office has that key.")
            return
        name, number = chosen
        self._display.note(f"{name}: " + " · ".join(f"{key} {manner}" for key, manner in _MANNERS.items()))
        manner = _MANNERS.get(self._next_key())
        if manner is None:
            self._display.note("Nothing is done with that key.")
            return
        self._stage.carrier.world.office(number).does(conduct(manner.split()))
        self._display.note(f"{name}: {manner} from the next call on.")

    def _next_key(self) -> str:
        while not (key := self._keys.read(_TICK_S)):
            pass
        return key
