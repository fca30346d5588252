"""One simulated supporter's whole call: greeting, a key, an office, the outcome, the next offer, hanging up."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.services.stage import DEMO_ACCOUNT
from app.simulator import Account, Caller, Carrier, MovableClock, RunawayCall, VoiceUrls, new_supporter
from app.simulator.transcript import Exchange

_GOOD = (200, 204)
_OFFICES = 7


@dataclass(frozen=True, slots=True)
class Hotline:
    """A server as its carrier knows it; `seed` makes the sids of a run its own."""

    url: str
    token: str
    number: str
    seed: int


@dataclass(frozen=True, slots=True)
class Driven:
    """A call that is over: its webhooks as they went over the wire, and why it failed, or nothing."""

    sid: str
    exchanges: tuple[Exchange, ...]
    failure: str = ""


def call(hotline: Hotline, which: int) -> Driven:
    """Let a supporter who never called before make a call; nothing is shared with other calls."""
    account = Account(DEMO_ACCOUNT, hotline.token, frozenset({hotline.number}))
    clock = MovableClock(datetime.now(UTC))
    carrier = Carrier(account, VoiceUrls.of(hotline.url), clock, seed=hotline.seed + which)
    caller = Caller(carrier, new_supporter(which))
    failure = _talk(caller, hotline.number, str(1 + which % _OFFICES))
    caller.call.hang_up()
    found = (entry.exchange for entry in caller.call.transcript.entries)
    exchanges = tuple(exchange for exchange in found if exchange is not None)
    bad = (f"{each.url}: {each.failure or each.status}" for each in exchanges if each.status not in _GOOD)
    return Driven(caller.call.sid, exchanges, next(bad, failure))


def _talk(caller: Caller, number: str, key: str) -> str:
    try:
        caller.dials(number).presses(key).waits().presses("1").listens().hangs_up()
    except (AssertionError, RunawayCall) as error:
        return f"a call went another way: {error}"
    return ""
