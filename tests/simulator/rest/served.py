"""The stand-in over loopback, with Patchline's own provider pointed at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from app.services.local_server import local_server
from app.simulator import Carrier, Delivery
from app.simulator.rest import Limits, RestAccount, rest_app
from app.telephony.provider import CallOrder
from app.telephony.twilio_rest import Credentials, TwilioRest
from app.telephony.twilio_transport import Transport
from tests.simulator.hotlines import ACCOUNT, HOTLINE, TOKEN, Hotline

SUPPORTER = "+16085550123"


@dataclass(frozen=True)
class Served:
    """A stand-in that is up: its account, its base URL and the provider that speaks to it."""

    rest: RestAccount
    url: str
    provider: TwilioRest

    def ask(self, method: str, path: str, **data: str) -> tuple[int, Any]:
        """Ask without the library, with the account's credentials; the status and the JSON."""
        url = f"{self.url}/2010-04-01/Accounts/{ACCOUNT.sid}/{path}"
        query, form = (data, None) if method == "GET" else (None, data)
        answer = requests.request(method, url, params=query, data=form, auth=(ACCOUNT.sid, TOKEN), timeout=10)
        return answer.status_code, answer.json() if answer.text else None

    def refused(self, path: str, **data: str) -> int:
        """The code with which a POST is refused."""
        status, body = self.ask("POST", path, **data)
        assert status >= 400, body
        assert body["status"] == status
        assert body["more_info"].endswith(str(body["code"]))
        assert body["message"]
        return int(body["code"])


@contextmanager
def serve_rest(
    carrier: Carrier, limits: Limits | None = None, *, is_test: bool = False, delivery: Delivery | None = None
) -> Iterator[Served]:
    """Serve a carrier's REST side."""
    rest = RestAccount(carrier, limits, is_test=is_test, delivery=delivery)
    with local_server(lambda _: rest_app(rest)) as url:
        yield Served(rest, url, TwilioRest(Credentials(ACCOUNT.sid, TOKEN), Transport(url)))


def order_for(hotline: Hotline, to: str = SUPPORTER, ring_s: int = 30, talk_s: int = 3600) -> CallOrder:
    """A call to a supporter that this hotline answers for."""
    return CallOrder(
        to, HOTLINE, hotline.url("/voice"), hotline.url("/fallback"), hotline.url("/status"), ring_s, talk_s
    )
