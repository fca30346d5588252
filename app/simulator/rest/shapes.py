"""Records as Twilio's JSON shows them: numbers as text, moments in RFC 2822 (Twilio: resource properties)."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from types import MappingProxyType

from app.simulator.records import CallRecord
from app.simulator.rest.numbers import ForSale, OwnedNumber
from app.simulator.rest.outbox import Message

API_VERSION = "2010-04-01"

# 'initiated' is told in callbacks only (Twilio: Call resource, status).
_STATUSES: Mapping[str, str] = MappingProxyType({"initiated": "queued"})
_CALL_PARTS = {"notifications": "Notifications", "recordings": "Recordings"}
_NOT_KNOWN = dict.fromkeys(("price", "answered_by", "annotation", "caller_name", "forwarded_from", "group_sid"))


def account_path(account_sid: str) -> str:
    """Where an account's resources begin."""
    return f"/{API_VERSION}/Accounts/{account_sid}"


def call_shape(record: CallRecord, account_sid: str, number_sid: str) -> dict[str, object]:
    """A call or a leg."""
    path = f"{account_path(account_sid)}/Calls/{record.sid}"
    return {
        "sid": record.sid,
        "account_sid": account_sid,
        "parent_call_sid": record.parent_sid or None,
        "from": record.caller,
        "from_formatted": _formatted(record.caller),
        "to": record.called,
        "to_formatted": _formatted(record.called),
        "phone_number_sid": number_sid or None,
        "status": _STATUSES.get(record.status, record.status),
        "direction": record.direction,
        "date_created": _date(record.created_at),
        "date_updated": _date(record.ended_at or record.answered_at or record.started_at or record.created_at),
        "start_time": _date(record.started_at),
        "end_time": _date(record.ended_at),
        "duration": _duration(record),
        "queue_time": str(record.queue_ms),
        "price_unit": "USD",
        "trunk_sid": "",
        **_NOT_KNOWN,
        "api_version": API_VERSION,
        "uri": f"{path}.json",
        "subresource_uris": {name: f"{path}/{part}.json" for name, part in _CALL_PARTS.items()},
    }


def message_shape(message: Message, account_sid: str) -> dict[str, object]:
    """A text."""
    path = f"{account_path(account_sid)}/Messages/{message.sid}"
    return {
        "sid": message.sid,
        "account_sid": account_sid,
        "from": message.sender,
        "to": message.to,
        "body": message.body,
        "status": message.status,
        "direction": "outbound-api",
        "date_created": _date(message.created_at),
        "date_updated": _date(message.updated_at),
        "date_sent": None if message.status == "queued" else _date(message.updated_at),
        "num_segments": _segments(message.body),
        "num_media": "0",
        "messaging_service_sid": None,
        "error_code": None,
        "error_message": None,
        "price": None,
        "price_unit": "USD",
        "api_version": API_VERSION,
        "uri": f"{path}.json",
        "subresource_uris": {"media": f"{path}/Media.json"},
    }


def number_shape(owned: OwnedNumber, account_sid: str) -> dict[str, object]:
    """A number of the account with its settings."""
    return {
        "sid": owned.sid,
        "account_sid": account_sid,
        "phone_number": owned.number,
        **owned.settings,
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "date_created": _date(owned.created_at),
        "date_updated": _date(owned.updated_at),
        "address_requirements": "none",
        "address_sid": None,
        "beta": False,
        "bundle_sid": None,
        "emergency_address_sid": None,
        "emergency_status": "Inactive",
        "identity_sid": None,
        "origin": "twilio",
        "sms_application_sid": "",
        "status": "in-use",
        "trunk_sid": None,
        "voice_application_sid": "",
        "voice_caller_id_lookup": False,
        "api_version": API_VERSION,
        "uri": f"{account_path(account_sid)}/IncomingPhoneNumbers/{owned.sid}.json",
    }


def for_sale_shape(one: ForSale) -> dict[str, object]:
    """A number that can be had."""
    return {
        "phone_number": one.number,
        "friendly_name": _formatted(one.number),
        "iso_country": one.country,
        "locality": one.place or None,
        "region": one.region or None,
        "address_requirements": "none",
        "beta": False,
        "capabilities": {"voice": True, "SMS": True, "MMS": True},
        "lata": None,
        "latitude": None,
        "longitude": None,
        "postal_code": None,
        "rate_center": None,
    }


def _date(moment: datetime | None) -> str | None:
    return None if moment is None else format_datetime(moment.replace(microsecond=0))


def _duration(record: CallRecord) -> str | None:
    if record.ended_at is None or record.answered_at is None:
        return None
    return str(round((record.ended_at - record.answered_at).total_seconds()))


def _segments(body: str) -> str:
    """How many texts the body fills: 160 plain characters, or 153 each; half as many of others (GSM 03.38, UCS-2)."""
    whole, part = (160, 153) if body.isascii() else (70, 67)
    return "1" if len(body) <= whole else str(-(-len(body) // part))


def _formatted(number: str) -> str:
    if number.startswith("+1") and len(number) == 12:
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    return number
