"""What every Provider does, whichever carrier is behind it: give PROVIDERS one line, and these tests run for it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain.results import Status
from app.telephony.provider import (
    CallOrder,
    CallReport,
    NumberKind,
    NumberSearch,
    NumberUrls,
    Provider,
    ProviderError,
)
from tests.simulator.hotlines import HOTLINE, Hotline, carrier_for, serve
from tests.simulator.rest.served import SUPPORTER, order_for, serve_rest

OTHER = "+16085550199"


@dataclass(frozen=True)
class Bench:
    """A provider on its carrier, the number that it owns, the hotline, and the carrier's time."""

    provider: Provider
    number: str
    hotline: Hotline
    pass_time: Callable[[float], None]
    now: Callable[[], datetime]

    def order(self, to: str = SUPPORTER) -> CallOrder:
        """A call to a supporter whose phone is answered after 6 s."""
        return order_for(self.hotline, to)

    def report(self, sid: str) -> CallReport:
        """A call that is there."""
        report = self.provider.fetch_call(sid)
        assert report is not None
        return report


@contextmanager
def twilio() -> Iterator[Bench]:
    """Twilio's library on the stand-in."""
    with serve() as hotline, serve_rest(carrier_for(hotline)) as served:
        hotline.answer("/voice", "<Pause length='20'/>")
        clock = served.rest.carrier.clock
        yield Bench(served.provider, HOTLINE, hotline, served.rest.pass_time, clock.now)


PROVIDERS: dict[str, Callable[[], AbstractContextManager[Bench]]] = {"twilio": twilio}


@pytest.fixture(params=PROVIDERS)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with PROVIDERS[request.param]() as bench:
        yield bench


def test_a_call_is_placed_and_followed(bench: Bench) -> None:
    began = bench.now()
    sid = bench.provider.place_call(bench.order())
    waiting = bench.report(sid)
    assert (waiting.sid, waiting.status, waiting.started_at) == (sid, Status.PLANNED, None)
    bench.pass_time(3)
    assert bench.report(sid).status is Status.RINGING
    bench.pass_time(6)
    assert bench.report(sid).status is Status.IN_PROGRESS
    bench.pass_time(60)
    ended = bench.report(sid)
    assert (ended.status, ended.duration_s) == (Status.COMPLETED, 20)
    assert (ended.called, ended.caller, ended.parent_sid) == (SUPPORTER, bench.number, "")
    assert ended.direction.startswith("outbound")
    assert (ended.created_at, ended.started_at) == (began, began)
    assert ended.ended_at == began + timedelta(seconds=26)
    assert [form["CallStatus"] for form in bench.hotline.forms("/status")] == [
        "initiated", "ringing", "in-progress", "completed",
    ]  # fmt: skip


@pytest.mark.parametrize(("passed", "status"), [(0, Status.CANCELED), (3, Status.CANCELED), (10, Status.COMPLETED)])
def test_a_call_is_ended_wherever_it_stands(bench: Bench, passed: float, status: Status) -> None:
    sid = bench.provider.place_call(bench.order())
    bench.pass_time(passed)
    bench.provider.end_call(sid)
    bench.pass_time(1)
    assert bench.report(sid).status is status
    bench.provider.end_call(sid)


def test_a_call_that_is_not_there_is_none(bench: Bench) -> None:
    assert bench.provider.fetch_call("CA" + "0" * 32) is None


def test_the_calls_to_a_number_are_found_while_they_wait(bench: Bench) -> None:
    first = bench.provider.place_call(bench.order())
    bench.provider.place_call(bench.order(OTHER))
    bench.pass_time(100)
    since = bench.now()
    second = bench.provider.place_call(bench.order())
    calls = bench.provider.calls_since
    assert [call.sid for call in calls(since, to=SUPPORTER)] == [second]
    assert {call.sid for call in calls(since - timedelta(seconds=100), to=SUPPORTER)} == {first, second}


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-6))])
def test_all_calls_since_a_moment_are_found(bench: Bench, zone: timezone) -> None:
    bench.provider.place_call(bench.order())
    bench.pass_time(100)
    sid = bench.provider.place_call(bench.order(OTHER))
    since = bench.now().astimezone(zone)
    bench.pass_time(10)
    assert [call.sid for call in bench.provider.calls_since(since)] == [sid]


@pytest.mark.parametrize("change", [{"to": "608 555 0123"}, {"caller_id": "+12025550143"}, {"url": "nowhere"}])
def test_an_order_that_cannot_be_is_refused(bench: Bench, change: dict[str, str]) -> None:
    with pytest.raises(ProviderError) as refused:
        bench.provider.place_call(replace(bench.order(), **change))  # type: ignore[arg-type]
    assert SUPPORTER not in str(refused.value)
    assert bench.provider.calls_since(bench.now(), to=SUPPORTER) == []


def test_a_text_is_sent(bench: Bench) -> None:
    status_url = bench.hotline.url("/status/text")
    sid = bench.provider.send_message(to=SUPPORTER, sender=bench.number, body="Thank you.", status_url=status_url)
    bench.pass_time(10)
    assert {form["MessageSid"] for form in bench.hotline.forms("/status/text")} == {sid}
    with pytest.raises(ProviderError):
        bench.provider.send_message(to=SUPPORTER, sender=OTHER, body="Thank you.", status_url=status_url)


def test_our_numbers_are_listed_and_configured(bench: Bench) -> None:
    (owned,) = bench.provider.owned_numbers()
    assert (owned.number, owned.takes_texts) == (bench.number, True)
    assert owned.urls.voice == bench.hotline.url("/voice")
    urls = NumberUrls(*(bench.hotline.url(f"/{name}") for name in ("a", "b", "c", "d", "e")))
    assert bench.provider.configure_number(owned.sid, urls).urls == urls
    assert bench.provider.owned_numbers()[0].urls == urls
    by_get = NumberUrls(**{f"{name}_method": "GET" for name in ("voice", "voice_fallback", "status", "messaging")})
    assert bench.provider.configure_number(owned.sid, by_get).urls == by_get
    assert bench.provider.configure_number(owned.sid, NumberUrls()).urls == NumberUrls()
    with pytest.raises(ProviderError):
        bench.provider.configure_number(owned.sid, NumberUrls(voice="nowhere"))


def test_numbers_are_searched(bench: Bench) -> None:
    found = bench.provider.search_numbers(NumberSearch(area_code="608", limit=2))
    assert len(found) == 2
    assert all(one.number.startswith("+1608") and one.takes_texts for one in found)
    assert (found[0].place, found[0].region) == ("Madison", "WI")
    toll_free = bench.provider.search_numbers(NumberSearch(NumberKind.TOLL_FREE, contains="833", limit=5))
    assert {one.number[:5] for one in toll_free} == {"+1833"}
    mobile = bench.provider.search_numbers(NumberSearch(NumberKind.MOBILE, country="GB", limit=60))
    assert len(mobile) == 60
    assert bench.provider.search_numbers(NumberSearch(area_code="533")) == []
