"""The REST stand-in of a demo: the provider of production, pointed at it, places a call that is logged."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest

from app import create_app
from app.config import Settings
from app.services.local_server import local_server
from app.services.rest_stand_in import PATH
from app.services.stage import DEMO_ACCOUNT
from app.telephony.provider import CallOrder, ProviderError
from app.telephony.twilio_rest import Credentials, TwilioRest
from app.telephony.twilio_transport import Transport
from app.web.application import Patchline
from tests.support.demo import put_demo


@pytest.fixture
def url(settings: Settings) -> Iterator[str]:
    put_demo(settings)
    with ExitStack() as stack:

        def make_app(base: str) -> Patchline:
            return stack.enter_context(closing(create_app(replace(settings, public_url=base))))

        with local_server(make_app) as base:
            yield base


def order(url: str) -> CallOrder:
    incoming, fallback, status = (f"{url}/voice/{path}" for path in ("incoming", "fallback", "status"))
    return CallOrder("+16085550123", "+15005550006", incoming, fallback, status)


def test_a_call_placed_through_it_is_known_to_the_carrier(url: str) -> None:
    provider = TwilioRest(Credentials(DEMO_ACCOUNT, "token-of-the-tests"), Transport(url + PATH))
    sid = provider.place_call(order(url))
    report = provider.fetch_call(sid)
    assert report is not None
    assert report.sid == sid
    provider.end_call(sid)


def test_without_the_demos_token_it_is_closed(url: str) -> None:
    provider = TwilioRest(Credentials(DEMO_ACCOUNT, "another"), Transport(url + PATH))
    with pytest.raises(ProviderError):
        provider.place_call(order(url))


def test_its_thread_begins_with_the_first_request_and_ends_with_the_app(settings: Settings) -> None:
    def running() -> list[str]:
        return [thread.name for thread in threading.enumerate() if thread.name == "rest-stand-in"]

    app = create_app(settings)
    assert running() == []
    app.test_client().get(f"{PATH}/2010-04-01/Accounts/{DEMO_ACCOUNT}/Calls.json")
    assert len(running()) == 1
    app.close()
    assert running() == []
