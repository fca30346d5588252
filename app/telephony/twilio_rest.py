"""Twilio's REST API as a Provider, through Twilio's own library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any

from app.domain.results import Status
from app.telephony.provider import (
    CallOrder,
    CallReport,
    NumberForSale,
    NumberKind,
    NumberSearch,
    NumberUrls,
    OwnedNumber,
    ProviderError,
    ProviderUnavailable,
)
from app.telephony.twilio_errors import NOT_FOUND, WRONG_CALL_STATE
from app.telephony.twilio_transport import Transport

_EVENTS = ("initiated", "ringing", "answered", "completed")

# The words of Twilio's Call resource are ours but for one: a call that waits for its turn (Twilio: Call resource).
STATUSES: Mapping[str, Status] = MappingProxyType(
    {"queued": Status.PLANNED, **{str(status): status for status in Status if status is not Status.PLANNED}}
)

_KINDS: Mapping[NumberKind, str] = MappingProxyType(
    {NumberKind.LOCAL: "local", NumberKind.TOLL_FREE: "toll_free", NumberKind.MOBILE: "mobile"}
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account and what opens it: its auth token, or the secret of an API key whose sid is `key_sid`."""

    account_sid: str
    secret: str = field(repr=False)
    key_sid: str = ""


class TwilioRest:
    """The Provider for Twilio; safe to share between threads once it is warm."""

    def __init__(self, credentials: Credentials, transport: Transport | None = None) -> None:
        """Name the account; the library is loaded at the first request, or by `warm_up`."""
        self._credentials, self._transport = credentials, transport or Transport()

    def warm_up(self) -> None:
        """Load the library before the first call needs it; this takes a third of a second."""
        _ = self._client.calls, self._client.messages, self._client.incoming_phone_numbers

    def place_call(self, order: CallOrder) -> str:
        """Have a supporter rung; the call's sid."""
        call = self._client.calls.create(
            to=order.to,
            from_=order.caller_id,
            url=order.url,
            fallback_url=order.fallback_url,
            status_callback=order.status_url,
            status_callback_event=list(_EVENTS),
            timeout=order.ring_s,
            time_limit=order.talk_s,
        )
        return str(call.sid)

    def end_call(self, sid: str) -> None:
        """End a call, wherever it stands; one that has ended already is left alone."""
        try:
            self._client.calls(sid).update(status="completed")
        except ProviderError as error:
            if error.code != WRONG_CALL_STATE:
                raise

    def fetch_call(self, sid: str) -> CallReport | None:
        """A call as Twilio has it now, which may be a moment behind its callbacks."""
        try:
            return _call(self._client.calls(sid).fetch())
        except ProviderError as error:
            if error.code == NOT_FOUND:
                return None
            raise

    def legs_of(self, sid: str) -> Sequence[CallReport]:
        """The office legs of a call, first dialed first."""
        # Twilio gives the newest first.
        return [_call(call) for call in self._client.calls.list(parent_call_sid=sid)][::-1]

    def calls_since(self, moment: datetime, to: str = "") -> Sequence[CallReport]:
        """Calls begun at or after an aware moment; with `to` only those to that number, waiting ones included."""
        since = moment.astimezone(UTC).replace(microsecond=0)
        if not to:
            return [_call(call) for call in self._client.calls.list(start_time_after=since)]
        # A call that waits has no start time yet, so Twilio's filter by time would hide it.
        calls = [_call(call) for call in self._client.calls.list(to=to)]
        return [call for call in calls if call.created_at is None or call.created_at >= since]

    def send_message(self, *, to: str, sender: str, body: str, status_url: str) -> str:
        """Text a supporter; the message's sid."""
        message = self._client.messages.create(to=to, from_=sender, body=body, status_callback=status_url)
        return str(message.sid)

    def owned_numbers(self) -> Sequence[OwnedNumber]:
        """All numbers of the account."""
        return [_owned(number) for number in self._client.incoming_phone_numbers.list()]

    def configure_number(self, sid: str, urls: NumberUrls) -> OwnedNumber:
        """Let a number's calls and messages go to these URLs."""
        number = self._client.incoming_phone_numbers(sid).update(
            voice_url=urls.voice,
            voice_method=urls.voice_method,
            voice_fallback_url=urls.voice_fallback,
            voice_fallback_method=urls.voice_fallback_method,
            status_callback=urls.status,
            status_callback_method=urls.status_method,
            sms_url=urls.messaging,
            sms_method=urls.messaging_method,
            sms_fallback_url=urls.messaging_fallback,
            sms_fallback_method="POST",
        )
        return _owned(number)

    def search_numbers(self, search: NumberSearch) -> Sequence[NumberForSale]:
        """Numbers for sale that take calls."""
        wanted = {"area_code": search.area_code, "contains": search.contains}
        numbers = getattr(self._client.available_phone_numbers(search.country), _KINDS[search.kind]).list(
            voice_enabled=True, limit=search.limit, **{name: text for name, text in wanted.items() if text}
        )
        return [
            NumberForSale(str(one.phone_number), one.locality or "", one.region or "", _takes_texts(one))
            for one in numbers
        ]

    @cached_property
    def _client(self) -> Any:
        from twilio.rest import Client

        chosen = self._credentials
        return Client(
            chosen.key_sid or chosen.account_sid, chosen.secret, chosen.account_sid, http_client=self._transport
        )


def _call(call: Any) -> CallReport:
    return CallReport(
        sid=str(call.sid),
        status=_status(str(call.status)),
        direction=str(call.direction),
        called=str(call.to),
        caller=str(call._from),  # noqa: SLF001 (the library's only name for it)
        parent_sid=call.parent_call_sid or "",
        created_at=_moment(call.date_created),
        started_at=_moment(call.start_time),
        ended_at=_moment(call.end_time),
        duration_s=int(call.duration) if call.duration else None,
        queued_ms=int(call.queue_time or 0),
    )


def _status(word: str) -> Status:
    if word not in STATUSES:
        raise ProviderUnavailable(f"it names a status that Patchline does not know: {word!r}")
    return STATUSES[word]


def _moment(value: object) -> datetime | None:
    """The library leaves a date that it cannot read as text."""
    return value.astimezone(UTC) if isinstance(value, datetime) else None


def _owned(number: Any) -> OwnedNumber:
    urls = NumberUrls(
        voice=number.voice_url or "",
        voice_fallback=number.voice_fallback_url or "",
        voice_fallback_method=number.voice_fallback_method or "POST",
        voice_method=number.voice_method or "POST",
        status_method=number.status_callback_method or "POST",
        messaging_method=number.sms_method or "POST",
        status=number.status_callback or "",
        messaging=number.sms_url or "",
        messaging_fallback=number.sms_fallback_url or "",
    )
    name = number.friendly_name or ""
    overridden_by = number.voice_application_sid or number.trunk_sid or ""
    return OwnedNumber(str(number.sid), str(number.phone_number), name, urls, _takes_texts(number), overridden_by)


def _takes_texts(number: Any) -> bool:
    """The API writes the capability in either case, by resource."""
    capabilities = number.capabilities or {}
    return bool(capabilities.get("sms", capabilities.get("SMS")))
