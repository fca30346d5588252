"""A number's settings at the carrier in plain words, and its URLs without what opens other people's doors."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit, urlunsplit

PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "Voice URL": "Calls go to",
        "Voice fallback URL": "If that fails, calls go to",
        "Voice fallback method": "How the fallback is asked",
        "Status callback": "The end of a call is told to",
        "Messaging URL": "Texts go to",
        "Messaging fallback URL": "If that fails, texts go to",
        "Voice method": "How calls are asked about",
        "Status callback method": "How the end of a call is told",
        "Messaging method": "How texts are told",
    }
)
"""What each setting decides, by what the carrier's pages call it."""

_HIDDEN = "…"


def shown_setting(value: str, public_url: str) -> str:
    """A setting for a page; of another service's address no password and no query, which may hold a key."""
    if not value:
        return "not set"
    if value.startswith(f"{public_url}/") or "://" not in value:
        return value
    try:
        parts = urlsplit(value)
    except ValueError:
        return "an address that cannot be read"
    place = f"{_HIDDEN}@{parts.netloc.rpartition('@')[2]}" if "@" in parts.netloc else parts.netloc
    query, fragment = _HIDDEN if parts.query else "", _HIDDEN if parts.fragment else ""
    return urlunsplit((parts.scheme, place, parts.path, query, fragment))
