"""Webhooks that are lost, doubled, late, or never get through."""

import pytest

from app.simulator import Caller, Doubled, Kind, LostAnswers, ServerDown, Shuffled
from tests.simulator.hotlines import HOTLINE, Hotline, caller_for
from tests.simulator.test_dial import dialing


def test_doubled_webhooks_use_the_first_answer_and_keep_both(hotline: Hotline) -> None:
    hotline.answer("/voice", "<Say>First.</Say>", "<Say>Second.</Say>")
    caller = caller_for(hotline, delivery=Doubled()).dials(HOTLINE).hears("First.").was_let_go()
    first, again = caller.call.transcript.exchanges(Kind.WEBHOOK)
    assert (first.is_repeat, again.is_repeat) == (False, True)
    assert ("First." in first.body, "Second." in again.body) == (True, True)
    assert first.params == again.params
    assert len(hotline.forms("/status")) == 2
    assert len({seen.token for seen in hotline.seen if seen.path == "/voice"}) == 1


def test_a_lost_answer_takes_its_time_and_is_retried_as_the_url_says(hotline: Hotline) -> None:
    hotline.answer("/voice", f"<Redirect>{hotline.url('/next')}#rc=1&amp;rp=rt&amp;rt=4000</Redirect>")
    hotline.answer("/next", "<Say>Lost.</Say>", "<Say>Found.</Say>")
    caller = caller_for(hotline, delivery=LostAnswers(within="/next"))
    caller.dials(HOTLINE).hears("Found.").was_let_go()
    assert caller.call.elapsed == pytest.approx(4.4)
    assert len(hotline.forms("/next")) == 2


def test_a_lost_answer_falls_back_by_default_and_is_not_the_hotlines_fault(hotline: Hotline) -> None:
    hotline.answer("/voice", "<Say>Lost.</Say>")
    hotline.answer("/fallback", "<Say>Fallback.</Say>")
    caller = caller_for(hotline, delivery=LostAnswers()).dials(HOTLINE).hears("Fallback.")
    assert caller.call.elapsed == pytest.approx(15)
    assert hotline.forms("/fallback")[0]["ErrorCode"] == "11200"


def test_a_server_that_is_down_is_never_reached(hotline: Hotline) -> None:
    hotline.answer("/fallback", "<Say>Fallback.</Say>")
    caller_for(hotline, delivery=ServerDown("/voice")).dials(HOTLINE).hears("Fallback.").was_let_go()
    assert hotline.forms("/voice") == []


def leg_sequences(hotline: Hotline, seed: int) -> list[str]:
    hotline.answer("/voice", dialing(hotline))
    hotline.answer("/dialed", "<Say>Back.</Say>")
    hotline.seen.clear()
    caller_for(hotline, delivery=Shuffled(seed, within=100)).dials(HOTLINE).waits().was_let_go()
    return [form["SequenceNumber"] for form in hotline.forms("/status/leg")]


def test_shuffled_callbacks_all_arrive_in_an_order_of_the_seed(hotline: Hotline) -> None:
    orders = [leg_sequences(hotline, seed) for seed in range(6)]
    assert all(set(order) == set("0123") for order in orders)
    assert any(order != sorted(order) for order in orders)
    assert any(len(order) > 4 for order in orders)
    assert leg_sequences(hotline, 3) == orders[3]


def test_callbacks_come_before_the_action_by_default(hotline: Hotline, caller: Caller) -> None:
    hotline.answer("/voice", dialing(hotline))
    hotline.answer("/dialed", "<Say>Back.</Say>")
    caller.dials(HOTLINE).waits().was_let_go()
    assert [seen.path for seen in hotline.seen] == ["/voice", *["/status/leg"] * 4, "/dialed", "/status"]


def test_the_action_may_come_though_the_caller_is_gone(hotline: Hotline) -> None:
    class Eager(Shuffled):
        def action_after_hang_up(self) -> bool:
            return True

    hotline.answer("/voice", dialing(hotline))
    hotline.answer("/dialed", "<Response/>")
    caller = caller_for(hotline, delivery=Eager(1, within=0), strict=False)
    caller.dials(HOTLINE).talks(5).hangs_up()
    assert hotline.forms("/dialed")[0]["DialCallStatus"] == "completed"
    assert hotline.forms("/dialed")[0]["CallStatus"] == "completed"
