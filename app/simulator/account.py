"""The carrier account that the hotline lives in, and where its number's webhooks go."""

from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Account:
    """Twilio's account: its sid, the token that signs, and the numbers it may show as caller ID."""

    sid: str
    token: str = field(repr=False)
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class VoiceUrls:
    """A number's settings: Voice URL, Voice fallback URL and status callback, absolute."""

    voice: str
    fallback: str | None = None
    status: str | None = None

    @classmethod
    def of(cls, base_url: str) -> Self:
        """The URLs of a Patchline server."""
        voice = f"{base_url.rstrip('/')}/voice"
        return cls(f"{voice}/incoming", f"{voice}/fallback", f"{voice}/status")
