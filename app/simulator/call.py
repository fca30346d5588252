"""One call that somebody drives: lets time pass, presses keys, speaks, hangs up."""

from collections.abc import Callable
from dataclasses import replace

from app.simulator.acts import (
    CallerLeft,
    Input,
    Interrupted,
    Key,
    OfficeHangsUp,
    OfficePicksUp,
    Speech,
    Steps,
    Wait,
)
from app.simulator.line import Line
from app.simulator.supporter import spaced
from app.simulator.transcript import Kind, Transcript
from app.simulator.twiml import CarrierFault
from app.simulator.verbs import play_document
from app.simulator.webhooks import Go, Redirected, deliver_due, fall_back, fetch

MOST_DOCUMENTS = 200

Session = Callable[[Line], Steps[None]]


class RunawayCall(Exception):
    """The hotline never lets the caller go: more documents than any call needs."""


class SimulatedCall:
    """A call in progress; nothing happens in it except through these methods.

    Each call keeps its own time, so several can stand side by side on one carrier and be driven in
    turn; the carrier's clock moves with whichever is driven.
    """

    def __init__(self, line: Line, session: Session | None = None) -> None:
        """Play the session up to the first wait: unless told otherwise, the supporter rings at the hotline."""
        self._line = line
        self.waiting: Wait | None = None
        self.left_by_supporter = False
        self._steps = _session(line, session or _dials)
        self._resume(None)

    @property
    def sid(self) -> str:
        """The call's sid."""
        return self._line.sid

    @property
    def status(self) -> str:
        """The call's status in Twilio's words."""
        return self._line.status

    @property
    def elapsed(self) -> float:
        """Seconds since the supporter dialed."""
        return self._line.now

    @property
    def transcript(self) -> Transcript:
        """What happened so far."""
        return self._line.transcript

    @property
    def faults(self) -> list[str]:
        """What the hotline did wrong so far: answers that the carrier cannot use or warns about."""
        return self._line.faults

    @property
    def is_over(self) -> bool:
        """Whether the call has ended."""
        return self.waiting is None

    def pass_time(self, seconds: float) -> None:
        """Let seconds pass, through as many waits as they last."""
        self._obey()
        while seconds > 0 and self.waiting is not None:
            step = self._step(min(seconds, self.waiting.seconds))
            seconds -= step
            self._obey()

    def press(self, digit: str) -> None:
        """Press one key: 0-9, * or #."""
        if len(digit) != 1 or digit not in "0123456789*#":
            raise ValueError(f"{digit!r} is no key of a telephone.")
        self._line.note(Kind.PRESSES, digit)
        self._give(Key(digit))

    def say(self, text: str, confidence: float = 0.9) -> None:
        """Say something."""
        self._line.note(Kind.SAYS, text)
        self._give(Speech(text, confidence))

    def office_picks_up(self) -> None:
        """Let the office that is rung answer now."""
        self._give(OfficePicksUp())

    def office_hangs_up(self) -> None:
        """Let the office end the talk, or decline while it is rung."""
        self._give(OfficeHangsUp())

    def hang_up(self) -> None:
        """Hang up, wherever the call stands."""
        if self.waiting is not None:
            self.left_by_supporter = True
            self.interrupt(CallerLeft())

    def interrupt(self, why: Interrupted) -> None:
        """End the call for the supporter, or go on with another document, wherever it stands."""
        try:
            self.waiting = self._steps.throw(why)
        except StopIteration:
            self._finish()

    def _obey(self) -> None:
        """Do what was asked of the call over REST."""
        while self._line.record.changes and self.waiting is not None:
            self.interrupt(self._line.record.changes.popleft())

    def _step(self, seconds: float) -> float:
        """Pass time up to the next callback at most; resume the call when its wait is over."""
        assert self.waiting is not None
        due = self._line.callbacks.next_due()
        step = seconds if due is None else max(0.0, min(seconds, due - self._line.now))
        self._line.pass_time(step)
        deliver_due(self._line)
        left = self.waiting.seconds - step
        if left <= 1e-6:
            self._resume(None)
        else:
            self.waiting = replace(self.waiting, seconds=left)
        return step

    def _give(self, given: Input) -> None:
        if self.waiting is not None:
            self._resume(given)

    def _resume(self, given: Input | None) -> None:
        try:
            self.waiting = self._steps.send(given)
        except StopIteration:
            self._finish()
        else:
            deliver_due(self._line)

    def _finish(self) -> None:
        """Report the end, and let every callback arrive."""
        self.waiting = None
        self._line.end()
        who = "the supporter" if self.left_by_supporter else "the line"
        self._line.note(Kind.ENDS, f"{who} hangs up")
        while (due := self._line.callbacks.next_due()) is not None:
            self._line.pass_time(max(0.0, due - self._line.now))
            deliver_due(self._line)
        self._line.http.close()


def _session(line: Line, session: Session) -> Steps[None]:
    try:
        yield from session(line)
    except CallerLeft:
        return


def _dials(line: Line) -> Steps[None]:
    line.note(Kind.DIALS, f"dials {spaced(line.to)} from {line.supporter.shown()}")
    yield from play_documents(line, Go(line.urls.voice))


def play_documents(line: Line, first: Go) -> Steps[None]:
    """Play document after document until the call is over."""
    go: Go | None = first
    for _ in range(MOST_DOCUMENTS):
        if go is None:
            return
        try:
            go = yield from _play(line, go)
        except Redirected as redirected:
            go = redirected.go
    raise RunawayCall(f"The hotline answered {MOST_DOCUMENTS} times and did not let go.")


def _play(line: Line, go: Go) -> Steps[Go | None]:
    try:
        verbs = yield from fetch(line, go)
        return (yield from play_document(line, verbs))
    except CarrierFault as fault:
        return (yield from _recover(line, go, fault))


def _recover(line: Line, failed: Go, fault: CarrierFault) -> Steps[Go | None]:
    """Go on with the fallback's document, if it has one that can be played."""
    verbs = yield from fall_back(line, failed, fault)
    if verbs is None:
        line.status = "completed" if line.answered_at is not None else "failed"
        return None
    try:
        return (yield from play_document(line, verbs))
    except CarrierFault as second:
        line.blame(str(second), second.injected)
        return None
