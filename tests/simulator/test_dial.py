"""Dial and the office's leg: outcomes, callbacks, and where the caller may leave."""

import pytest

from app.simulator import Caller, Carrier, Kind, OfficePhone, Supporter, withheld
from tests.simulator.hotlines import HOTLINE, MADISON, START, Hotline, carrier_for

EVENTS = "initiated ringing answered completed"


def dialing(hotline: Hotline, attributes: str = "hangupOnStar='true'", number: str = "", action: bool = True) -> str:
    to = f"action='{hotline.url('/dialed')}'" if action else ""
    noun = f"<Number statusCallback='{hotline.url('/status/leg')}' statusCallbackEvent='{EVENTS}' {number}>"
    return f"<Dial {to} {attributes}>{noun}{MADISON}</Number></Dial>"


@pytest.fixture
def carrier(hotline: Hotline) -> Carrier:
    hotline.answer("/voice", "<Say>Calling.</Say>" + dialing(hotline))
    hotline.answer("/dialed", "<Say>Back with us.</Say>")
    return carrier_for(hotline)


@pytest.fixture
def madison(carrier: Carrier) -> OfficePhone:
    return carrier.world.office(MADISON)


@pytest.fixture
def caller(carrier: Carrier) -> Caller:
    return Caller(carrier)


def leg_statuses(hotline: Hotline) -> list[str]:
    return [form["CallStatus"] for form in hotline.forms("/status/leg")]


def test_an_office_that_answers_is_bridged(hotline: Hotline, caller: Caller, madison: OfficePhone) -> None:
    madison.answers(after=6, talk=40)
    caller.dials(HOTLINE).waits().hears("Back with us.").was_let_go()
    (form,) = hotline.forms("/dialed")
    legs = hotline.forms("/status/leg")
    assert {name: text for name, text in form.items() if name.startswith("Dial")} == {
        "DialCallStatus": "completed",
        "DialCallSid": legs[0]["CallSid"],
        "DialCallDuration": "40",
        "DialBridged": "true",
    }
    assert [leg["CallStatus"] for leg in legs] == ["initiated", "ringing", "in-progress", "completed"]
    assert [leg["SequenceNumber"] for leg in legs] == ["0", "1", "2", "3"]
    assert {leg["ParentCallSid"] for leg in legs} == {form["CallSid"]}
    assert (legs[3]["CallDuration"], legs[3]["Duration"]) == ("40", "1")
    assert legs[0]["Timestamp"] == "Tue, 19 Dec 2017 16:00:00 +0000"
    assert legs[2]["Timestamp"] == "Tue, 19 Dec 2017 16:00:06 +0000"
    assert {leg["CallbackSource"] for leg in legs} == {"call-progress-events"}
    assert all(seen.is_genuine for seen in hotline.seen)


@pytest.mark.parametrize(
    ("manner", "status", "statuses", "seconds"),
    [
        ("is_busy", "busy", ["initiated", "busy"], 2),
        ("does_not_answer", "no-answer", ["initiated", "ringing", "no-answer"], 35),
        ("fails", "failed", ["initiated", "failed"], 1),
    ],
)
def test_an_office_that_is_not_reached(
    hotline: Hotline, caller: Caller, madison: OfficePhone, manner: str, status: str, statuses: list[str], seconds: int
) -> None:
    getattr(madison, manner)()
    caller.dials(HOTLINE).hears("Back with us.")
    (form,) = hotline.forms("/dialed")
    assert (form["DialCallStatus"], form["DialBridged"]) == (status, "false")
    assert "DialCallDuration" not in form
    assert leg_statuses(hotline) == statuses
    assert caller.call.elapsed == pytest.approx(0.4 + seconds)


def test_voicemail_looks_like_an_answer(hotline: Hotline, caller: Caller, madison: OfficePhone) -> None:
    madison.goes_to_voicemail(after=20, talk=30)
    caller.dials(HOTLINE).talks().waits().hears("Back")
    assert hotline.forms("/dialed")[0]["DialCallStatus"] == "completed"
    assert "Madison (voicemail)" in caller.call.transcript.texts(Kind.TALKING)


def test_an_answer_after_the_timeout_comes_too_late(hotline: Hotline, caller: Caller, madison: OfficePhone) -> None:
    madison.answers(after=36)
    caller.dials(HOTLINE).hears("Back")
    assert hotline.forms("/dialed")[0]["DialCallStatus"] == "no-answer"


def test_star_leaves_the_talk(hotline: Hotline, caller: Caller, madison: OfficePhone) -> None:
    madison.answers(talk=None)
    caller.dials(HOTLINE).talks(10).presses("*").hears("Back with us.")
    form = hotline.forms("/dialed")[0]
    assert (form["DialCallStatus"], form["DialCallDuration"]) == ("completed", "10")


def test_star_cancels_the_ringing(hotline: Hotline, caller: Caller) -> None:
    caller.dials(HOTLINE).hears_ringing("Madison").presses("*").hears("Back with us.")
    assert hotline.forms("/dialed")[0]["DialCallStatus"] == "canceled"
    assert leg_statuses(hotline)[-1] == "canceled"


def test_without_hangup_on_star_the_office_gets_the_key(hotline: Hotline, caller: Caller, madison: OfficePhone) -> None:
    hotline.answer("/voice", dialing(hotline, ""))
    caller.dials(HOTLINE).talks(10).presses("*3")
    assert madison.keys == "*3"
    caller.waits().hears("Back")
    assert hotline.forms("/dialed")[0]["DialCallDuration"] == "40"


def test_the_time_limit_ends_the_talk(hotline: Hotline, caller: Caller, madison: OfficePhone) -> None:
    hotline.answer("/voice", dialing(hotline, "timeLimit='1200'"))
    madison.answers(talk=None)
    caller.dials(HOTLINE).waits().hears("Back")
    assert hotline.forms("/dialed")[0]["DialCallDuration"] == "1200"


def test_an_extension_is_sent_after_the_answer(hotline: Hotline, caller: Caller, madison: OfficePhone) -> None:
    hotline.answer("/voice", dialing(hotline, number="sendDigits='ww12'"))
    caller.dials(HOTLINE).talks()
    assert madison.keys == "ww12"


def test_without_an_action_the_next_verb_runs(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", dialing(hotline, action=False) + "<Say>Next verb.</Say>")
    caller.dials(HOTLINE).waits().hears("Next verb.").was_let_go()
    assert hotline.forms("/dialed") == []


@pytest.mark.parametrize(("talks", "status"), [(False, "canceled"), (True, "completed")])
def test_a_caller_who_hangs_up_ends_leg_and_session(hotline: Hotline, caller: Caller, talks: bool, status: str) -> None:
    caller.dials(HOTLINE)
    (caller.talks(12) if talks else caller.hears_ringing()).hangs_up()
    assert hotline.forms("/dialed") == []
    assert leg_statuses(hotline)[-1] == status
    (end,) = hotline.forms("/status")
    assert (end["CallStatus"], end["SequenceNumber"]) == ("completed", "0")
    assert end["CallDuration"] == ("18" if talks else "0")


def test_the_office_sees_the_caller_or_the_caller_id(hotline: Hotline, caller: Caller, madison: OfficePhone) -> None:
    caller.dials(HOTLINE).waits()
    hotline.answer("/voice", dialing(hotline, f"callerId='{HOTLINE}'"))
    caller.was_let_go().dials(HOTLINE).waits()
    assert [call.shown for call in madison.rung] == ["+16085550123", HOTLINE]


def test_a_foreign_caller_id_is_refused(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", dialing(hotline, "callerId='+12025550100'"))
    hotline.answer("/fallback", "<Hangup/>")
    with pytest.raises(AssertionError, match="13214"):
        caller.dials(HOTLINE)


def test_answer_on_bridge_leaves_the_call_unanswered_until_then(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", dialing(hotline, "answerOnBridge='true'"))
    caller.dials(HOTLINE).hears_ringing()
    assert caller.call.status == "ringing"
    caller.waits(6)
    assert caller.call.status == "in-progress"
    caller.waits().was_let_go()
    assert hotline.forms("/status")[0]["CallDuration"] == "41"


def test_only_the_events_asked_for_are_sent(hotline: Hotline, caller: Caller) -> None:
    noun = f"<Number statusCallback='{hotline.url('/status/leg')}'>{MADISON}</Number>"
    hotline.answer("/voice", f"<Dial>{noun}</Dial>")
    caller.dials(HOTLINE).waits().was_let_go()
    assert leg_statuses(hotline) == ["completed"]


def test_an_office_can_be_played_by_hand(hotline: Hotline, caller: Caller, madison: OfficePhone) -> None:
    madison.does_not_answer()
    caller.dials(HOTLINE).hears_ringing()
    caller.call.office_picks_up()
    caller.talks(5)
    caller.call.office_hangs_up()
    caller.hears("Back with us.")
    assert hotline.forms("/dialed")[0]["DialCallDuration"] == "5"


def test_an_office_can_decline(hotline: Hotline, caller: Caller) -> None:
    caller.dials(HOTLINE).hears_ringing()
    caller.call.office_hangs_up()
    assert hotline.forms("/dialed")[0]["DialCallStatus"] == "busy"


def test_calls_stand_side_by_side(hotline: Hotline, carrier: Carrier) -> None:
    first, second = Caller(carrier), Caller(carrier, withheld())
    first.dials(HOTLINE).talks()
    second.dials(HOTLINE).talks(20)
    first.talks(10).presses("*").hears("Back")
    second.waits().hears("Back")
    durations = [form["DialCallDuration"] for form in hotline.forms("/dialed")]
    assert durations == ["10", "40"]
    assert first.call.sid != second.call.sid


def test_the_clock_moves_with_the_call(carrier: Carrier) -> None:
    Caller(carrier, Supporter()).dials(HOTLINE).waits().was_let_go()
    assert (carrier.clock.now() - START).total_seconds() == pytest.approx(0.4 + 6 + 40 + 3 * 0.4)
