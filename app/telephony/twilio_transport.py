"""How Twilio's library reaches the API: its own HTTP client with a time-out, no retries, and our errors.

It stands around the library's client instead of deriving from it, so that the library is imported only when a request
is made; the library asks nothing of its HTTP client but `request`.
"""

import json
import logging
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import requests

from app.telephony.provider import ProviderUnavailable
from app.telephony.twilio_errors import TOO_MANY_REQUESTS, WHAT_TO_DO, refusal

TIMEOUT_S = 10.0

# The library writes the parameters of each request to its log, and with them supporters' numbers.
_SILENT = logging.getLogger("patchline.carrier_requests")
_SILENT.addFilter(lambda record: False)
_REQUEST_TIMEOUT = 408
_TOO_MANY_REQUESTS = 429


class Transport:
    """The HTTP client that the library is given; `base_url` sends what is for Twilio's hosts to another place."""

    is_async = False

    def __init__(self, base_url: str = "", timeout_s: float = TIMEOUT_S) -> None:
        """Reach Twilio itself, or a stand-in at `base_url`; `timeout_s` holds for connecting and for each read."""
        self._base_url, self._timeout_s = base_url.rstrip("/"), timeout_s

    def request(self, method: str, url: str, **options: Any) -> Any:
        """Send one request, once; raises ProviderError or ProviderUnavailable unless it was answered with success."""
        try:
            response = self._client.request(method, self._target(url), **options)
        except requests.Timeout:
            raise ProviderUnavailable(f"it did not answer within {self._timeout_s:g} s") from None
        except requests.RequestException as error:
            raise ProviderUnavailable(f"the connection failed: {type(error).__name__}") from None
        _check(int(response.status_code), str(response.text))
        return response

    @cached_property
    def _client(self) -> Any:
        from twilio.http.http_client import TwilioHttpClient

        client = TwilioHttpClient(timeout=self._timeout_s, logger=_SILENT, max_retries=0)
        if self._base_url:
            client.session.trust_env = False  # a proxy of the machine has no part in reaching a stand-in
        return client

    def _target(self, url: str) -> str:
        if not self._base_url:
            return url
        parts = urlsplit(url)
        return self._base_url + parts.path + (f"?{parts.query}" if parts.query else "")


def _check(status: int, text: str) -> None:
    """Tell a refusal, which is certain, from an answer that leaves open what was done."""
    body = _json(text)
    if 200 <= status < 300:
        if text and body is None:
            raise ProviderUnavailable("its answer could not be read")
        return
    code = body.get("code") if isinstance(body, dict) else None
    if isinstance(code, int) and code in WHAT_TO_DO and code != TOO_MANY_REQUESTS:
        raise refusal(code)
    if status in (_REQUEST_TIMEOUT, _TOO_MANY_REQUESTS) or not 400 <= status < 500:
        raise ProviderUnavailable(f"it answered {status}")
    raise refusal(code if isinstance(code, int) else status)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
