"""Supporters who persist: they press pound, wait, report and go on, until they have had enough or are let go."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.services.stage import DEMO_ACCOUNT
from app.simulator import (
    FICTIONAL,
    Account,
    Activity,
    Carrier,
    Conduct,
    Manner,
    MovableClock,
    RunawayCall,
    SimulatedCall,
    VoiceUrls,
    new_supporter,
)
from app.simulator.records import CallRecord
from app.telephony.twiml import CONNECTION_SETTINGS
from scripts.benchmarks.supporters import Hotline
from scripts.soaking.astray import Astray
from scripts.soaking.invariants import what_went_wrong

_MOST_INPUTS = 14
_LEAVES = 0.06
_MANNERS = (Manner.ANSWERS, Manner.VOICEMAIL, Manner.BUSY, Manner.NO_ANSWER, Manner.FAILS)
_OFTEN = (60, 10, 15, 10, 5)


@dataclass(frozen=True, slots=True)
class Made:
    """A call that is over: the carrier's records of it and its legs, and what was wrong with it for the supporter.

    `was_taken` is whether a webhook of it was ever answered; `slowest_s` is the longest that one took.
    """

    number: str
    sid: str
    records: tuple[CallRecord, ...] = field(repr=False)
    wrong: tuple[str, ...]
    was_taken: bool
    was_bridged: bool
    webhooks: int
    slowest_s: float


def make_call(hotline: Hotline, offices: frozenset[str], which: int) -> Made:
    """Let one supporter call; what happens in the world and on the wire is decided by the seed and `which`."""
    chance = random.Random(f"{hotline.seed}:{which}")
    carrier = _carrier(hotline, chance)
    for number in sorted(offices):
        manner = chance.choices(_MANNERS, weights=_OFTEN)[0]
        carrier.world.office(number).does(Conduct(manner, chance.uniform(1, 25), chance.uniform(1, 300)))
    supporter = new_supporter(which % FICTIONAL)
    call = carrier.place(supporter, hotline.number)
    runaway = _persists(call, chance)
    records = tuple(carrier.records.values())
    exchanges = call.transcript.exchanges()
    return Made(
        number=supporter.number or "",
        sid=call.sid,
        records=records,
        wrong=(*what_went_wrong(call, records, offices), *runaway),
        was_taken=any(exchange.status == 200 for exchange in exchanges),
        was_bridged=any(record.parent_sid and record.answered_at for record in records),
        webhooks=len(exchanges),
        slowest_s=max(exchange.seconds for exchange in exchanges),
    )


def _carrier(hotline: Hotline, chance: random.Random) -> Carrier:
    account = Account(DEMO_ACCOUNT, hotline.token, frozenset({hotline.number}))
    plain = VoiceUrls.of(hotline.url)
    # As `numbers sync` sets them.
    urls = VoiceUrls(*(f"{url}{CONNECTION_SETTINGS}" for url in (plain.voice, plain.fallback, plain.status)))
    clock = MovableClock(datetime.now(UTC))
    return Carrier(account, urls, clock, delivery=Astray(chance), seed=chance.getrandbits(64))


def _persists(call: SimulatedCall, chance: random.Random) -> tuple[str, ...]:
    has_talked = False
    try:
        for _ in range(_MOST_INPUTS):
            _listens(call, chance)
            waiting = call.waiting
            if waiting is None or chance.random() < _LEAVES:
                break
            if waiting.activity is Activity.TALKING:
                has_talked = True
                call.pass_time(chance.choice((waiting.seconds, chance.uniform(0, waiting.seconds))))
                if call.waiting is not None and call.waiting.activity is Activity.TALKING:
                    call.press("*")
            elif waiting.activity is Activity.LISTENING:
                call.press(_key(has_talked, chance))
                has_talked = False
        call.hang_up()
    except RunawayCall as error:
        return (f"I1 {call.sid}: {error}",)
    return ()


def _key(has_talked: bool, chance: random.Random) -> str:
    if has_talked:
        return chance.choice("1123")
    return chance.choices(("#", chance.choice("1234567"), "*", "8", "9", "0"), weights=(70, 20, 3, 3, 2, 2))[0]


def _listens(call: SimulatedCall, chance: random.Random) -> None:
    """Let the hotline speak until it wants a key or an office talks; some lose patience while it rings."""
    while (waiting := call.waiting) is not None:
        if waiting.activity is Activity.TALKING or (waiting.activity is Activity.LISTENING and not waiting.announces):
            return
        if chance.random() < _LEAVES / 4:
            call.pass_time(chance.uniform(0, waiting.seconds))
            call.hang_up()
            return
        call.pass_time(waiting.seconds)
