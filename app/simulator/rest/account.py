"""What the REST API knows of an account, and the passing of time in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from app.simulator.carrier import Carrier
from app.simulator.clock import MovableClock
from app.simulator.delivery import Delivery
from app.simulator.rest.dialer import Dialer
from app.simulator.rest.numbers import Numbers
from app.simulator.rest.outbound import OutboundCall
from app.simulator.rest.outbox import Outbox

_LEAST_STEP = timedelta(milliseconds=1)
_MOST_PATIENCE_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What Twilio allows an account; `countries` are the calling codes that it may call and text.

    `concurrent_calls` is the cap of a new account, None for no cap (Twilio: error 10004).
    """

    calls_per_second: float = 1.0
    concurrent_requests: int = 100
    concurrent_calls: int | None = None
    countries: tuple[str, ...] = ("+1",)


class RestAccount:
    """The REST side of a carrier: orders wait in it until time passes.

    With `is_test` it answers as Twilio's test credentials do and places nothing. `delivery` decides how each request
    fares, by its path; numbers in `opted_out` and `landlines` get no texts.
    """

    def __init__(
        self,
        carrier: Carrier,
        limits: Limits | None = None,
        *,
        is_test: bool = False,
        delivery: Delivery | None = None,
    ) -> None:
        """Join it to a carrier, with the numbers that the carrier's account has."""
        self.carrier, self.limits, self.is_test = carrier, limits or Limits(), is_test
        self.delivery = delivery or Delivery()
        self.dialer = Dialer(carrier, self.limits.calls_per_second)
        self.outbox = Outbox(carrier)
        self.numbers = Numbers(carrier)
        self.opted_out: set[str] = set()
        self.landlines: set[str] = set()
        self._driving = Lock()
        self._handed_over: set[str] = set()

    def pass_time(self, seconds: float) -> None:
        """Let seconds pass on a clock that can be moved; phones ring and messages arrive on the way."""
        target = self._now + timedelta(seconds=seconds)
        while self._now < target:
            self._move_to(min([target, *self._next_moments()]))
        self.catch_up()

    def catch_up(self) -> None:
        """Let happen what is due by the clock: all that a real clock needs, about once a second."""
        with self._driving:
            self.dialer.catch_up(self._now)
            self.outbox.catch_up(self._now)

    def next_answer(self) -> OutboundCall:
        """Let time pass until the next phone is answered, by a person or a machine; raises LookupError if none is."""
        until = self._now + timedelta(seconds=_MOST_PATIENCE_S)
        self.catch_up()
        while True:
            for call in self.dialer.calls:
                if call.is_answered and not call.is_over and call.sid not in self._handed_over:
                    self._handed_over.add(call.sid)
                    return call
            moments = self._next_moments()
            if not moments or min(moments) > until:
                raise LookupError("No phone was answered.")
            self._move_to(min(moments))
            self.catch_up()

    @property
    def _now(self) -> datetime:
        return self.carrier.clock.now()

    def _next_moments(self) -> list[datetime]:
        return self.dialer.next_moments() + self.outbox.next_moments()

    def _move_to(self, moment: datetime) -> None:
        if not isinstance(self.carrier.clock, MovableClock):
            raise TypeError("Time can be let pass only on a clock that can be moved; with another one, catch up.")
        self.carrier.pass_time(max(_LEAST_STEP, moment - self._now).total_seconds())
        self.catch_up()
