"""A call that the hotline ordered: it rings a supporter's phone, and once answered is a call like any other."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from app.simulator.account import VoiceUrls
from app.simulator.acts import (
    Activity,
    CallerLeft,
    OfficeHangsUp,
    OfficePicksUp,
    Steps,
    Wait,
)
from app.simulator.call import SimulatedCall, play_documents
from app.simulator.line import Line
from app.simulator.network import Network
from app.simulator.records import CallRecord
from app.simulator.supporter import Supporter, spaced
from app.simulator.transcript import Kind
from app.simulator.verbs.leg import EVENT_STATUS, SIP_CODES
from app.simulator.webhooks import Go
from app.simulator.wire import Params
from app.simulator.world import Rung, SupporterPhone

_INSTANT = 1e-6
_WHO = "the supporter"


@dataclass(slots=True, eq=False)
class Order:
    """What was ordered over REST, and what it was changed to since; times in seconds."""

    record: CallRecord
    go: Go
    urls: VoiceUrls
    events: frozenset[str]
    ring_s: int
    talk_s: int
    due: datetime


class OutboundLine(Line):
    """The supporter's side of a call that was ordered; it moves the clock only where no other call has."""

    def __init__(self, network: Network, order: Order) -> None:
        """Begin at the moment that was the order's turn."""
        self.order, self._sequence = order, 0
        called = Supporter(order.record.called, place=None, stir=None)
        super().__init__(network, called, order.record.caller, order.record)
        self.urls = order.urls

    @property
    def moment(self) -> datetime:
        """The moment at which this call stands."""
        return self.order.due + timedelta(seconds=self.now)

    @property
    def phone(self) -> SupporterPhone:
        """The phone that is called."""
        return self.network.world.supporter(self.record.called)

    def pass_time(self, seconds: float) -> None:
        """Let time pass for this call, and for the network as far as it lags behind."""
        self.now += seconds
        self.network.pass_time(max(0.0, (self.moment - self.network.clock.now()).total_seconds()))

    def params(self, *more: tuple[str, str]) -> Params:
        """What Twilio sends for a call that it placed (Twilio: TwiML, request parameters)."""
        caller, called = self.record.caller, self.record.called
        return (
            ("AccountSid", self.network.account.sid),
            ("ApiVersion", "2010-04-01"),
            ("CallSid", self.sid),
            ("CallStatus", self.status),
            ("Called", called),
            ("Caller", caller),
            ("Direction", self.record.direction),
            ("From", caller),
            ("To", called),
            *more,
        )

    def report(self, event: str) -> None:
        """Tell of initiated, ringing or answered, if it was asked for."""
        self.status = EVENT_STATUS[event]
        self._send(event)

    def end(self) -> None:
        """Tell of the end, whatever it was."""
        self.close()
        self._send("completed", *self.talk_params(), ("SipResponseCode", SIP_CODES.get(self.status, "404")))

    def close(self) -> None:
        """Set the final status; what is ended before it is answered was canceled."""
        if self.answered_at is None and self.status in ("initiated", "ringing"):
            self.status = "canceled"
        super().close()

    def _send(self, event: str, *more: tuple[str, str]) -> None:
        sequence = self._sequence
        self._sequence += 1
        if self.urls.status is not None and event in self.order.events:
            self.call_back(self.urls.status, "POST", self.params(*self.event_params(sequence), *more))


class OutboundCall(SimulatedCall):
    """A call that the hotline ordered, from the first ring on; driven as any other call."""

    def __init__(self, line: OutboundLine) -> None:
        """Begin to ring."""
        self._outbound = line
        super().__init__(line, lambda _: _session(line))

    @property
    def is_answered(self) -> bool:
        """Whether somebody or a machine has picked up."""
        return self._outbound.answered_at is not None

    @property
    def next_moment(self) -> datetime | None:
        """When something happens next if nobody does anything; None if the call is over."""
        if self.waiting is None:
            return None
        due = self._outbound.callbacks.next_due()
        seconds = min(self.waiting.seconds, self._left(), inf if due is None else due - self.elapsed)
        return self._outbound.moment + timedelta(seconds=seconds)

    def catch_up(self, now: datetime) -> None:
        """Do what was asked of the call over REST, and let time pass up to a moment."""
        self.pass_time((now - self._outbound.moment).total_seconds())

    def pick_up(self) -> None:
        """Let the supporter answer now, whatever the phone was set to do."""
        self._give(OfficePicksUp())

    def decline(self) -> None:
        """Let the supporter refuse the call while it rings."""
        self._give(OfficeHangsUp())

    def pass_time(self, seconds: float) -> None:
        """Let seconds pass, up to the end of the talk and to what is changed over REST on the way."""
        self._obey()  # even where no time passes
        while seconds > _INSTANT and self.waiting is not None:
            step = min(seconds, self.waiting.seconds, self._left())
            super().pass_time(step)
            seconds -= step
            if self._left() <= _INSTANT:
                self._let_go()

    def _obey(self) -> None:
        self._outbound.urls = self._outbound.order.urls
        super()._obey()

    def _left(self) -> float:
        """Seconds until the time limit, or until whoever answered hangs up."""
        if self._outbound.answered_at is None or self.is_over:
            return inf
        talk = self._outbound.phone.conduct.talk
        limit = min(self._outbound.order.talk_s, inf if talk is None else talk)
        return max(0.0, self._outbound.answered_at + limit - self.elapsed)

    def _let_go(self) -> None:
        talk = self._outbound.phone.conduct.talk
        if talk is not None and talk <= self._outbound.order.talk_s:
            self.hang_up()
        else:
            self.interrupt(CallerLeft())


def _session(line: OutboundLine) -> Steps[None]:
    """Ring, and play documents if the phone is answered (Twilio: Call resource, create)."""
    line.phone.rung.append(Rung(line.record.caller))
    line.note(Kind.RINGING, f"{_WHO}'s phone, from {spaced(line.record.caller)}")
    line.report("initiated")
    end = yield from _ring(line)
    if end is not None:
        line.status = end
        line.note(Kind.LINE, f"{_WHO}: {end}")
        return
    line.answer()
    line.report("answered")
    line.note(Kind.LINE, f"{_WHO} answers")
    yield from play_documents(line, line.order.go)


def _ring(line: OutboundLine) -> Steps[str | None]:
    conduct = line.phone.conduct
    if conduct.rings:
        line.report("ringing")
    seconds, end = conduct.ringing(line.order.ring_s)
    wait = Wait(seconds, Activity.RINGING, office=_WHO)
    given = yield from line.wait(wait, lambda given: isinstance(given, OfficePicksUp | OfficeHangsUp))
    if given is None:
        return end
    return "busy" if isinstance(given, OfficeHangsUp) else None
