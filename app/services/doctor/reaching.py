"""Asking web addresses as the carrier would: once, within five seconds, and following nothing."""

import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests

from app.config import Settings
from app.telephony.signatures import sign

TIMEOUT_S = 5.0
_MOST_BYTES = 64 * 1024
_NO_SID = "AC" + "0" * 32


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, or why none did."""

    status: int = 0
    body: str = ""
    date: datetime | None = None
    failure: str = ""


def ask(method: str, url: str, form: dict[str, str] | None = None, signature: str = "") -> Answer:
    """One request; of the answer at most 64 kB are read."""
    headers = {"X-Twilio-Signature": signature} if signature else {}
    with requests.Session() as session:
        # A proxy of the machine has no part in reaching a server on it.
        session.trust_env = url.startswith("https://")
        try:
            with session.request(
                method, url, data=form, headers=headers, timeout=TIMEOUT_S, allow_redirects=False, stream=True
            ) as response:
                body = next(response.iter_content(_MOST_BYTES), b"")
                return Answer(
                    response.status_code, body.decode("utf-8", "replace"), _date(response.headers.get("Date"))
                )
        except requests.exceptions.SSLError:
            return Answer(failure="its TLS certificate is not valid for that name")
        except requests.Timeout:
            return Answer(failure=f"it did not answer within {TIMEOUT_S:g} s")
        except requests.RequestException as error:
            return Answer(failure=f"the connection failed ({type(error).__name__})")


def ask_signed(settings: Settings, path: str) -> Answer:
    """A form that is signed as the carrier signs it, and holds nothing but the account."""
    url = settings.public_url + path
    form = {"AccountSid": settings.account_sid or _NO_SID}
    return ask("POST", url, form, sign(url, form, settings.auth_tokens[0].reveal()))


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an https address shows; `ends` is None if it is not valid (any more) for that address."""

    ends: datetime | None


def certificate(url: str) -> Certificate | None:
    """The certificate of an https address; None for http, or where the address is not reached."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return None
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or 443), timeout=TIMEOUT_S) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname) as secure,
        ):
            ends = str((secure.getpeercert() or {}).get("notAfter", ""))
            return Certificate(datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC))
    except ssl.SSLCertVerificationError:
        return Certificate(None)
    except (OSError, ValueError):
        return None


def certificate_ends(url: str) -> datetime | None:
    """Until when an https address has a certificate; None for http, or where none that is valid can be had."""
    found = certificate(url)
    return found.ends if found else None


def _date(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
