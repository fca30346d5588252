"""The webhooks of real calls, kept to be sent again to a yardstick: the same forms, signed for its address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from app.simulator.connection import HARD_CAP_S, Connection
from app.simulator.transcript import Exchange
from app.simulator.wire import Params, Request, send

_TOKEN = "00000000-0000-4000-8000-000000000000"  # noqa: S105  # names a webhook, and keeps no secret


@dataclass(frozen=True, slots=True)
class Taped:
    """One webhook: what was asked of which path."""

    target: str
    params: Params


TapedCall = tuple[Taped, ...]


def tape(exchanges: Sequence[Exchange]) -> TapedCall:
    """The webhooks of a call, without the address of the server that answered them."""
    return tuple(Taped(_target(exchange.url), exchange.params) for exchange in exchanges)


def play(call: TapedCall, base_url: str, auth_token: str, answered: Callable[[float], None]) -> str:
    """Send the webhooks of a call as the carrier does, and tell the seconds of each; gives why one failed, if so."""
    with requests.Session() as session:
        session.trust_env = False
        for taped in call:
            request = Request(base_url + taped.target, "POST", taped.params, _TOKEN, Connection())
            reply = send(session, request, auth_token, HARD_CAP_S)
            answered(reply.seconds)
            if reply.failure:
                return f"{taped.target}: {reply.failure.why}"
    return ""


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
