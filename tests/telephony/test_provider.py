"""What a carrier's refusals and silences become, and that no supporter's number shows."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from werkzeug.wrappers import Request, Response

from app.domain.results import Status
from app.services.local_server import local_server
from app.simulator import Delivery, LostAnswers, ServerDown
from app.simulator.rest.errors import ERRORS
from app.telephony.provider import CallOrder, CallReport, NumberKind, ProviderError, ProviderUnavailable
from app.telephony.twilio_errors import WHAT_TO_DO, refusal
from app.telephony.twilio_rest import _KINDS, STATUSES, Credentials, TwilioRest
from app.telephony.twilio_transport import TIMEOUT_S, Transport
from tests.simulator.hotlines import ACCOUNT, HOTLINE, TOKEN, carrier_for, serve
from tests.simulator.rest.served import SUPPORTER, Served, order_for, serve_rest

CREATED = datetime(2017, 12, 19, 16, tzinfo=UTC)
ORDER = CallOrder(SUPPORTER, HOTLINE, "https://a.example/voice", "https://a.example/f", "https://a.example/s")
CREDENTIALS = Credentials(ACCOUNT.sid, TOKEN)


@pytest.mark.parametrize("code", WHAT_TO_DO)
def test_each_code_says_what_to_do_in_one_sentence(code: int) -> None:
    sentence = str(refusal(code))
    assert sentence == WHAT_TO_DO[code]
    assert sentence.endswith(".")
    assert ". " not in sentence


def test_a_code_that_is_not_known_is_named() -> None:
    assert "29999" in str(refusal(29999))


def test_whatever_the_stand_in_refuses_has_its_sentence() -> None:
    ours = {20001, 20004, 20009, 20429, 20503, 32018}  # never asked for, or no refusal
    assert ERRORS.keys() - ours <= WHAT_TO_DO.keys()


def test_every_status_and_kind_is_translated() -> None:
    assert set(STATUSES.values()) == set(Status)
    assert _KINDS.keys() == set(NumberKind)


def test_no_supporters_number_is_in_a_repr() -> None:
    report = CallReport("CA1", Status.RINGING, "inbound", SUPPORTER, SUPPORTER, "", None, None, None, None, 0)
    for shown in (repr(ORDER), repr(report), repr(CREDENTIALS)):
        assert SUPPORTER not in shown
        assert TOKEN not in shown


@dataclass
class Answering:
    """A server that answers each request with the same thing."""

    response: Response = field(default_factory=Response)
    requests: list[Request] = field(default_factory=list)
    url: str = ""

    def provider(self, timeout_s: float = TIMEOUT_S) -> TwilioRest:
        return TwilioRest(CREDENTIALS, Transport(self.url, timeout_s))


@pytest.fixture
def answering() -> Iterator[Answering]:
    answering = Answering()

    @Request.application
    def app(request: Request) -> Response:
        request.get_data()
        answering.requests.append(request)
        return answering.response

    with local_server(lambda _: app) as answering.url:
        yield answering


@pytest.mark.parametrize("status", [302, 408, 429, 500, 502, 503, 504])
def test_what_leaves_the_outcome_open_is_unavailable_and_never_tried_again(answering: Answering, status: int) -> None:
    answering.response = Response("<html>Bad gateway</html>", status)
    with pytest.raises(ProviderUnavailable, match=f"it answered {status}"):
        answering.provider().place_call(ORDER)
    assert len(answering.requests) == 1


def test_a_success_that_cannot_be_read_is_unavailable(answering: Answering) -> None:
    answering.response = Response('{"sid": "CA', 201)
    with pytest.raises(ProviderUnavailable, match="could not be read"):
        answering.provider().place_call(ORDER)


def test_an_unknown_status_is_unavailable(answering: Answering) -> None:
    answering.response = Response('{"sid": "CA1", "status": "dreaming"}', 200)
    with pytest.raises(ProviderUnavailable, match="dreaming"):
        answering.provider().fetch_call("CA1")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"code": 21211, "message": "The \'To\' number +16085550123 is not valid", "status": 400}', 21211),
        ('{"code": 29999, "message": "+16085550123 is odd", "status": 400}', 29999),
        ("<html>not JSON</html>", 400),
        ("[]", 400),
    ],
)
def test_a_refusal_is_told_without_the_carriers_words(answering: Answering, body: str, code: int) -> None:
    answering.response = Response(body, 400)
    with pytest.raises(ProviderError) as refused:
        answering.provider().place_call(ORDER)
    assert refused.value.code == code
    assert SUPPORTER not in str(refused.value)


def test_the_list_of_calls_is_refused_alike(answering: Answering) -> None:
    answering.response = Response('{"code": 20003, "message": "Authenticate", "status": 401}', 401)
    with pytest.raises(ProviderError, match="TWILIO_AUTH_TOKEN"):
        answering.provider().owned_numbers()


def test_only_what_is_harmless_is_overlooked(answering: Answering) -> None:
    answering.response = Response('{"code": 20003, "message": "Authenticate", "status": 401}', 401)
    with pytest.raises(ProviderError):
        answering.provider().end_call("CA1")
    with pytest.raises(ProviderError):
        answering.provider().fetch_call("CA1")


def test_an_api_key_stands_for_the_account(answering: Answering) -> None:
    answering.response = Response('{"sid": "CA1"}', 201)
    provider = TwilioRest(Credentials(ACCOUNT.sid, "the key's secret", "SK1"), Transport(answering.url))
    provider.place_call(ORDER)
    (request,) = answering.requests
    assert request.path == f"/2010-04-01/Accounts/{ACCOUNT.sid}/Calls.json"
    assert request.authorization is not None
    assert (request.authorization.username, request.authorization.password) == ("SK1", "the key's secret")


def test_requests_are_not_logged(answering: Answering, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    answering.response = Response('{"calls": [], "page": 0, "page_size": 50, "uri": ""}', 200)
    answering.provider().calls_since(CREATED, to=SUPPORTER)
    assert SUPPORTER not in caplog.text
    assert "6085550123" not in caplog.text


def test_nobody_there_is_unavailable() -> None:
    with local_server(lambda _: Response()) as url:
        pass
    with pytest.raises(ProviderUnavailable, match="the connection failed"):
        TwilioRest(CREDENTIALS, Transport(url)).owned_numbers()


def test_twilio_itself_is_reached_by_its_own_name() -> None:
    assert Transport()._target("https://api.twilio.com/2010-04-01/x.json?a=b") == (
        "https://api.twilio.com/2010-04-01/x.json?a=b"
    )
    assert Transport("http://127.0.0.1:5000/at/")._target("https://api.twilio.com/x.json?a=b#c") == (
        "http://127.0.0.1:5000/at/x.json?a=b"
    )


def test_the_library_is_loaded_only_when_it_is_needed() -> None:
    code = "import sys, app.telephony.twilio_rest; print(any(name.startswith('twilio') for name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert loaded.stdout == "False\n"


def test_the_library_is_warmed_before_the_first_call() -> None:
    provider = TwilioRest(CREDENTIALS)
    provider.warm_up()
    client = provider._client
    assert client.http_client._client.timeout == TIMEOUT_S
    assert client.http_client._client.session.get_adapter("https://").max_retries.total == 0


def placed(served: Served) -> int:
    served.rest.delivery = Delivery()
    return len(served.provider.calls_since(served.rest.carrier.clock.now(), to=SUPPORTER))


def test_a_lost_answer_times_out_and_leaves_one_call_that_can_be_found() -> None:
    with serve() as hotline, serve_rest(carrier_for(hotline), delivery=LostAnswers(within="/Calls.json")) as served:
        hasty = TwilioRest(CREDENTIALS, Transport(served.url, timeout_s=0.3))
        with pytest.raises(ProviderUnavailable, match=r"within 0\.3 s\); look whether it was done"):
            hasty.place_call(order_for(hotline))
        assert placed(served) == 1


def test_a_refused_connection_leaves_none() -> None:
    with serve() as hotline, serve_rest(carrier_for(hotline), delivery=ServerDown("/Calls.json")) as served:
        with pytest.raises(ProviderUnavailable, match="503"):
            served.provider.place_call(order_for(hotline))
        assert placed(served) == 0
