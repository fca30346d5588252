"""What must be true of each call and of the record, whatever broke; each violation is one sentence."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.simulator import Kind, SimulatedCall
from app.simulator.records import CallRecord

if TYPE_CHECKING:
    from scripts.soaking.callers import Made

_INPUTS = (Kind.DIALS, Kind.PRESSES, Kind.SAYS)
_LOST_ON_THE_WAY = re.compile(
    # Of the last, an action that comes though the caller is gone: it gets its answer, and nobody plays it.
    r"webhook 112\d\d:|status callback: \S+: answered None|status callback: /voice/turn: answered 200"
)
_OF_SUPPORTERS = re.compile(rb"(?<![0-9A-Za-z])(?:\+?1|%2B1)?[-. (]{0,2}608[-. )]{0,2}555[-. ]?\d{4}(?![0-9A-Za-z])")
# Both sides round to whole seconds, from moments that they measure apart.
_ROUNDING_S = 1


def what_went_wrong(call: SimulatedCall, records: Sequence[CallRecord], offices: Collection[str]) -> tuple[str, ...]:
    """What the supporter and the carrier met in one call (I1, I2, I7)."""
    return tuple(f"{rule} {call.sid}: {what}" for rule, what in _of_call(call, records, offices))


def _of_call(call: SimulatedCall, records: Sequence[CallRecord], offices: Collection[str]) -> Iterator[tuple[str, str]]:
    yield from (("I1", what) for what in _heard(call))
    rung = 0
    for entry in call.transcript.entries:
        rung = 0 if entry.kind in _INPUTS else rung + (entry.kind is Kind.RINGING)
        if rung > 1:
            yield "I2", "one key rang two offices"
    for record in records:
        if record.parent_sid and record.called not in offices:
            yield "I7", f"{record.called} was dialed, which is no office's"
    for fault in call.faults:
        if not _LOST_ON_THE_WAY.match(fault):
            yield "I7", f"the carrier cannot use an answer: {fault}"


def _heard(call: SimulatedCall) -> Iterator[str]:
    transcript = call.transcript
    if transcript.texts(Kind.CARRIER):
        yield "the carrier's own error was heard: " + "; ".join(transcript.texts(Kind.FAULT))
    if not call.left_by_supporter and not transcript.texts(Kind.HEARS):
        yield "a supporter who stayed heard nothing"
    for exchange in transcript.exchanges():
        if exchange.status not in (None, 200, 204):
            yield f"{exchange.url.partition('?')[0]} was answered {exchange.status}"


def of_record(made: Sequence["Made"], logged: Sequence[Mapping[str, Any]]) -> list[str]:
    """Where the log differs from the carrier's own records of the calls (I3, I4)."""
    rows = {row["call_sid"]: row for row in logged}
    wrong = [f"I4 {sid}: a call in the log that nobody made" for sid in rows.keys() - {call.sid for call in made}]
    if len(rows) != len(logged):
        wrong.append("I3: a call is in the log twice")
    for call in made:
        row = rows.get(call.sid)
        if row is not None:
            wrong += [f"I4 {call.sid}: {what}" for what in _differences(call.records, row)]
        elif call.was_taken:
            wrong.append(f"I3 {call.sid}: a call whose webhook was answered is not in the log")
    return wrong


def _differences(records: Sequence[CallRecord], row: Mapping[str, Any]) -> Iterator[str]:
    legs = {leg["dial_call_sid"]: leg for leg in row["legs"] if leg["dial_call_sid"]}
    # A caller hangs up while it rings, and no callback arrives: that is all there is to know, but the sid.
    unnamed = sum(not leg["dial_call_sid"] for leg in row["legs"])
    for record in records:
        kept = legs.pop(record.sid, None) if record.parent_sid else row
        if kept is None and record.status == "canceled" and unnamed:
            unnamed -= 1
            continue
        if kept is None:
            yield f"the office call {record.sid} ({record.status}) is not in the log: {row['legs']}"
            continue
        lasted = _seconds(record)
        if kept["status"] != record.status or abs((kept["duration"] or 0) - lasted) > _ROUNDING_S:
            yield (
                f"{record.sid} is {kept['status']}, {kept['duration']} s in the log, and was {record.status}, "
                f"{lasted} s for the carrier"
            )
    for sid in legs:
        yield f"the log has an office call {sid} that was never made"
    for leg in row["legs"]:
        if not leg["dial_call_sid"] and leg["status"] != "canceled":
            yield f"an office call that was never dialed is {leg['status']}"


def _seconds(record: CallRecord) -> int:
    if record.ended_at is None or record.answered_at is None:
        return 0
    return round((record.ended_at - record.answered_at).total_seconds())


def numbers_in(name: str, content: bytes, numbers: Collection[str]) -> list[str]:
    """Where a supporter's number stands in what is kept (I5)."""
    found = {re.sub(rb"\D", b"", match)[-10:].decode() for match in _OF_SUPPORTERS.findall(content)}
    return [f"I5: a supporter's number is in {name}" for number in numbers if number[-10:] in found]
