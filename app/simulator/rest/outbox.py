"""Messages that were ordered: queued, sent and delivered as time passes (Twilio: Message resource, status)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import requests

from app.simulator.connection import split_settings
from app.simulator.network import Network
from app.simulator.wire import Request, send

# What becomes of a message, and how many seconds after it was ordered.
_COURSE = ((1, "sent"), (3, "delivered"))
_CALLBACK_S = 15.0


@dataclass(slots=True, eq=False)
class Message:
    """One text; moments are aware and in UTC."""

    sid: str
    sender: str
    to: str
    body: str
    created_at: datetime
    status_url: str | None
    status: str = "queued"
    updated_at: datetime | None = None
    to_come: list[tuple[int, str]] = field(default_factory=lambda: list(_COURSE))

    @property
    def next_moment(self) -> datetime | None:
        """When its status changes next."""
        return self.created_at + timedelta(seconds=self.to_come[0][0]) if self.to_come else None


class Outbox:
    """All messages of an account, by sid."""

    def __init__(self, network: Network) -> None:
        """Begin with none."""
        self._network, self._lock = network, Lock()
        self.messages: dict[str, Message] = {}
        self.faults: list[str] = []

    def take(self, sender: str, to: str, body: str, status_url: str | None) -> Message:
        """Let a message go on its way."""
        with self._lock:
            sid, now = self._network.ids.sid("SM"), self._network.clock.now()
            message = self.messages[sid] = Message(sid, sender, to, body, now, status_url, updated_at=now)
        return message

    def next_moments(self) -> list[datetime]:
        """When something happens next."""
        return [moment for message in self._under_way() if (moment := message.next_moment) is not None]

    def catch_up(self, now: datetime) -> None:
        """Move every message on to where it stands at a moment, and report it."""
        for message in self._under_way():
            while (moment := message.next_moment) is not None and moment <= now:
                _, message.status = message.to_come.pop(0)
                message.updated_at = moment
                self._report(message)

    def _under_way(self) -> list[Message]:
        with self._lock:
            return [message for message in self.messages.values() if message.to_come]

    def _report(self, message: Message) -> None:
        """Send a status callback (Twilio: message status callbacks); a server error is kept as a fault."""
        if message.status_url is None:
            return
        params = (
            ("AccountSid", self._network.account.sid),
            ("ApiVersion", "2010-04-01"),
            ("From", message.sender),
            ("MessageSid", message.sid),
            ("MessageStatus", message.status),
            ("SmsSid", message.sid),
            ("SmsStatus", message.status),
            ("To", message.to),
        )
        url, connection = split_settings(message.status_url)
        request = Request(url, "POST", params, self._network.ids.token(), connection)
        with requests.Session() as http:
            http.trust_env = False
            reply = send(http, request, self._network.account.token, _CALLBACK_S)
        if reply.failure:
            self.faults.append(f"message status callback: {reply.failure.why}.")
