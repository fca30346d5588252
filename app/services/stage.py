"""A stage for simulated calls: a copy of the hotline on the configured database, with its own carrier and clock."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from app.config import Settings
from app.domain.clock import Clock
from app.services.local_server import local_server
from app.services.open_database import open_database
from app.services.recording_titles import titles
from app.simulator import Account, Carrier, MovableClock, VoiceUrls
from app.simulator.script import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# In demo mode any account's sid is taken, as long as the signature is right.
DEMO_ACCOUNT = "AC" + "0" * 32


class ClosableApp(Protocol):
    """What create_app makes: a WSGI application that lets go of what it holds open."""

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse", /) -> "Iterable[bytes]":
        """Answer a request."""

    def close(self) -> None:
        """Close what is open."""


CreateApp = Callable[[Settings, Clock], ClosableApp]


@contextmanager
def demo_stage(
    create_app: CreateApp,
    settings: Settings,
    offices: Mapping[str, str],
    start: datetime,
    seed: int | None = None,
) -> Iterator[Stage]:
    """Serve the hotline and connect a carrier to it; `offices` gives their numbers by name.

    Without a seed it is fresh each time, because the database remembers the calls of earlier ones by their sids.
    """
    clock = MovableClock(start)
    account = Account(DEMO_ACCOUNT, settings.auth_tokens[0].reveal(), frozenset({settings.phone_number}))
    names = {number: name for name, number in offices.items()}
    database = open_database(settings)
    fresh = secrets.randbits(64) if seed is None else seed
    with ExitStack() as stack:
        stack.callback(database.close)

        def make_app(url: str) -> ClosableApp:
            return stack.enter_context(closing(create_app(replace(settings, public_url=url), clock)))

        with local_server(make_app) as url:
            carrier = Carrier(account, VoiceUrls.of(url), clock, names=names, titles=titles(database), seed=fresh)
            yield Stage(carrier, clock, settings.phone_number, offices, url)
