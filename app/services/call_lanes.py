"""The legs of a call to scale, for a drawing: one lane for the caller and one for each office call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.store.call_detail import CallDetail, DetailLeg

WIDTH = 1000
"""Of the drawing, in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a lane; `kind` is call, ring or talk, the rest is in units of the drawing."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with its bars, and in words when it began and how long it rang and talked."""

    label: str
    result: str
    start_s: int
    ring_s: int
    talk_s: int
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The drawing: its lanes, and the seconds that its width stands for."""

    lanes: Sequence[Lane]
    seconds: int


def draw_lanes(call: CallDetail, now: datetime) -> Lanes:
    """The lanes of a call; what is under way ends now."""
    spans = [_span(leg, call.ended_at or now) for leg in call.legs]
    end = max([call.ended_at or _over(call, now), *(span[2] for span in spans)])
    seconds = max(_seconds(call.started_at, end), 1)
    caller = Lane("Caller", "", 0, 0, seconds, [Bar("call", 0, WIDTH)])
    return Lanes(
        [caller, *(_lane(call, leg, span, seconds) for leg, span in zip(call.legs, spans, strict=True))], seconds
    )


def _over(call: CallDetail, now: datetime) -> datetime:
    if call.end_reason is None:
        return now
    return max(turn.at for turn in call.turns) if call.turns else now


def _span(leg: DetailLeg, end: datetime) -> tuple[datetime, datetime, datetime]:
    """When a leg began, was answered and ended; without the answer's callback, its talk time tells."""
    ended = leg.ended_at or end
    talked = timedelta(seconds=leg.talk_s or 0)
    answered = leg.answered_at or max(ended - talked, leg.planned_at)
    return leg.planned_at, min(answered, ended), ended


def _lane(call: CallDetail, leg: DetailLeg, span: tuple[datetime, datetime, datetime], seconds: int) -> Lane:
    start, ring, talk = _seconds(call.started_at, span[0]), _seconds(span[0], span[1]), _seconds(span[1], span[2])

    def at(second: int) -> int:
        return min(round(WIDTH * second / seconds), WIDTH)

    bars = [Bar("ring", at(start), max(at(start + ring) - at(start), 2))]
    if talk:
        bars.append(Bar("talk", at(start + ring), max(at(start + ring + talk) - at(start + ring), 2)))
    return Lane(leg.office, leg.outcome or leg.line, start, ring, talk, bars)


def _seconds(start: datetime, end: datetime) -> int:
    return max(round((end - start).total_seconds()), 0)
