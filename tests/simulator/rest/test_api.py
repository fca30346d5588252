"""What holds for every resource: who may ask, errors, pages, filters and shapes."""

from datetime import datetime, timedelta

import pytest
import requests
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response

from app.services.local_server import local_server
from app.simulator import Carrier, Delivery, Doubled, VoiceUrls
from app.simulator.rest import RestAccount, rest_app
from app.simulator.rest.errors import ERRORS, RestError
from app.telephony.twilio_rest import Credentials, TwilioRest
from app.telephony.twilio_transport import Transport
from tests.simulator.hotlines import ACCOUNT, HOTLINE, START, TOKEN, Hotline
from tests.simulator.rest.served import SUPPORTER, Served, order_for, serve_rest

BASE = f"/2010-04-01/Accounts/{ACCOUNT.sid}"
CALL = {"To": SUPPORTER, "From": HOTLINE, "Url": "https://hotline.example/voice"}


@pytest.mark.parametrize(
    ("account", "name", "secret"),
    [
        (ACCOUNT.sid, ACCOUNT.sid, "wrong"),
        (ACCOUNT.sid, "AC" + "1" * 32, TOKEN),
        ("AC" + "1" * 32, ACCOUNT.sid, TOKEN),
        (ACCOUNT.sid, "", ""),
        (ACCOUNT.sid, ACCOUNT.sid, "wrông"),
    ],
)
def test_only_the_account_itself_may_ask(served: Served, account: str, name: str, secret: str) -> None:
    url = f"{served.url}/2010-04-01/Accounts/{account}/Calls.json"
    answer = requests.get(url, auth=(name, secret), timeout=10)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="Twilio API"'
    assert answer.json() == {
        "code": 20003,
        "message": "Authenticate",
        "more_info": "https://www.twilio.com/docs/errors/20003",
        "status": 401,
    }


def test_nobody_is_nobody(served: Served) -> None:
    assert requests.get(f"{served.url}{BASE}/Calls.json", timeout=10).status_code == 401


@pytest.mark.parametrize("path", ["Calls/CA404.json", "Recordings.json", "Messages/SM404.json", "Calls.xml"])
def test_what_is_not_there_is_not_found(served: Served, path: str) -> None:
    status, body = served.ask("GET", path)
    assert (status, body["code"]) == (404, 20404)
    assert body["message"] == f"The requested resource {BASE}/{path} was not found"


def test_another_method_is_not_allowed(served: Served) -> None:
    status, body = served.ask("PUT", "Calls.json")
    assert (status, body["code"]) == (405, 20004)


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_has_twilios_body(code: int) -> None:
    body = RestError(code, "what was given").body()
    assert body.keys() == {"code", "message", "more_info", "status"}
    assert "{}" not in str(body["message"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"To": ""}, 21201),
        ({"From": ""}, 21213),
        ({"Url": ""}, 21205),
        ({"Url": "hotline.example/voice"}, 21205),
        ({"Url": "https://hot_line.example/voice"}, 21205),
        ({"Url": "https://hotline.example/voice#rc=9"}, 21205),
        ({"FallbackUrl": "nowhere"}, 21205),
        ({"StatusCallback": "nowhere"}, 21609),
        ({"To": "608 555 0123"}, 21211),
        ({"To": "+19005550123"}, 21202),
        ({"To": "+442079460000"}, 21215),
        ({"From": "5550006"}, 21212),
        ({"From": "+12025550143"}, 21210),
        ({"Twiml": "<Response/>"}, 20001),
        ({"Url": "", "Twiml": "x" * 4001}, 32018),
        ({"Method": "PUT"}, 20001),
        ({"FallbackMethod": "GET"}, 20001),
        ({"StatusCallbackEvent": "answered ringing"}, 20001),
        ({"Timeout": "601"}, 20001),
        ({"TimeLimit": "soon"}, 20001),
        ({"MachineDetection": "Enable"}, 20001),
    ],
)
def test_a_call_is_checked(served: Served, change: dict[str, str], code: int) -> None:
    assert served.refused("Calls.json", **{**CALL, **change}) == code


def test_a_call_has_twilios_shape(served: Served) -> None:
    status, call = served.ask("POST", "Calls.json", **CALL)
    assert status == 201
    assert call["uri"] == f"{BASE}/Calls/{call['sid']}.json"
    assert call["subresource_uris"]["recordings"] == f"{BASE}/Calls/{call['sid']}/Recordings.json"
    assert (call["status"], call["direction"], call["queue_time"]) == ("queued", "outbound-api", "0")
    assert (call["start_time"], call["end_time"], call["duration"]) == (None, None, None)
    assert call["date_created"] == "Tue, 19 Dec 2017 16:00:00 +0000"
    assert (call["to"], call["to_formatted"]) == (SUPPORTER, "(608) 555-0123")
    assert call["phone_number_sid"].startswith("PN")


@pytest.fixture
def many(served: Served, hotline: Hotline) -> list[str]:
    return [served.provider.place_call(order_for(hotline, to=f"+1608555{n:04}")) for n in range(5)]


def test_pages_follow_one_another(served: Served, many: list[str], hotline: Hotline) -> None:
    status, page = served.ask("GET", "Calls.json", PageSize="2", From=HOTLINE)
    assert status == 200
    assert page.keys() == {
        "calls", "first_page_uri", "previous_page_uri", "next_page_uri", "uri", "page", "page_size", "start", "end",
    }  # fmt: skip
    assert (page["page"], page["page_size"], page["start"], page["end"]) == (0, 2, 0, 1)
    assert page["first_page_uri"] == page["uri"]
    served.provider.place_call(order_for(hotline))  # shifts nothing
    seen, back = [], []
    while page:
        seen += [call["sid"] for call in page["calls"]]
        back.append(page["previous_page_uri"])
        following = page["next_page_uri"]
        page = following and requests.get(served.url + following, auth=(ACCOUNT.sid, TOKEN), timeout=10).json()
    assert seen == many[::-1]
    assert back[0] is None
    assert [requests.get(served.url + uri, auth=(ACCOUNT.sid, TOKEN), timeout=10).status_code for uri in back[1:]] == [
        200, 200,
    ]  # fmt: skip


def test_the_library_follows_the_pages(served: Served, many: list[str]) -> None:
    client = served.provider._client
    assert [call.sid for call in client.calls.list(page_size=2)] == many[::-1]


@pytest.mark.parametrize("query", [{"Page": "1"}, {"PageSize": "1001"}, {"PageSize": "0"}, {"StartTime": "today"}])
def test_pages_are_not_made_up(served: Served, query: dict[str, str]) -> None:
    status, body = served.ask("GET", "Calls.json", **query)
    assert (status, body["code"]) == (400, 20001)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 3),
        ({"To": "+16085550001"}, 1),
        ({"From": "+16085550001"}, 0),
        ({"Status": "queued"}, 1),
        ({"Status": "ringing"}, 2),
        ({"StartTime": "2017-12-19"}, 2),
        ({"StartTime": "2017-12-20"}, 0),
        ({"StartTime>": "2017-12-19T16:00:01Z"}, 1),
        ({"StartTime<": "2017-12-19T16:00:01Z"}, 2),
        ({"EndTime": "2017-12-19"}, 0),
        ({"ParentCallSid": "CA1"}, 0),
    ],
)
def test_calls_are_filtered(served: Served, hotline: Hotline, query: dict[str, str], count: int) -> None:
    for n in range(3):
        to = f"+1608555{n:04}"
        served.rest.carrier.world.supporter(to).does_not_answer()
        served.provider.place_call(order_for(hotline, to=to))
    served.rest.pass_time(1)
    assert len(served.ask("GET", "Calls.json", **query)[1]["calls"]) == count


def test_it_can_be_mounted_below_a_path(carrier: Carrier) -> None:
    rest = RestAccount(carrier)
    app = DispatcherMiddleware(Response(status=404), {"/carrier": rest_app(rest)})
    with local_server(lambda _: app) as url:
        provider = TwilioRest(Credentials(ACCOUNT.sid, TOKEN), Transport(f"{url}/carrier/"))
        assert [owned.number for owned in provider.owned_numbers()] == [HOTLINE]


def test_a_request_that_comes_twice_is_done_twice(carrier: Carrier) -> None:
    with serve_rest(carrier, delivery=Doubled()) as served:
        served.ask("POST", "Calls.json", **CALL)
        served.rest.delivery = Delivery()
        assert len(served.ask("GET", "Calls.json")[1]["calls"]) == 2


class Ticking:
    """A clock that goes by itself, as a real one does."""

    moment = START

    def now(self) -> datetime:
        return self.moment


def test_a_clock_that_goes_by_itself_is_caught_up_with(hotline: Hotline) -> None:
    clock = Ticking()
    hotline.answer("/voice", "<Pause length='20'/>")
    with serve_rest(Carrier(ACCOUNT, VoiceUrls(hotline.url("/voice")), clock)) as served:
        sid = served.provider.place_call(order_for(hotline))
        seen = []
        for _ in range(6):
            served.rest.catch_up()
            report = served.provider.fetch_call(sid)
            seen.append(report and str(report.status))
            clock.moment += timedelta(seconds=5.5)
        assert seen == ["ringing", "ringing", "in-progress", "in-progress", "in-progress", "completed"]
        with pytest.raises(TypeError, match="clock"):
            served.rest.pass_time(1)
