"""Twilio's request signature (Twilio: webhooks security, X-Twilio-Signature)."""

import base64
import hmac
from collections.abc import Mapping, Sequence


def sign(url: str, params: Mapping[str, str] | Sequence[tuple[str, str]], token: str) -> str:
    """The signature of a request: HMAC-SHA1 over the URL and the form, sorted by name, in base64.

    A value that a name has twice counts once, as Twilio's own library does it.
    """
    pairs = set(params.items() if isinstance(params, Mapping) else params)
    signed = url + "".join(name + value for name, value in sorted(pairs))
    digest = hmac.digest(token.encode(), signed.encode(), "sha1")
    return base64.b64encode(digest).decode()
