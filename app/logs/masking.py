"""Keeps phone numbers out of the logs, whatever brings them there."""

import re
from collections.abc import Mapping

LONGEST_TEXT = 1000
MASK = "[number]"

# Ids of the carrier, of ours and dates have many digits too, and must stay readable.
_KEPT = (
    r"\b[A-Z]{2}[0-9a-f]{32}\b"
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\b(?:19|20)\d\d-[01]\d-[0-3]\d(?![\d-])"
)
_BETWEEN = r"(?:[\s().+/‐-―-]|%2[0-9A-Fa-f]){0,3}"
_NUMBER = rf"\+?\d(?:{_BETWEEN}\d){{6,}}"
_KEPT_OR_NUMBER = re.compile(rf"({_KEPT})|{_NUMBER}")


def mask(text: str) -> str:
    """Replaces whatever could be a phone number in a text, and cuts a text that is too long."""
    if len(text) > LONGEST_TEXT:
        text = f"{text[:LONGEST_TEXT]}…"
    return _KEPT_OR_NUMBER.sub(lambda match: match[1] or MASK, text)


def masked(value: object) -> object:
    """Makes a value fit for a log line: masked, and of JSON's types alone."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else str(value)
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {mask(str(key)): masked(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [masked(item) for item in value]
    return mask(_described(value))


def _described(value: object) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - a log line must not fail for a value that cannot be shown
        return f"<{type(value).__name__} that cannot be shown>"
