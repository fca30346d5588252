"""Secrets that must be read again, encrypted so that a stolen database is not enough."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = "v1"
_NONCE_BYTES = 12


class Unsealable(ValueError):
    """What was sealed cannot be read: it was made with another SECRET_KEY, for something else, or was changed."""


def seal(key: bytes, what_for: str, secret: str) -> str:
    """Encrypt a secret for one purpose, which must be named again to read it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, secret.encode(), what_for.encode())
    return f"{_VERSION}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(key: bytes, what_for: str, sealed: str) -> str:
    """Read a sealed secret, or raise Unsealable."""
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(f"{_VERSION}."))
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], what_for.encode()).decode()
    except (ValueError, InvalidTag):
        raise Unsealable("The secret cannot be read.") from None
