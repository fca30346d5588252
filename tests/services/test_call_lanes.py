"""The drawing of a call's legs keeps to scale, whatever the record lacks."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.came_from import CameFrom
from app.domain.furthest import Furthest
from app.domain.results import EndReason
from app.services.call_lanes import WIDTH, draw_lanes
from app.services.call_story import clock, summary, timeline
from app.services.call_words import END_WORDS, lasted
from app.store.call_detail import CallDetail, DetailLeg, DetailTurn
from app.telephony.spoken import Said, read_spoken
from tests.store.making import after


def leg(start: float, end: float | None, talk_s: int | None = None, answered: datetime | None = None) -> DetailLeg:
    line = "open" if end is None else "busy" if talk_s is None else "answered"
    ended = None if end is None else after(end)
    return DetailLeg(2, "Madison", "madison", (), after(start), answered, ended, line, talk_s, None, (), "")


def call(*legs: DetailLeg, ended: float | None = 100) -> CallDetail:
    return CallDetail(
        call_sid="CA1",
        campaign="demo",
        version=1,
        caller="NANA",
        visit=1,
        language="en",
        called="",
        direction="inbound",
        started_at=after(0),
        ended_at=None if ended is None else after(ended),
        duration_s=None,
        status="completed",
        end_reason=None if ended is None else "caller-hangup",
        step=Furthest.CHOSE,
        is_test=False,
        is_failed=False,
        marked_test=False,
        came_from=CameFrom.DIALED_IN,
        turns=(),
        legs=legs,
        notes=(),
        tags=(),
        others=(),
        other_count=0,
        callbacks=(),
    )


def test_a_leg_rings_then_talks_to_scale() -> None:
    drawn = draw_lanes(call(leg(20, 80, talk_s=40)), after(500))
    assert drawn.seconds == 100
    lane = drawn.lanes[1]
    assert (lane.start_s, lane.ring_s, lane.talk_s) == (20, 20, 40)
    assert [(bar.kind, bar.x, bar.width) for bar in lane.bars] == [("ring", 200, 200), ("talk", 400, 400)]


def test_the_hotline_speaks_then_listens_and_is_silent_while_it_dials() -> None:
    def turn(number: int, at: float, event: str, speech_s: int | None) -> DetailTurn:
        return DetailTurn(number, "menu", event, after(at), "", (), speech_s)

    turns = [turn(1, 0, "started", 20), turn(2, 10, "pressed 1", 5), turn(3, 70, "dial_ended answered", 4)]
    drawn = draw_lanes(replace(call(leg(15, 70, talk_s=40)), turns=turns), after(500))
    assert [lane.label for lane in drawn.lanes] == ["Caller", "Hotline", "Madison"]
    hotline = drawn.lanes[1]
    assert [(bar.kind, bar.x, bar.width) for bar in hotline.bars] == [
        ("speak", 0, 100),
        ("speak", 100, 50),
        ("speak", 700, 40),
        ("listen", 740, 260),
    ], "a key interrupts what is spoken"
    assert hotline.result == "Spoke for 19 s, listened for 26 s"
    unknown = replace(call(), turns=[turn(1, 0, "started", None)])
    assert [lane.label for lane in draw_lanes(unknown, after(500)).lanes] == ["Caller"]


def test_an_answers_callback_is_better_than_the_talk_time() -> None:
    lane = draw_lanes(call(leg(20, 80, talk_s=40, answered=after(30))), after(500)).lanes[1]
    assert (lane.ring_s, lane.talk_s) == (10, 50)


@pytest.mark.parametrize(
    "made", [call(ended=None), call(leg(20, None), ended=None), call(leg(90, 300), ended=100), call(ended=0)]
)
def test_nothing_is_drawn_outside(made: CallDetail) -> None:
    drawn = draw_lanes(made, after(200))
    for lane in drawn.lanes:
        assert all(0 <= bar.x <= WIDTH for bar in lane.bars)
        assert all(bar.x + bar.width <= WIDTH + 2 for bar in lane.bars)


def test_lengths_and_times_as_they_are_read() -> None:
    assert [lasted(seconds) for seconds in (None, 0, 59, 190, 3700)] == ["–", "0 s", "59 s", "3 min 10 s", "1 h 1 min"]
    assert clock(after(0), ZoneInfo("UTC")) == "6:00 p.m."
    assert clock(after(6 * 3600), ZoneInfo("UTC")) == "12:00 a.m."


@pytest.mark.parametrize(("visit", "word"), [(2, "2nd"), (3, "3rd"), (11, "11th"), (21, "21st"), (104, "104th")])
def test_the_sentence_counts_visits(visit: int, word: str) -> None:
    told = summary(replace(call(), visit=visit), ZoneInfo("UTC"))
    assert told == f"Called at 6:00 p.m., for the {word} time, was welcomed back, left."


def test_what_was_said_is_read_back_and_nothing_of_what_cannot_be_read() -> None:
    said = '<Say language="es-MX">Hola<break time="1s"/><lang xml:lang="en-US">Wausau</lang> ya</Say>'
    answer = f"<Response><Gather>{said}</Gather><Say/></Response>"
    assert read_spoken(answer) == [Said("Hola Wausau ya", "es-MX")]
    assert read_spoken("<Response") == []


def test_the_story_says_codes_in_words() -> None:
    assert set(EndReason) <= set(END_WORDS)
    notes = ({"kind": "preferred", "language": "es"}, {"kind": "ending", "reason": "no-input"})
    told = timeline(replace(call(), turns=[DetailTurn(2, "no_input", "silence", after(9), "", notes, 3)]), {})
    words = [(moment.kind, moment.text) for moment in told]
    assert ("caller", "Chose Spanish, which is kept for the next call") in words
    assert ("system", "We ended the call: the caller was let go after silence") in words
