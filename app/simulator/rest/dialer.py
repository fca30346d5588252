"""The queue of calls that were ordered: one after another at the account's pace (Twilio: calls per second)."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

from app.simulator.network import Network
from app.simulator.records import CallRecord
from app.simulator.rest.errors import RestError
from app.simulator.rest.outbound import Order, OutboundCall, OutboundLine

LONGEST_QUEUE = timedelta(days=1)


class Dialer:
    """Gives each order its turn, and drives the calls that have begun."""

    def __init__(self, network: Network, calls_per_second: float) -> None:
        """Begin with none; Twilio's pace is 1 a second unless an account has more."""
        self._network, self._pace = network, timedelta(seconds=1 / calls_per_second)
        self._orders: dict[str, Order] = {}
        self._waiting: deque[Order] = deque()
        self._next_turn: datetime | None = None
        self._lock = Lock()
        self.calls: list[OutboundCall] = []

    def take(self, order: Order) -> None:
        """Let an order wait for its turn; raises RestError if that is a day away or more (Twilio: 22005)."""
        with self._lock:
            turn = max(order.due, self._next_turn or order.due)
            waits = turn - order.due
            if waits >= LONGEST_QUEUE:
                raise RestError(22005)
            order.due, self._next_turn = turn, turn + self._pace
            order.record.queue_ms = round(waits.total_seconds() * 1000)
            self._orders[order.record.sid] = order
            self._waiting.append(order)

    def order(self, record: CallRecord) -> Order | None:
        """The order behind a call, if it was ordered."""
        return self._orders.get(record.sid)

    def cancel(self, order: Order) -> bool:
        """Take back an order that still waits, so that nobody ever hears of it; False if its turn has come."""
        with self._lock:
            if order not in self._waiting:
                return False
            self._waiting.remove(order)
        order.record.status = "canceled"
        return True

    def catch_up(self, now: datetime) -> None:
        """Ring where the turn has come, and let every call go on up to a moment."""
        while (order := self._next_due(now)) is not None:
            self.calls.append(OutboundCall(OutboundLine(self._network, order)))
        for call in list(self.calls):
            if not call.is_over:
                call.catch_up(now)

    def next_moments(self) -> list[datetime]:
        """When something happens next, in the queue and in each call."""
        with self._lock:
            turns = [self._waiting[0].due] if self._waiting else []
        return turns + [moment for call in self.calls if (moment := call.next_moment) is not None]

    def _next_due(self, now: datetime) -> Order | None:
        with self._lock:
            return self._waiting.popleft() if self._waiting and self._waiting[0].due <= now else None
