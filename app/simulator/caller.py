"""The language in which call tests are written: a supporter who dials, hears, presses and talks."""

from typing import NoReturn, Self

from app.simulator.acts import Activity
from app.simulator.call import SimulatedCall
from app.simulator.carrier import Carrier
from app.simulator.supporter import Supporter
from app.simulator.transcript import Kind

_LINES_SHOWN = 40
_INPUTS = (Kind.DIALS, Kind.PRESSES, Kind.SAYS, Kind.SILENT)


class Caller:
    """A supporter at a simulated phone.

    Prompts are played only as far as a sentence needs: `hears` up to its words, an input up to where the
    hotline waits for one (or an office talks), and `during=` up to the moment when those words begin.
    Unless `strict` is off, whatever the hotline does against the carrier's rules fails the test at once.
    """

    def __init__(self, carrier: Carrier, supporter: Supporter | None = None, *, strict: bool = True) -> None:
        """Hold a phone that is connected to a carrier."""
        self._carrier = carrier
        self.supporter = supporter or Supporter()
        self._strict = strict
        self._call: SimulatedCall | None = None
        self._acts_now = False

    @property
    def call(self) -> SimulatedCall:
        """The call in hand, or the last one."""
        if self._call is None:
            raise AssertionError("The supporter has not dialed yet.")
        return self._call

    def dials(self, number: str) -> Self:
        """Call the hotline."""
        if self._call is not None and not self._call.is_over:
            self._fail("The supporter dialed while a call is in progress.")
        self._call = self._carrier.place(self.supporter, number)
        return self._checked()

    def answers(self, call: SimulatedCall) -> Self:
        """Has picked up: this call, which the hotline placed, is the one in hand."""
        self._call = call
        return self._checked()

    def hears(self, text: str) -> Self:
        """Has heard these words since the last input, or listens on until they are said."""
        words = _normal(text)
        while words not in self.heard:
            if self._stops():
                self._fail(f"The supporter did not hear {words!r}, but {self.heard!r}.")
            self._pass_wait()
        return self._checked()

    def does_not_hear(self, text: str) -> Self:
        """Listens until the hotline waits, and hears no such words."""
        words = _normal(text)
        self.listens()
        if words in self.heard:
            self._fail(f"The supporter heard {words!r}.")
        return self

    def listens(self) -> Self:
        """Lets the hotline speak until it waits, an office talks, or the call is over."""
        while not self._stops():
            self._pass_wait()
        return self._checked()

    def hears_ringing(self, office: str = "") -> Self:
        """Listens until an office is rung; the next input comes while it rings."""
        while not self._is(Activity.RINGING) and not self._stops():
            self._pass_wait()
        if not self._is(Activity.RINGING) or office not in ("", self._office):
            self._fail(f"The supporter did not hear {office or 'an office'} ring.")
        self._acts_now = True
        return self._checked()

    def presses(self, keys: str, *, during: str = "") -> Self:
        """Presses one key or several, where the hotline waits, or while these words are said."""
        self._get_ready(during)
        for key in keys:
            if self.call.is_over:
                self._fail(f"The supporter could not press {key}: the call is over.")
            self.call.press(key)
        return self._checked()

    def says(self, text: str) -> Self:
        """Says something to a hotline that takes speech."""
        self._get_ready("")
        waiting = self.call.waiting
        if waiting is None or not waiting.takes_speech:
            self._fail(f"Nobody listened when the supporter said {text!r}.")
        self.call.say(text)
        return self._checked()

    def stays_silent(self) -> Self:
        """Lets the time for an answer pass."""
        self.listens()
        if not self._is(Activity.LISTENING):
            self._fail("The hotline did not wait for an answer.")
        self._pass_wait()
        return self._checked()

    def talks(self, seconds: float | None = None) -> Self:
        """Talks with the office that answered, for so many seconds or just begins to."""
        self.listens()
        if not self._is(Activity.TALKING):
            self._fail("No office is on the line.")
        self.call.pass_time(seconds or 0)
        return self._checked()

    def waits(self, seconds: float | None = None) -> Self:
        """Talks on until the office ends it; or, anywhere in a call, lets so many seconds pass."""
        if seconds is None:
            self.talks()
            self._pass_wait()
        else:
            self.call.pass_time(seconds)
        return self._checked()

    def hangs_up(self, *, during: str = "") -> Self:
        """Ends the call, where the hotline waits or an office talks, or while these words are said."""
        self._get_ready(during)
        self.call.hang_up()
        return self._checked()

    def was_let_go(self) -> Self:
        """Listens to the end, and the hotline hangs up by itself."""
        self.listens()
        if not self.call.is_over or self.call.left_by_supporter:
            self._fail("The hotline did not let the supporter go.")
        return self

    @property
    def heard(self) -> str:
        """What was said since the last input, the prompt that is being said included."""
        words: list[str] = []
        for entry in self.call.transcript.entries:
            if entry.kind in _INPUTS:
                words.clear()
            elif entry.kind in (Kind.HEARS, Kind.CARRIER):
                words.append(entry.text)
        return _normal(" ".join(words))

    @property
    def _office(self) -> str:
        return self.call.waiting.office if self.call.waiting else ""

    def _is(self, activity: Activity) -> bool:
        return self.call.waiting is not None and self.call.waiting.activity is activity

    def _stops(self) -> bool:
        """Whether the hotline waits for the supporter, an office talks, or the call is over."""
        waiting = self.call.waiting
        if waiting is None or waiting.activity is Activity.TALKING:
            return True
        return waiting.activity is Activity.LISTENING and not waiting.announces

    def _pass_wait(self) -> None:
        if self.call.waiting is not None:
            self.call.pass_time(self.call.waiting.seconds)

    def _get_ready(self, during: str) -> None:
        if during:
            self._listen_up_to(_normal(during))
        elif not self._acts_now:
            self.listens()
        self._acts_now = False

    def _listen_up_to(self, words: str) -> None:
        """Let time pass up to the moment when the words begin."""
        while True:
            waiting = self.call.waiting
            if waiting is not None and waiting.spoken and words in waiting.spoken.text:
                said = waiting.spoken.seconds - waiting.seconds
                self.call.pass_time(max(0.0, waiting.spoken.begins(words) - said))
                return
            if self._stops():
                self._fail(f"{words!r} was not about to be said.")
            self._pass_wait()

    def _checked(self) -> Self:
        if self._strict and self.call.faults:
            self._fail("The hotline broke the carrier's rules: " + " ".join(self.call.faults))
        return self

    def _fail(self, why: str) -> NoReturn:
        lines = self.call.transcript.plain().splitlines()[-_LINES_SHOWN:]
        raise AssertionError("\n".join([why, "The call so far:", *lines]))


def _normal(text: str) -> str:
    return " ".join(text.split())
