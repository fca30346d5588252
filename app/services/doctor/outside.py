"""How this server looks from outside: to the carrier's webhooks, by its certificate, and while it is down."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.config import Settings
from app.config.settings import default_url
from app.domain.clock import Clock
from app.services.certificate import SOON
from app.services.doctor.clocks import judge_clock
from app.services.doctor.finding import Finding, look, ok, wrong
from app.services.doctor.reaching import Answer, ask, ask_signed, certificate_ends
from app.simulator.twiml.fault import TwimlFault
from app.simulator.twiml.parse import parse

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  listening everywhere is answered here as well
_CARRIER = "https://api.twilio.com/"


@dataclass(frozen=True, slots=True)
class Outside:
    """What the server answered to a stranger, to the carrier, and about itself; `here` is without a proxy before it."""

    stranger: Answer
    carrier: Answer
    ready: Answer
    here: Answer


def look_at_webhooks(settings: Settings) -> Outside:
    """Knock as a stranger and as the carrier."""
    here = default_url(_EVERYWHERE.get(settings.host, settings.host), settings.port)
    return Outside(
        stranger=ask("POST", f"{settings.public_url}/voice/incoming", {"CallSid": "none"}),
        carrier=knock(settings),
        ready=ask("GET", f"{settings.public_url}/readyz"),
        here=ask("GET", f"{here}/healthz"),
    )


def knock(settings: Settings) -> Answer:
    """What a webhook of the carrier's would get: a text is acknowledged and leaves no trace."""
    return ask_signed(settings, "/sms/incoming")


def judge_webhooks(url: str, seen: Outside) -> Iterator[Finding]:
    """Whether the carrier's requests come through to this installation, and nobody else's do."""
    if seen.stranger.failure:
        yield _unreachable(url, seen)
        return
    if seen.stranger.status == 403:
        yield ok(f"{url} is reached, and refuses webhooks that are not signed.")
    else:
        yield wrong(
            f"{url}/voice/incoming answered {seen.stranger.status} to a stranger, where Patchline says 403.",
            "Something else answers there, or a proxy changes requests: let PUBLIC_URL lead to this server unchanged.",
        )
    yield judge_signed(url, seen.carrier)
    yield from _ready(seen.ready)


def _unreachable(url: str, seen: Outside) -> Finding:
    why = f"{url} is not reached: {seen.stranger.failure}."
    if seen.here.status == 200:
        return wrong(why, "The server runs here, so look at PUBLIC_URL, its DNS entry, the proxy and the firewall.")
    return wrong(why, "The server does not run here either: start it (scripts/serve), and look at its log.")


def judge_signed(url: str, answer: Answer) -> Finding:
    """Whether a webhook that the carrier signs comes through."""
    if answer.status == 200:
        return ok("A webhook that is signed with TWILIO_AUTH_TOKEN is taken.")
    return wrong(
        f"A correctly signed webhook got {answer.failure or answer.status}: callers would hear the fallback.",
        f"The server that answers must run with this TWILIO_AUTH_TOKEN and PUBLIC_URL ({url}): restart it after a "
        "change of settings, and let no proxy change the path.",
    )


def _ready(answer: Answer) -> Iterator[Finding]:
    try:
        degraded = dict(json.loads(answer.body)["degraded"])
    except (ValueError, KeyError, TypeError):
        yield wrong(
            "/readyz does not say how the server is.", "See that PUBLIC_URL leads to this release of Patchline."
        )
        return
    if not degraded:
        yield ok("The server says that nothing in it is degraded.")
    for part, said in degraded.items():
        yield look(f"The server says that its {part} is degraded.", str(said))


def judge_certificate(url: str, ends: datetime | None, now: datetime) -> Iterator[Finding]:
    """The certificate of an https address; over http there is none to judge."""
    if not url.startswith("https://"):
        return
    if ends is None:
        yield wrong(
            f"{url} has no TLS certificate that is valid for it.", "Renew it, with its whole chain, at the proxy."
        )
    elif ends - now <= SOON:
        yield look(f"The TLS certificate ends on {ends:%Y-%m-%d}.", "Renew it, and see why it does not renew itself.")
    else:
        yield ok(f"The TLS certificate is valid until {ends:%Y-%m-%d}.")


def look_at_certificate(settings: Settings) -> datetime | None:
    """Until when the certificate of the public address is valid."""
    return certificate_ends(settings.public_url)


def look_at_carrier_clock(settings: Settings, clock: Clock) -> float | None:
    """How many seconds the carrier is ahead of this machine; None in a demo, or where it does not say."""
    if settings.is_demo:
        return None
    date = ask("HEAD", _CARRIER).date
    return (date - clock.now()).total_seconds() if date else None


def judge_carrier_clock(ahead_s: float | None) -> Iterator[Finding]:
    """The carrier's clock, if it told."""
    if ahead_s is not None:
        yield judge_clock("The carrier's clock", ahead_s)


def look_at_fallback(settings: Settings) -> Answer | None:
    """The document hosted elsewhere; None if there is none."""
    return ask("GET", settings.fallback_url) if settings.fallback_url else None


def judge_fallback(is_demo: bool, answer: Answer | None) -> Iterator[Finding]:
    """What callers hear while this server is down."""
    if answer is None:
        if not is_demo:
            yield look(
                "FALLBACK_URL is not set: while this machine is down, callers hear the carrier's own message.",
                "Host a fallback elsewhere: docs/going-live.md, 'What callers hear while your server is down'.",
            )
        return
    if fault := _fault(answer):
        yield wrong(f"FALLBACK_URL gives no document that can be played: {fault}.", "patchline campaigns fallback SLUG")
    else:
        yield ok("FALLBACK_URL gives a document that can be played.")


def _fault(answer: Answer) -> str:
    if answer.failure or answer.status != 200:
        return answer.failure or f"it answered {answer.status}"
    try:
        return "" if parse(answer.body) else "it says nothing"
    except TwimlFault as fault:
        return str(fault).rstrip(".")
