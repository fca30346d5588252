"""The carrier's REST API in demo mode: the simulator's stand-in, for code and curl that would speak to Twilio."""

import secrets
from collections.abc import Iterable
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from app.config import Settings
from app.domain.clock import Clock
from app.logs import get_logger
from app.services.numbers import wanted_urls
from app.services.recording_titles import titles
from app.services.stage import DEMO_ACCOUNT
from app.simulator import Account, Carrier, VoiceUrls
from app.simulator.rest import RestAccount, rest_app
from app.store.database import Database

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATH = "/simulator/twilio"
"""Where it is served, in demo mode only."""

_TICK_S = 1.0
_log = get_logger(__name__)


class RestStandIn:
    """A WSGI application; the calls and messages it is asked for go on by the clock, as long as it is open."""

    def __init__(self, settings: Settings, clock: Clock, database: Database) -> None:
        """Take the demo's settings; nothing runs before the first request."""
        account = Account(DEMO_ACCOUNT, settings.auth_tokens[0].reveal(), frozenset({settings.phone_number}))
        says = titles(database)
        carrier = Carrier(account, VoiceUrls.of(settings.public_url), clock, titles=says, seed=secrets.randbits(64))
        self._account = RestAccount(carrier)
        self._point_numbers_here(settings)
        self._app = rest_app(self._account)
        self._closed, self._starting = Event(), Lock()
        self._thread: Thread | None = None

    def _point_numbers_here(self, settings: Settings) -> None:
        """Set the numbers up as `patchline numbers sync` would, so that a fresh demo has nothing to put right."""
        wanted = wanted_urls(settings)
        own = {
            "voice_url": wanted.voice,
            "voice_fallback_url": wanted.voice_fallback,
            "voice_fallback_method": wanted.voice_fallback_method,
            "status_callback": wanted.status,
            "sms_url": wanted.messaging,
        }
        for number in self._account.numbers.owned.values():
            self._account.numbers.change(number, own)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request as Twilio's API does."""
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._go_on, name="rest-stand-in", daemon=True)
                self._thread.start()
        return self._app(environ, start_response)

    def close(self) -> None:
        """Let nothing happen any more."""
        self._closed.set()
        if self._thread:
            self._thread.join()

    def _go_on(self) -> None:
        while not self._closed.wait(_TICK_S):
            try:
                self._account.catch_up()
            except Exception as error:  # noqa: BLE001 - one broken call must not stop all the others
                _log.error("simulated_call_failed", exc_info=error)
