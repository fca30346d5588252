"""Calls per second, queueing and caps, in virtual time (Twilio: calls per second; errors 22005, 10004, 20429)."""

from threading import Event, Thread

import pytest

from app.simulator import Carrier, Delivery, Passage
from app.simulator.rest import Limits
from app.telephony.provider import ProviderError, ProviderUnavailable
from tests.simulator.hotlines import Hotline
from tests.simulator.rest.served import Served, order_for, serve_rest


def numbered(n: int) -> str:
    return f"+1608555{n:04}"


def place(served: Served, hotline: Hotline, count: int) -> list[str]:
    return [served.provider.place_call(order_for(hotline, to=numbered(n))) for n in range(count)]


def starts(served: Served) -> list[str]:
    calls = served.ask("GET", "Calls.json")[1]["calls"]
    return [call["start_time"][17:25] for call in reversed(calls) if call["start_time"]]


@pytest.mark.parametrize(
    ("pace", "begun", "queue_times"),
    [
        (1.0, ["16:00:00", "16:00:01", "16:00:02", "16:00:03"], [0, 1000, 2000, 3000]),
        (4.0, ["16:00:00", "16:00:00", "16:00:00", "16:00:00"], [0, 250, 500, 750]),
    ],
)
def test_calls_begin_at_the_accounts_pace(
    hotline: Hotline, carrier: Carrier, pace: float, begun: list[str], queue_times: list[int]
) -> None:
    with serve_rest(carrier, Limits(calls_per_second=pace)) as served:
        sids = place(served, hotline, 4)
        served.rest.pass_time(3)
        assert starts(served) == begun
        reports = [served.provider.fetch_call(sid) for sid in sids]
        assert [report.queued_ms for report in reports if report] == queue_times
        assert len(hotline.forms("/status")) == 8  # initiated and ringing, four times


def test_a_queue_that_has_emptied_delays_nobody(hotline: Hotline, served: Served) -> None:
    place(served, hotline, 2)
    served.rest.pass_time(60)
    sid = served.provider.place_call(order_for(hotline))
    report = served.provider.fetch_call(sid)
    assert report is not None
    assert report.queued_ms == 0


def test_calls_go_on_side_by_side_and_time_passes_once(hotline: Hotline, carrier: Carrier, served: Served) -> None:
    hotline.answer("/voice", "<Pause length='10'/>")
    place(served, hotline, 3)
    began = carrier.clock.now()
    served.rest.pass_time(30)
    assert (carrier.clock.now() - began).total_seconds() == pytest.approx(30)
    ends = [form["Timestamp"][17:25] for form in hotline.forms("/status") if form["CallStatus"] == "completed"]
    assert ends == ["16:00:16", "16:00:17", "16:00:18"]


def test_more_than_a_day_of_queue_is_refused(hotline: Hotline, carrier: Carrier) -> None:
    with serve_rest(carrier, Limits(calls_per_second=3 / 86400)) as served:
        place(served, hotline, 3)
        with pytest.raises(ProviderError) as refused:
            served.provider.place_call(order_for(hotline))
        assert refused.value.code == 22005
        assert len(served.ask("GET", "Calls.json")[1]["calls"]) == 3
        served.rest.pass_time(30000)
        served.provider.place_call(order_for(hotline))


def test_a_new_account_has_few_calls_at_once(hotline: Hotline, carrier: Carrier) -> None:
    with serve_rest(carrier, Limits(concurrent_calls=2)) as served:
        place(served, hotline, 2)
        with pytest.raises(ProviderError) as refused:
            served.provider.place_call(order_for(hotline))
        assert refused.value.code == 10004


class Held(Delivery):
    """Holds the first request until it is let go."""

    def __init__(self) -> None:
        self.begun, self.let_go = Event(), Event()

    def webhook(self, url: str) -> Passage:
        if not self.begun.is_set():
            self.begun.set()
            self.let_go.wait(10)
        return Passage.DELIVERED


def test_too_many_requests_at_once_are_refused(hotline: Hotline, carrier: Carrier) -> None:
    held = Held()
    with serve_rest(carrier, Limits(concurrent_requests=1), delivery=held) as served:
        first = Thread(target=served.provider.owned_numbers)
        first.start()
        held.begun.wait(10)
        try:
            status, body = served.ask("GET", "Calls.json")
            assert (status, body["code"]) == (429, 20429)
            with pytest.raises(ProviderUnavailable, match="429"):
                served.provider.place_call(order_for(hotline))
        finally:
            held.let_go.set()
            first.join()
        assert served.ask("GET", "Calls.json")[0] == 200
