"""A call to scale, for a drawing: a lane for the caller, one for the hotline, and one for each office call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from app.services.call_words import lasted
from app.store.call_detail import CallDetail, DetailLeg

WIDTH = 1000
"""Of the drawing, in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a lane; `kind` is call, ring, talk, speak or listen, the rest is in units of the drawing."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with its bars, and in words when it began, how long it rang and talked, and how it went."""

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
    hotline = _hotline(call, end, seconds)
    legs = (_lane(call, leg, span, seconds) for leg, span in zip(call.legs, spans, strict=True))
    return Lanes([caller, *([hotline] if hotline.bars else []), *legs], seconds)


def _hotline(call: CallDetail, end: datetime, seconds: int) -> Lane:
    """When the hotline spoke, as long as what it said takes, and when it listened until the next turn.

    A turn that ends with a dialed office is not listened to after it has spoken. Nothing is known of the turns that
    releases before kept without a length.
    """
    spans: list[tuple[str, int, int]] = []
    for turn, following in pairwise([*call.turns, None]):
        if turn is None or turn.speech_s is None:
            continue
        begin, until = _seconds(call.started_at, turn.at), _seconds(call.started_at, following.at if following else end)
        spoken = min(begin + turn.speech_s, until)
        spans.append(("speak", begin, spoken))
        if following is None or not following.event.startswith("dial_ended"):
            spans.append(("listen", spoken, until))
    bars = [
        Bar(kind, x, max(_x(until, seconds) - x, 2))
        for kind, since, until in spans
        if until > since and (x := _x(since, seconds)) < WIDTH
    ]
    spoke, listened = (sum(until - since for of, since, until in spans if of == kind) for kind in ("speak", "listen"))
    words = f"Spoke for {lasted(spoke)}, listened for {lasted(listened)}"
    return Lane("Hotline", words, spans[0][1] if spans else 0, 0, spoke + listened, bars)


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

    answered = _x(start + ring, seconds)
    bars = [Bar("ring", _x(start, seconds), max(answered - _x(start, seconds), 2))]
    if talk:
        bars.append(Bar("talk", answered, max(_x(start + ring + talk, seconds) - answered, 2)))
    return Lane(leg.office, leg.outcome or leg.line, start, ring, talk, bars)


def _x(second: int, seconds: int) -> int:
    return min(round(WIDTH * second / seconds), WIDTH)


def _seconds(start: datetime, end: datetime) -> int:
    return max(round((end - start).total_seconds()), 0)
