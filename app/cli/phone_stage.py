"""The hotline that the phone in the terminal dials: a local copy on the configured database."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from werkzeug.utils import import_string

from app.cli.local_server import local_server
from app.config import Settings
from app.domain.clock import Clock
from app.logs import configure_logs
from app.simulator import Account, Carrier, MovableClock, VoiceUrls
from app.simulator.script import Stage

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    CreateApp = Callable[[Settings, Clock], WSGIApplication]

# In demo mode any account's sid is taken, as long as the signature is right.
DEMO_ACCOUNT = "AC" + "0" * 32


def product_stage(settings: Settings, offices: Mapping[str, str], start: datetime) -> AbstractContextManager[Stage]:
    """The stage with Patchline itself on it; only its warnings are logged, so that the call can be read."""
    configure_logs("warning")
    # Named as a WSGI server names it: the command line stands beside the web and does not import it.
    return demo_stage(import_string("app:create_app"), settings, offices, start)


@contextmanager
def demo_stage(
    create_app: "CreateApp",
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
    with local_server(lambda url: create_app(replace(settings, public_url=url), clock)) as url:
        carrier = Carrier(
            account, VoiceUrls.of(url), clock, names=names, seed=secrets.randbits(64) if seed is None else seed
        )
        yield Stage(carrier, clock, settings.phone_number, offices)
