"""Random tokens, and the hashes by which alone the database knows them."""

import hashlib
import secrets


def new_token() -> str:
    """A token that nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def new_public_id() -> str:
    """What an address names something by: 128 bits."""
    return secrets.token_hex(16)


def hashed(token: str) -> str:
    """The hash of a token; it needs no salt, because a token is random."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
