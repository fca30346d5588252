"""A daily look at our own certificate: an expired one keeps the carrier away, and nothing else would tell in time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.domain.clock import Clock
from app.services.doctor.reaching import Certificate, certificate

SOON = timedelta(days=21)
"""From when on a certificate that ends is told of: by then those that renew themselves have done so."""

_EVERY = timedelta(days=1)


class CertificateWatch:
    """What the last look found; each process looks for itself. An address that is not reached says nothing."""

    def __init__(self, url: str, clock: Clock, look: Callable[[str], Certificate | None] = certificate) -> None:
        """Take the public address; `look` fetches its certificate."""
        self._url, self._clock, self._look = url, clock, look
        self._due_at: datetime | None = None
        self._found: Certificate | None = None

    def look(self) -> None:
        """Look if that is due."""
        now = self._clock.now()
        if self._due_at is None or not self._due_at - _EVERY <= now < self._due_at:
            self._due_at = now + _EVERY
            self._found = self._look(self._url)

    @property
    def days_left(self) -> float | None:
        """For how many days the certificate is valid; 0 if it is not, None if nobody knows or it is plain http."""
        if self._found is None:
            return None
        ends = self._found.ends
        return 0.0 if ends is None else max(0.0, (ends - self._clock.now()) / timedelta(days=1))

    @property
    def problem(self) -> str:
        """What is wrong with it and what to do, or nothing."""
        days = self.days_left
        if self._found is None or days is None or days > SOON.days:
            return ""
        if self._found.ends is None or days == 0:
            return "The TLS certificate is not valid, so the carrier does not reach this server: renew it at the proxy."
        return (
            f"The TLS certificate ends on {self._found.ends.astimezone(UTC):%Y-%m-%d}: renew it at the proxy, and see "
            "why it does not renew itself."
        )
