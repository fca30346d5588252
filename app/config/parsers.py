"""From a variable's text to its value: each parser returns it, or says what to write instead.

A ValueError's text completes the sentence that begins with the variable's name.
"""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from app.config.secret import Secret

LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
SHORTEST_KEY = 32
POSTGRES_DRIVER = "postgresql+psycopg"

_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_MAIL_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_ACCOUNT_SID = re.compile(r"AC[0-9A-Fa-f]{32}")


def host(text: str) -> str:
    """Reads a host name or an IP address to listen on."""
    if not _HOST.fullmatch(text):
        raise ValueError(f"must be a host name or an IP address such as 127.0.0.1, not {text!r}")
    return text


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Makes a parser of whole numbers within bounds."""

    def parse(text: str) -> int:
        if text.isascii() and text.isdecimal() and len(text) < 10 and low <= int(text) <= high:
            return int(text)
        raise ValueError(f"must be a whole number from {low} to {high}, not {text!r}")

    return parse


def phone_number(text: str) -> str:
    """Reads a phone number in E.164."""
    if not _E164.fullmatch(text):
        raise ValueError(f"must be a phone number such as +16085551234, not {text!r}")
    return text


def account_sid(text: str) -> str:
    """Reads the id of a Twilio account."""
    if not _ACCOUNT_SID.fullmatch(text):
        raise ValueError("must be AC and 32 hexadecimal digits, as the Twilio console shows it")
    return text


def auth_tokens(text: str) -> tuple[Secret, ...]:
    """Reads one or more tokens, separated by commas."""
    tokens = [token.strip() for token in text.split(",")]
    if any(re.search(r"\s", token) for token in tokens):
        raise ValueError("must be one token, or several separated by commas, without other blanks")
    found = tuple(Secret(token) for token in dict.fromkeys(tokens) if token)
    if not found:
        raise ValueError("has commas but no token: write one token, or several between commas")
    return found


def log_level(text: str) -> str:
    """Reads the least weight of a log line that is written."""
    if text.lower() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}, not {text!r}")
    return text.lower()


def folder(text: str) -> Path:
    """Reads the path of a folder, which need not exist yet."""
    return Path(text).absolute()


def long_secret(text: str) -> Secret:
    """Reads a key that nobody can find by trying."""
    if len(text) < SHORTEST_KEY:
        raise ValueError(f"must have at least {SHORTEST_KEY} characters, and random ones")
    return Secret(text)


def database_url(text: str) -> str:
    """Reads the address of a database, in the spelling that SQLAlchemy wants."""
    scheme, separator, rest = text.partition("://")
    if scheme in {"postgres", "postgresql"}:
        scheme = POSTGRES_DRIVER
    if not separator or scheme not in {"sqlite", POSTGRES_DRIVER}:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    if scheme == POSTGRES_DRIVER:
        _split(text)
    return f"{scheme}://{rest}"


def redis_url(text: str) -> Secret:
    """Reads the address of a Redis server, which may hold its password."""
    parts = _split(text)
    if parts.scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("must begin with redis://, rediss:// or unix://")
    return Secret(text)


def sentry_dsn(text: str) -> Secret:
    """Reads a client key of Sentry's, or of what takes its place."""
    parts = _split(text)
    if parts.scheme not in {"http", "https"} or not (parts.hostname and parts.username and parts.path.strip("/")):
        raise ValueError("must be a DSN such as https://key@errors.example.org/1")
    return Secret(text)


def smtp_url(text: str) -> Secret:
    """Reads the address of a mail server, which may hold its password."""
    parts = _split(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("must be an address such as smtp://name:password@mail.example.org:587, or begin with smtps://")
    return Secret(text)


def mail_address(text: str) -> str:
    """Reads the address that mail comes from."""
    if not _MAIL_ADDRESS.fullmatch(text):
        raise ValueError(f"must be an e-mail address such as calls@example.org, not {text!r}")
    return text


def public_url(text: str) -> str:
    """Reads the address that the world knows this server by, without its last slash."""
    parts = _split(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"must be an address such as https://calls.example.org, not {text!r}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user name or a password")
    if "?" in text or "#" in text:
        raise ValueError("must not hold a query (?) or a fragment (#)")
    return text.rstrip("/")


def https_url(text: str) -> str:
    """Reads a public address that nobody on the way can listen in on."""
    url = public_url(text)
    if not url.startswith("https://"):
        raise ValueError("must begin with https:// when a real carrier is used")
    return url


def _split(text: str) -> SplitResult:
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("must be plain ASCII without blanks (international names in punycode)")
    try:
        parts = urlsplit(text)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        raise ValueError("is not a well-formed address: check its host and port") from None
    return parts
