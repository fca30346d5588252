"""Repairing calls whose end was never reported, from the carrier's own records.

Twilio recommends callbacks for what goes on, and its list of calls for what was missed (Twilio: Call resource).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.calls import LONGEST_CALL
from app.domain.clock import Clock
from app.domain.record import CallStatusRecord, LegStatusRecord
from app.domain.results import END_STATUSES, Status
from app.services.hotline import Hotline
from app.services.replay_journal import save_record
from app.store.unfinished import Unfinished, UnfinishedLeg, unfinished_calls
from app.telephony.provider import CallReport, Provider

PATIENCE = timedelta(minutes=15)
"""A call that began less than this ago is left to its callbacks."""

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Repair:
    """What was found out about a call: `changes` is empty where it goes on, or nothing more is known of it."""

    call_sid: str
    changes: tuple[str, ...]
    is_under_way: bool = False


StatusRecords = Sequence[CallStatusRecord | LegStatusRecord]


def reconcile(hotline: Hotline, provider: Provider, patience: timedelta = PATIENCE) -> Iterator[Repair]:
    """Ask about each call whose end is unknown, and repair it; raises StoreUnavailable and the provider's errors.

    Each call is a transaction of its own, so what was done stays done when the carrier stops answering.
    """
    before, after_id = hotline.clock.now() - patience, 0
    while batch := _next_batch(hotline, before, after_id):
        for call in batch:
            yield _repair(hotline, provider, call)
        after_id = batch[-1].id


def _next_batch(hotline: Hotline, before: datetime, after_id: int) -> Sequence[Unfinished]:
    with hotline.database.read() as connection:
        return unfinished_calls(connection, before, after_id, _BATCH)


def _repair(hotline: Hotline, provider: Provider, call: Unfinished) -> Repair:
    report = provider.fetch_call(call.call_sid)
    if report is not None and report.status not in END_STATUSES:
        return Repair(call.call_sid, (), is_under_way=True)
    told = () if report is None else provider.legs_of(report.sid)
    records = _unknown(hotline.clock, call) if report is None else _known(call, report, told)
    for record in (*records, *_confirmed(call, told)):
        save_record(hotline, record)
    return Repair(call.call_sid, tuple(_told(record) for record in records))


def _known(call: Unfinished, report: CallReport, told: Sequence[CallReport]) -> StatusRecords:
    """What the carrier's own records say: the legs first, because the end of the call closes those still open."""
    pairs = _paired(call.legs, told)
    legs = [
        LegStatusRecord(call.call_sid, leg.leg, one.sid, str(one.status), _end_of(one, call), None, one.duration_s)
        for leg, one in pairs
        if not leg.is_told and one.status in END_STATUSES
    ]
    if call.has_ended:
        return legs
    ended = CallStatusRecord(call.call_sid, str(report.status), _end_of(report, call), None, report.duration_s)
    return [*legs, ended]


def _confirmed(call: Unfinished, told: Sequence[CallReport]) -> StatusRecords:
    """Legs that ended with their call as far as the carrier knows, too: it is not asked again, and nothing changes.

    Most were never dialed, as the supporter hung up while the office was announced.
    """
    known = {leg.leg for leg, _ in _paired(call.legs, told)}
    return [
        LegStatusRecord(call.call_sid, leg.leg, leg.dial_call_sid, str(leg.status), leg.ended_at)
        for leg in call.legs
        if leg.is_concluded and leg.ended_at and leg.leg not in known
    ]


def _paired(legs: Sequence[UnfinishedLeg], told: Sequence[CallReport]) -> Iterator[tuple[UnfinishedLeg, CallReport]]:
    """Our legs with the carrier's: by sid where we have it, else by number in the order of dialing."""
    by_sid = {one.sid: one for one in told}
    known = {leg.dial_call_sid for leg in legs}
    left = [one for one in told if one.sid not in known]
    for leg in legs:
        if leg.dial_call_sid in by_sid:
            yield leg, by_sid[leg.dial_call_sid]
        elif match := next((one for one in left if not leg.dial_call_sid and one.called == leg.number), None):
            left.remove(match)
            yield leg, match


def _end_of(report: CallReport, call: Unfinished) -> datetime:
    return report.ended_at or report.started_at or call.last_turn_at


def _unknown(clock: Clock, call: Unfinished) -> StatusRecords:
    """A call that the carrier has no record of (any more) and that must be over by now ended at its last turn."""
    if call.has_ended or call.last_turn_at > clock.now() - LONGEST_CALL:
        return ()
    return (CallStatusRecord(call.call_sid, str(Status.COMPLETED), call.last_turn_at),)


def _told(record: CallStatusRecord | LegStatusRecord) -> str:
    what = "the call" if isinstance(record, CallStatusRecord) else f"office call {record.leg}"
    lasted = "" if record.duration_s is None else f" after {record.duration_s} s"
    return f"{what} ended ({record.status}) at {record.at:%Y-%m-%d %H:%M:%S} UTC{lasted}"
